package dev.rendition.testkit;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * A stream that breaks off, or lets a hook run before each read. Not safe for use by many threads.
 */
final class FaultyStream extends FilterInputStream {
  private final FaultyStore.Hook hook;
  private long left;

  FaultyStream(InputStream in, long bytes, FaultyStore.Hook hook) {
    super(in);
    this.left = bytes;
    this.hook = hook;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int from, int length) throws IOException {
    hook.run();
    if (length > 0 && left == 0) {
      throw new IOException("injected: the stream was cut");
    }
    int count = super.read(into, from, (int) Math.min(length, left));
    left -= Math.max(0, count);
    return count;
  }

  @Override
  public long skip(long count) throws IOException {
    long skipped = super.skip(Math.min(count, left));
    left -= skipped;
    return skipped;
  }

  @Override
  public boolean markSupported() {
    return false;
  }
}
