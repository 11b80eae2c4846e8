package dev.rendition.local.resample;

/**
 * The part of a plane that is to fill the target, in samples from the plane's upper left corner.
 *
 * <p>Sides may be fractions. A chroma plane of {@code ceil(w / 2)} samples that belongs to {@code
 * w} columns of luma is seen through a window {@code w / 2.0} wide: JPEG's centred siting (JFIF
 * 1.02, section "Spatial relationship of components") needs no other shift.
 *
 * @param left 0 or more
 * @param top 0 or more
 * @param width above 0
 * @param height above 0
 */
public record Window(double left, double top, double width, double height) {
  public Window {
    requireStart(left, "left");
    requireStart(top, "top");
    requireSide(width, "width");
    requireSide(height, "height");
  }

  /** Returns the window over everything. */
  public static Window whole(double width, double height) {
    return new Window(0, 0, width, height);
  }

  /** Returns this window on a plane that is {@code x} times as wide and {@code y} times as high. */
  public Window scaled(double x, double y) {
    return new Window(left * x, top * y, width * x, height * y);
  }

  private static void requireStart(double value, String name) {
    if (!(value >= 0 && value < Integer.MAX_VALUE)) {
      throw new IllegalArgumentException(name + " must be 0 or more, was " + value);
    }
  }

  private static void requireSide(double value, String name) {
    if (!(value > 0 && value < Integer.MAX_VALUE)) {
      throw new IllegalArgumentException(name + " must be above 0, was " + value);
    }
  }
}
