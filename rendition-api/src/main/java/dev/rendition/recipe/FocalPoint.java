package dev.rendition.recipe;

/**
 * The point of a picture that matters most, as fractions of its upright width and height, rounded
 * to four decimals.
 *
 * @param x 0 (left edge) to 1 (right edge)
 * @param y 0 (top edge) to 1 (bottom edge)
 */
public record FocalPoint(double x, double y) {
  /** The middle: the focal point of a picture nobody pointed at. */
  public static final FocalPoint CENTER = new FocalPoint(0.5, 0.5);

  public FocalPoint {
    if (!(x >= 0 && x <= 1 && y >= 0 && y <= 1)) {
      throw new IllegalArgumentException("a focal point has parts 0..1, was " + x + ", " + y);
    }
    x = round(x);
    y = round(y);
  }

  /** Returns the point as {@code 0.25,0.5}. */
  @Override
  public String toString() {
    return Numbers.print(x, 4) + "," + Numbers.print(y, 4);
  }

  private static double round(double part) {
    return Math.rint(part * 10_000) / 10_000 + 0.0;
  }
}
