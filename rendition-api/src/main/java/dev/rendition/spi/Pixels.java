package dev.rendition.spi;

import static java.util.Objects.requireNonNull;

import dev.rendition.recipe.PixelSize;

/**
 * A picture in memory for {@link ImageOperation}s. The array is shared, not copied. Not safe for
 * use by many threads.
 */
public final class Pixels {
  private final PixelSize size;
  private final int[] argb;

  /**
   * Wraps pixels.
   *
   * @param size width × height
   * @param argb row by row from the top, each row from the left: {@code 0xAARRGGBB}, sRGB, alpha
   *     not multiplied in
   * @throws IllegalArgumentException if there are not width × height of them
   */
  public Pixels(PixelSize size, int[] argb) {
    this.size = requireNonNull(size, "size");
    this.argb = requireNonNull(argb, "argb");
    if (argb.length != size.pixels()) {
      throw new IllegalArgumentException(
          size + " has " + size.pixels() + " pixels, was " + argb.length);
    }
  }

  public PixelSize size() {
    return size;
  }

  /** Returns the pixels themselves, not a copy. */
  public int[] argb() {
    return argb;
  }
}
