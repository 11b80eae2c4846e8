package dev.rendition.local.engine;

import java.io.IOException;
import java.io.InputStream;

/** The data of all IDAT chunks in a row. */
final class IdatStream extends InputStream {
  private final ByteCursor in;
  private long left;

  /**
   * @param length of the IDAT chunk whose data begin at the cursor
   */
  IdatStream(ByteCursor in, long length) {
    this.in = in;
    this.left = length;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 1 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int count) throws IOException {
    int n = 0;
    while (n < count) {
      while (left == 0) {
        if (in.remaining() < 12) {
          return n == 0 ? -1 : n;
        }
        in.skip(4);
        left = in.u32();
        if (in.i32() != PngProbe.IDAT) {
          left = -1;
        }
      }
      if (left < 0) {
        break;
      }
      int got = in.readUpTo(into, offset + n, (int) Math.min(count - n, left));
      if (got == 0) {
        break;
      }
      n += got;
      left -= got;
    }
    return n == 0 ? -1 : n;
  }
}
