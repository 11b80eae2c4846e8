package dev.rendition.local.engine;

import java.io.IOException;
import javax.imageio.stream.ImageInputStreamImpl;

/**
 * A source as ImageIO readers want it. It keeps no cache and makes no temporary file; it asks for
 * cancellation at each refill. Not safe for use by many threads.
 */
final class SourceStream extends ImageInputStreamImpl {
  /** Carries a failure of the source itself through readers that would take it for damage. */
  static final class SourceIoException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final IOException ioException;

    SourceIoException(IOException cause) {
      super(cause);
      this.ioException = cause;
    }

    IOException ioException() {
      return ioException;
    }
  }

  private final SourceBytes source;
  private final Cancellation cancellation;
  private final byte[] window = new byte[8192];
  private long windowStart;
  private int windowLength;

  SourceStream(SourceBytes source, Cancellation cancellation) {
    this.source = source;
    this.cancellation = cancellation;
  }

  @Override
  public int read() throws IOException {
    checkClosed();
    bitOffset = 0;
    long at = streamPos - windowStart;
    if (at < 0 || at >= windowLength) {
      cancellation.check();
      windowStart = streamPos;
      windowLength = get(streamPos, window, 0, window.length);
      at = 0;
      if (windowLength == 0) {
        return -1;
      }
    }
    streamPos++;
    return window[(int) at] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int count) throws IOException {
    checkClosed();
    java.util.Objects.checkFromIndexSize(offset, count, into.length);
    bitOffset = 0;
    if (count == 0) {
      return 0;
    }
    long at = streamPos - windowStart;
    int n;
    if (at >= 0 && at < windowLength) {
      n = (int) Math.min(count, windowLength - at);
      System.arraycopy(window, (int) at, into, offset, n);
    } else if (count < window.length) {
      int first = read();
      if (first < 0) {
        return -1;
      }
      into[offset] = (byte) first;
      n = (int) Math.min(count, windowLength - (streamPos - windowStart) + 1);
      System.arraycopy(window, 0, into, offset, n);
      streamPos--;
    } else {
      cancellation.check();
      n = get(streamPos, into, offset, count);
      if (n == 0) {
        return -1;
      }
    }
    streamPos += n;
    return n;
  }

  private int get(long position, byte[] into, int offset, int count) {
    try {
      return source.read(position, into, offset, count);
    } catch (IOException e) {
      throw new SourceIoException(e);
    }
  }

  @Override
  public long length() {
    return source.length();
  }
}
