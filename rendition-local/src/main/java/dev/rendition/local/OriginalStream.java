package dev.rendition.local;

import dev.rendition.asset.AssetContent;
import dev.rendition.local.engine.Cancellation;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An original on its way into the engine. It stops where the job stops, and remembers whether the
 * store failed: readers of pictures tend to swallow that, and would pass the half of a picture off
 * as a whole one. Not safe for use by many threads.
 */
final class OriginalStream extends InputStream {
  private final AssetContent content;
  private final InputStream in;
  private final Cancellation cancellation;
  private long position;
  private @Nullable IOException failure;

  OriginalStream(AssetContent content, Cancellation cancellation) {
    this.content = content;
    this.in = content.stream();
    this.cancellation = cancellation;
  }

  /** Returns why the store broke off, if it did. */
  Optional<IOException> failure() {
    return Optional.ofNullable(failure);
  }

  @Override
  public int read() throws IOException {
    cancellation.check();
    try {
      int value = in.read();
      count(value < 0 ? -1 : 1);
      return value;
    } catch (IOException e) {
      throw failed(e);
    }
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    cancellation.check();
    try {
      int count = in.read(into, offset, length);
      count(count);
      return count;
    } catch (IOException e) {
      throw failed(e);
    }
  }

  @Override
  public long skip(long count) throws IOException {
    cancellation.check();
    try {
      long skipped = in.skip(count);
      position += skipped;
      return skipped;
    } catch (IOException e) {
      throw failed(e);
    }
  }

  @Override
  public int available() throws IOException {
    return in.available();
  }

  /** Closes the store's stream. */
  @Override
  public void close() throws IOException {
    content.close();
  }

  private void count(int read) throws IOException {
    if (read > 0) {
      position += read;
    } else if (read < 0 && position < content.info().length()) {
      throw new EOFException("the store gave " + position + " bytes of " + content.info().length());
    }
  }

  private IOException failed(IOException problem) {
    if (failure == null) {
      failure = problem;
    }
    return problem;
  }
}
