package dev.rendition.testkit;

import java.awt.image.BufferedImage;

/** Stores pictures the way a camera does that was held otherwise (CIPA DC-008, tag 0x0112). */
public final class Orientations {
  private Orientations() {}

  /**
   * Returns what a file must store so that a reader that applies {@code orientation} sees {@code
   * upright}. Sides are swapped for 5 to 8.
   *
   * @param orientation 1 to 8
   */
  public static BufferedImage stored(BufferedImage upright, int orientation) {
    if (orientation < 1 || orientation > 8) {
      throw new IllegalArgumentException("an orientation is 1 to 8, was " + orientation);
    }
    int width = upright.getWidth();
    int height = upright.getHeight();
    boolean swapped = orientation >= 5;
    BufferedImage stored =
        new BufferedImage(
            swapped ? height : width, swapped ? width : height, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int right = width - 1 - x;
        int down = height - 1 - y;
        int rgb = upright.getRGB(x, y);
        // The tag says what the stored first row and first column are in the upright picture.
        switch (orientation) {
          case 1 -> stored.setRGB(x, y, rgb);
          case 2 -> stored.setRGB(right, y, rgb);
          case 3 -> stored.setRGB(right, down, rgb);
          case 4 -> stored.setRGB(x, down, rgb);
          case 5 -> stored.setRGB(y, x, rgb);
          case 6 -> stored.setRGB(y, right, rgb);
          case 7 -> stored.setRGB(down, right, rgb);
          default -> stored.setRGB(down, x, rgb);
        }
      }
    }
    return stored;
  }

  /**
   * Returns a JPEG file that shows {@code upright} when its orientation is applied.
   *
   * @param orientation 1 to 8
   * @param quality 0.0 to 1.0
   */
  public static byte[] jpeg(BufferedImage upright, int orientation, double quality) {
    return Encoded.withOrientation(
        Encoded.jpeg(stored(upright, orientation), quality), orientation);
  }
}
