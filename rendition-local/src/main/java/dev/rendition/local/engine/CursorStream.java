package dev.rendition.local.engine;

import java.io.IOException;
import java.io.InputStream;

/** The rest of a source as a stream. */
final class CursorStream extends InputStream {
  private final ByteCursor in;

  CursorStream(ByteCursor in) {
    this.in = in;
  }

  @Override
  public int read() throws IOException {
    return in.readOrEnd();
  }

  @Override
  public int read(byte[] into, int offset, int count) throws IOException {
    int n = in.readUpTo(into, offset, count);
    return n == 0 && count > 0 ? -1 : n;
  }
}
