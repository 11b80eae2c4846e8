package dev.rendition.recipe;

import java.util.Locale;

/**
 * A colour in sRGB (IEC 61966-2-1), written as six hex digits.
 *
 * @param red 0 to 255
 * @param green 0 to 255
 * @param blue 0 to 255
 */
public record Rgb(int red, int green, int blue) {
  /** White, what lies behind a transparent picture unless a recipe says otherwise. */
  public static final Rgb WHITE = new Rgb(255, 255, 255);

  public Rgb {
    if (((red | green | blue) & ~0xff) != 0) {
      throw new IllegalArgumentException(
          "a colour has parts 0..255, was " + red + ", " + green + ", " + blue);
    }
  }

  /** Returns the colour as six lower-case hex digits, {@code rrggbb}. */
  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%02x%02x%02x", red, green, blue);
  }
}
