package dev.rendition.local.engine;

import static java.util.Objects.requireNonNull;

import dev.rendition.recipe.PixelSize;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/** One encoded rendition on its way to the store: bytes in a buffer that belongs to the engine. */
public final class Encoded {
  private final Supplier<InputStream> bytes;
  private final int length;
  private final String mediaType;
  private final PixelSize size;
  private final Duration elapsed;
  private final List<String> trace;

  /**
   * Describes bytes.
   *
   * @param bytes opens them from the first on, as often as it is asked
   * @param length how many there are
   * @param elapsed the time spent on this rendition alone
   * @param trace what was done and why, for people
   */
  public Encoded(
      Supplier<InputStream> bytes,
      int length,
      String mediaType,
      PixelSize size,
      Duration elapsed,
      List<String> trace) {
    this.bytes = requireNonNull(bytes, "bytes");
    this.length = length;
    this.mediaType = requireNonNull(mediaType, "mediaType");
    this.size = requireNonNull(size, "size");
    this.elapsed = requireNonNull(elapsed, "elapsed");
    this.trace = List.copyOf(trace);
  }

  /** Opens the bytes from the first on; may be called again. */
  public InputStream open() {
    return bytes.get();
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
