package dev.rendition.local.engine;

import java.io.IOException;

/** Finds the orientation in an EXIF block (Exif 2.32, 4.6; TIFF 6.0, tag 274). */
final class ExifOrientation {
  private static final int TAG = 274;
  private static final int MAX_ENTRIES = 1_000;

  private ExifOrientation() {}

  /**
   * Returns the orientation 1 to 8, or 1 where there is none or the block is damaged: a bad EXIF
   * block is no reason to refuse a picture.
   *
   * @param start where the TIFF header of the block begins; a leading {@code Exif\0\0} is stepped
   *     over
   * @param length of the block in bytes
   */
  static int find(SourceBytes source, long start, long length) throws IOException {
    try {
      return findOrThrow(new ByteCursor(source, "EXIF", 512), start, length);
    } catch (StepException e) {
      return 1;
    }
  }

  private static int findOrThrow(ByteCursor in, long start, long length) throws IOException {
    in.seek(start);
    int order = in.u16();
    if (order == 0x4578) {
      return findOrThrow(in, start + 6, length - 6);
    }
    if (order != 0x4949 && order != 0x4d4d) {
      return 1;
    }
    in.littleEndian(order == 0x4949);
    if (in.u16() != 42) {
      return 1;
    }
    long ifd = in.u32();
    if (ifd < 8 || ifd > length - 2) {
      return 1;
    }
    in.seek(start + ifd);
    int entries = Math.min(in.u16(), MAX_ENTRIES);
    for (int i = 0; i < entries; i++) {
      int tag = in.u16();
      int type = in.u16();
      in.skip(4);
      int value = type == 3 ? in.u16() : type == 1 ? in.u8() : 0;
      if (tag == TAG) {
        return type == 4 ? valid(in.i32()) : valid(value);
      }
      in.skip(type == 3 ? 2 : type == 1 ? 3 : 4);
    }
    return 1;
  }

  static int valid(long orientation) {
    return orientation >= 1 && orientation <= 8 ? (int) orientation : 1;
  }
}
