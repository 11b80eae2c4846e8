package dev.rendition.local.raster;

import static java.util.Objects.requireNonNull;

/**
 * One rectangle of unsigned 8-bit samples: row by row from the top, each row from the left, no
 * padding.
 *
 * <p>The array is shared, not copied: whoever writes into it is seen by all. Not safe for use by
 * many threads.
 */
public final class Plane {
  private final int width;
  private final int height;
  private final byte[] samples;

  /**
   * Wraps samples.
   *
   * @param width 1 or more
   * @param height 1 or more
   * @param samples at least width × height of them; the sample of column x and row y has index
   *     {@code y * width + x}
   */
  public Plane(int width, int height, byte[] samples) {
    requireNonNull(samples, "samples");
    if (width < 1 || height < 1 || (long) width * height > samples.length) {
      throw new IllegalArgumentException(
          "a plane of " + width + " x " + height + " does not fit " + samples.length + " samples");
    }
    this.width = width;
    this.height = height;
    this.samples = samples;
  }

  /** Returns a plane of zeros. */
  public static Plane ofSize(int width, int height) {
    return new Plane(width, height, new byte[Math.multiplyExact(width, height)]);
  }

  public int width() {
    return width;
  }

  public int height() {
    return height;
  }

  /** Returns the samples themselves, not a copy. */
  public byte[] samples() {
    return samples;
  }

  /** Returns the sample of a column and a row, 0 to 255. */
  public int at(int x, int y) {
    return samples[y * width + x] & 0xff;
  }
}
