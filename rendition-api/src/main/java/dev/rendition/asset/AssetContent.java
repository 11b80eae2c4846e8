package dev.rendition.asset;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;

/**
 * An asset opened for reading: its bytes, and what is known of exactly these bytes. The reader
 * closes it. Not safe for use by many threads.
 */
public final class AssetContent implements AutoCloseable {
  private final AssetInfo info;
  private final InputStream stream;

  private AssetContent(AssetInfo info, InputStream stream) {
    this.info = requireNonNull(info, "info");
    this.stream = requireNonNull(stream, "stream");
  }

  /** Returns content that owns {@code stream}, positioned at the first byte. */
  public static AssetContent of(AssetInfo info, InputStream stream) {
    return new AssetContent(info, stream);
  }

  /** Returns what is known of these bytes, also if the asset has been replaced since. */
  public AssetInfo info() {
    return info;
  }

  /** Returns the bytes from the first on; the same stream at every call. */
  public InputStream stream() {
    return stream;
  }

  /** Closes the stream. */
  @Override
  public void close() throws IOException {
    stream.close();
  }
}
