package dev.rendition.recipe;

/**
 * The room a picture is brought to; one side may be left free. Written {@code 800x600}, {@code 800}
 * (width) or {@code x600} (height).
 *
 * @param width 1 to {@link PixelSize#MAX}, or 0 for free
 * @param height 1 to {@link PixelSize#MAX}, or 0 for free
 */
public record Box(int width, int height) {
  public Box {
    if (width < 0
        || height < 0
        || width > PixelSize.MAX
        || height > PixelSize.MAX
        || (width == 0 && height == 0)) {
      throw new IllegalArgumentException(
          "a box has sides 1.."
              + PixelSize.MAX
              + ", one of which may be free, was "
              + width
              + " x "
              + height);
    }
  }

  /** Returns whether neither side is free. */
  public boolean closed() {
    return width > 0 && height > 0;
  }

  @Override
  public String toString() {
    return (width == 0 ? "" : Integer.toString(width)) + (height == 0 ? "" : "x" + height);
  }
}
