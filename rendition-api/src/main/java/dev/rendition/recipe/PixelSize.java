package dev.rendition.recipe;

/**
 * A width and height in whole pixels, measured after EXIF orientation has been applied.
 *
 * @param width 1 to {@value #MAX}
 * @param height 1 to {@value #MAX}
 */
public record PixelSize(int width, int height) {
  /** The largest side, from the 16-bit frame header fields of JPEG (ITU-T T.81, B.2.2). */
  public static final int MAX = 65_535;

  public PixelSize {
    requireSide(width, "width");
    requireSide(height, "height");
  }

  /** Returns the size of a width and a height. */
  public static PixelSize of(int width, int height) {
    return new PixelSize(width, height);
  }

  /** Returns how many pixels this is, 1 to 4,294,836,225. */
  public long pixels() {
    return (long) width * height;
  }

  /** Returns the size as {@code 800x600}. */
  @Override
  public String toString() {
    return width + "x" + height;
  }

  private static void requireSide(int side, String name) {
    if (side < 1 || side > MAX) {
      throw new IllegalArgumentException(name + " must be 1.." + MAX + ", was " + side);
    }
  }
}
