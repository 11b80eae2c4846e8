package dev.rendition.local.engine;

import static java.util.Objects.requireNonNull;

import dev.rendition.recipe.PixelSize;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;

/** One encoded rendition on its way to the store: bytes in a buffer that belongs to the engine. */
public final class Encoded {
  private final byte[] buffer;
  private final int length;
  private final String mediaType;
  private final PixelSize size;
  private final Duration elapsed;
  private final List<String> trace;

  /**
   * Wraps a buffer without copying it.
   *
   * @param length how many bytes of the buffer, from the first, are the rendition
   * @param elapsed the time spent on this rendition alone
   * @param trace what was done and why, for people
   */
  public Encoded(
      byte[] buffer,
      int length,
      String mediaType,
      PixelSize size,
      Duration elapsed,
      List<String> trace) {
    this.buffer = requireNonNull(buffer, "buffer");
    this.length = length;
    this.mediaType = requireNonNull(mediaType, "mediaType");
    this.size = requireNonNull(size, "size");
    this.elapsed = requireNonNull(elapsed, "elapsed");
    this.trace = List.copyOf(trace);
  }

  /** Opens the bytes from the first on; may be called again. */
  public InputStream open() {
    return new ByteArrayInputStream(buffer, 0, length);
  }

  public int length() {
    return length;
  }

  public String mediaType() {
    return mediaType;
  }

  public PixelSize size() {
    return size;
  }

  public Duration elapsed() {
    return elapsed;
  }

  public List<String> trace() {
    return trace;
  }
}
