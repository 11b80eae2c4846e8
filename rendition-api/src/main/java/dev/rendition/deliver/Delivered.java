package dev.rendition.deliver;

import static java.util.Objects.requireNonNull;

import dev.rendition.asset.AssetInfo;
import java.io.IOException;
import java.io.InputStream;

/**
 * A rendition on its way out: its bytes, and what is known of exactly these bytes. The receiver
 * closes it. Not safe for use by many threads.
 */
public final class Delivered implements AutoCloseable {
  /** Where the bytes come from. */
  public enum From {
    /** They were in the store. */
    STORE,
    /** They were made for this request, or for another that asked at the same time. */
    GENERATOR,
    /** They were made and could not be stored; the next request makes them again. */
    UNSTORED,
    /** They are the original's, because the rendition could not be made and it was asked for. */
    ORIGINAL
  }

  private final AssetInfo info;
  private final From from;
  private final InputStream stream;
  private final Runnable release;
  private boolean closed;

  Delivered(AssetInfo info, From from, InputStream stream, Runnable release) {
    this.info = requireNonNull(info, "info");
    this.from = requireNonNull(from, "from");
    this.stream = requireNonNull(stream, "stream");
    this.release = requireNonNull(release, "release");
  }

  /** Returns what is known of these bytes; the key is the rendition's. */
  public AssetInfo info() {
    return info;
  }

  /** Returns where they come from. */
  public From from() {
    return from;
  }

  /** Returns the bytes from the first on; the same stream at every call. */
  public InputStream stream() {
    return stream;
  }

  /** Closes the stream and frees what was kept for it. Closing twice does nothing. */
  @Override
  public void close() throws IOException {
    if (!closed) {
      closed = true;
      try {
        stream.close();
      } finally {
        release.run();
      }
    }
  }
}
