package dev.rendition.local.jpeg;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Finds the orientation in an Exif segment (Exif 2.32, 4.5.2 and 4.6.4, tag 0112). */
final class ExifOrientation {
  /** Said of a picture that is stored upright, and of one that does not say. */
  static final int UPRIGHT = 1;

  private static final byte[] NAME = "Exif\0\0".getBytes(StandardCharsets.ISO_8859_1);
  private static final int TAG = 0x0112;
  private static final int TYPE_SHORT = 3;
  private static final int TYPE_LONG = 4;
  private static final int ENTRY_BYTES = 12;

  private ExifOrientation() {}

  /** Says whether the first bytes of an APP1 segment name it Exif. */
  static boolean isExif(byte[] segment, int length) {
    return Segments.startsWith(segment, length, NAME);
  }

  /** Returns what follows the name: the block from its TIFF header on. */
  static ByteBuffer block(byte[] segment, int length) {
    return ByteBuffer.wrap(segment, NAME.length, length - NAME.length).slice();
  }

  /** Returns 1 to 8; 1 where the segment does not tell or is not sound. */
  static int of(byte[] segment, int length) {
    ByteBuffer tiff = block(segment, length);
    try {
      int order = tiff.getShort(0);
      if (order == 0x4949) {
        tiff.order(ByteOrder.LITTLE_ENDIAN);
      } else if (order != 0x4d4d) {
        return UPRIGHT;
      }
      return tiff.getShort(2) == 42 ? inDirectory(tiff) : UPRIGHT;
    } catch (IndexOutOfBoundsException | BufferUnderflowException e) {
      return UPRIGHT;
    }
  }

  private static int inDirectory(ByteBuffer tiff) {
    int directory = tiff.getInt(4);
    if (directory < 8 || directory > tiff.capacity() - 2) {
      return UPRIGHT;
    }
    int entries = tiff.getShort(directory) & 0xffff;
    for (int i = 0; i < entries; i++) {
      int entry = directory + 2 + i * ENTRY_BYTES;
      if ((tiff.getShort(entry) & 0xffff) == TAG) {
        int type = tiff.getShort(entry + 2);
        int value = type == TYPE_LONG ? tiff.getInt(entry + 8) : tiff.getShort(entry + 8);
        boolean known = (type == TYPE_SHORT || type == TYPE_LONG) && value >= 1 && value <= 8;
        return known ? value : UPRIGHT;
      }
    }
    return UPRIGHT;
  }
}
