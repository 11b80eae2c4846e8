package dev.rendition.local.jpeg;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * A buffer before the caller's stream, for bytes and for bits with the stuffing of T.81, F.1.2.3.
 *
 * <p>Code that writes many bits takes {@link #buffer}, {@link #position} and the bits into its own
 * variables and puts them back; {@link #reserve} comes first. Not safe for use by many threads.
 */
final class JpegEncoderOutput {
  static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
  private static final int SIZE = 1 << 14;

  final byte[] buffer = new byte[SIZE];
  int position;

  /** The bits not yet in the buffer are the lowest {@link #bitCount} of these. */
  long bits;

  /** 0 to 31 between calls. */
  int bitCount;

  private final OutputStream out;

  JpegEncoderOutput(OutputStream out) {
    this.out = out;
  }

  /** Makes room for so many bytes, at most 8,192. */
  void reserve(int count) throws IOException {
    if (SIZE - position < count) {
      flush();
    }
  }

  void flush() throws IOException {
    out.write(buffer, 0, position);
    position = 0;
  }

  void writeByte(int value) throws IOException {
    reserve(1);
    buffer[position++] = (byte) value;
  }

  void writeShort(int value) throws IOException {
    reserve(2);
    buffer[position++] = (byte) (value >> 8);
    buffer[position++] = (byte) value;
  }

  void writeBytes(byte[] bytes) throws IOException {
    flush();
    out.write(bytes, 0, bytes.length);
  }

  /** Fills the last byte with ones and writes what is left: the end of a scan. */
  void endBits() throws IOException {
    reserve(16);
    int padding = -bitCount & 7;
    bits = bits << padding | ((1 << padding) - 1);
    bitCount += padding;
    while (bitCount > 0) {
      bitCount -= 8;
      int value = (int) (bits >>> bitCount) & 0xff;
      buffer[position++] = (byte) value;
      if (value == 0xff) {
        buffer[position++] = 0;
      }
    }
    bits = 0;
  }

  /**
   * Writes four bytes of coded data with a zero after each 0xFF.
   *
   * @param at where in the buffer; up to 8 bytes must be free
   * @return the place behind
   */
  static int putStuffed(byte[] buffer, int at, int word) {
    int position = at;
    // A byte of word is 0xFF only where adding one to it would carry: the classic zero-byte test.
    if ((word & 0x80808080 & ~(word + 0x01010101)) == 0) {
      INTS.set(buffer, position, word);
      return position + 4;
    }
    for (int shift = 24; shift >= 0; shift -= 8) {
      int value = word >>> shift & 0xff;
      buffer[position++] = (byte) value;
      if (value == 0xff) {
        buffer[position++] = 0;
      }
    }
    return position;
  }
}
