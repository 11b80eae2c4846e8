package dev.rendition.ingest;

import java.io.IOException;
import java.io.InputStream;

/** Reads ahead, so that heads are not read byte by byte. Not safe for use by many threads. */
final class BufferedBytes extends InputStream {
  private static final int SIZE = 16 << 10;

  private final InputStream in;
  private final byte[] buffer = new byte[SIZE];
  private int position;
  private int end;

  BufferedBytes(InputStream in) {
    this.in = in;
  }

  /** Waits for the next bytes if there are none. */
  void fill() throws IOException {
    if (position >= end) {
      position = 0;
      end = Math.max(0, in.read(buffer, 0, SIZE));
    }
  }

  @Override
  public int read() throws IOException {
    fill();
    return position < end ? buffer[position++] & 0xff : -1;
  }

  @Override
  public int read(byte[] into, int offset, int most) throws IOException {
    if (most == 0) {
      return 0;
    }
    fill();
    int n = Math.min(most, end - position);
    if (n <= 0) {
      return -1;
    }
    System.arraycopy(buffer, position, into, offset, n);
    position += n;
    return n;
  }
}
