package dev.rendition.testkit;

import dev.rendition.asset.AssetSource;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A source that tells what was done to it, and can lie about its length or break off. Safe for use
 * by many threads.
 */
final class ProbedSource implements AssetSource {
  private final byte[] bytes;
  private final long declared;
  private final int failsAfter;
  private final String mediaType;
  private final AtomicInteger opened = new AtomicInteger();
  private final AtomicInteger closed = new AtomicInteger();
  private final Set<Thread> threads = ConcurrentHashMap.newKeySet();

  private ProbedSource(byte[] bytes, long declared, int failsAfter, String mediaType) {
    this.bytes = bytes;
    this.declared = declared;
    this.failsAfter = failsAfter;
    this.mediaType = mediaType;
  }

  static ProbedSource of(byte[] bytes) {
    return new ProbedSource(bytes.clone(), bytes.length, Integer.MAX_VALUE, "image/jpeg");
  }

  ProbedSource declaring(long length) {
    return new ProbedSource(bytes, length, failsAfter, mediaType);
  }

  ProbedSource withUnknownLength() {
    return declaring(-1);
  }

  ProbedSource failingAfter(int count) {
    return new ProbedSource(bytes, declared, count, mediaType);
  }

  int opened() {
    return opened.get();
  }

  int closed() {
    return closed.get();
  }

  Set<Thread> threads() {
    return Set.copyOf(threads);
  }

  @Override
  public OptionalLong length() {
    return declared < 0 ? OptionalLong.empty() : OptionalLong.of(declared);
  }

  @Override
  public String mediaType() {
    return mediaType;
  }

  @Override
  public InputStream open() {
    opened.incrementAndGet();
    threads.add(Thread.currentThread());
    return new Probe(new ByteArrayInputStream(bytes));
  }

  /** One opened stream. */
  private final class Probe extends FilterInputStream {
    private int given;
    private boolean isClosed;

    Probe(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
      threads.add(Thread.currentThread());
      if (isClosed) {
        throw new IOException("read after close");
      }
      if (given >= failsAfter) {
        throw new IOException("the source broke off after " + given + " bytes");
      }
      int count = super.read(into, from, Math.min(length, failsAfter - given));
      given += Math.max(0, count);
      return count;
    }

    @Override
    public long skip(long count) throws IOException {
      return in.skip(Math.min(count, 0));
    }

    @Override
    public boolean markSupported() {
      return false;
    }

    @Override
    public void close() throws IOException {
      if (!isClosed) {
        isClosed = true;
        closed.incrementAndGet();
      }
      super.close();
    }
  }
}
