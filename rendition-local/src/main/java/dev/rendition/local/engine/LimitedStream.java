package dev.rendition.local.engine;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Refuses to read more bytes than allowed, and asks before each block whether to go on. Does not
 * close its stream.
 */
final class LimitedStream extends FilterInputStream {
  private final long limit;
  private final Cancellation cancellation;
  private long taken;

  LimitedStream(InputStream stream, long limit, Cancellation cancellation) {
    super(stream);
    this.limit = limit;
    this.cancellation = cancellation;
  }

  @Override
  public int read() throws IOException {
    cancellation.check();
    int value = super.read();
    count(value < 0 ? 0 : 1);
    return value;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    cancellation.check();
    int n = super.read(into, offset, length);
    count(Math.max(0, n));
    return n;
  }

  @Override
  public long skip(long count) throws IOException {
    cancellation.check();
    long n = super.skip(count);
    count(n);
    return n;
  }

  @Override
  public boolean markSupported() {
    return false;
  }

  @Override
  public void close() {}

  private void count(long bytes) {
    taken += bytes;
    if (taken > limit) {
      throw StepException.limit(
          "the source is longer than the limit of "
              + limit
              + " bytes: give a smaller file or raise max-bytes");
    }
  }
}
