package dev.rendition.benchmarks.picture;

import java.awt.image.BufferedImage;
import java.util.SplittableRandom;

/**
 * Draws a photo-like picture with soft alpha, the same each time: waves of several lengths for
 * shapes, a little noise for a sensor, and an opaque centre that fades to nothing at its rim.
 */
public final class Cutout {
  private static final double RIM = 0.12;

  private Cutout() {}

  /** Returns the drawing. */
  public static BufferedImage draw(int width, int height) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB);
    SplittableRandom noise = new SplittableRandom(20_260_101);
    int[] row = new int[width];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        double u = (double) x / width;
        double v = (double) y / height;
        double grain = noise.nextDouble(-4, 4);
        int red = level(128 + 60 * wave(u, v, 7) + 40 * wave(v, u, 31) + grain);
        int green = level(120 + 70 * wave(v, u, 5) + 30 * wave(u, v, 53) + grain);
        int blue = level(110 + 50 * wave(u + v, v, 11) + 30 * wave(u, v - u, 97) + grain);
        row[x] = alpha(u, v) << 24 | red << 16 | green << 8 | blue;
      }
      image.setRGB(0, y, width, 1, row, 0, width);
    }
    return image;
  }

  private static double wave(double u, double v, double count) {
    return Math.sin(count * Math.PI * (u + 0.3 * Math.sin(3 * v))) * Math.cos(count * 2 * v);
  }

  private static int alpha(double u, double v) {
    double distance = Math.hypot(u - 0.5, v - 0.5);
    return level(255 * (0.45 - distance) / RIM);
  }

  private static int level(double value) {
    return (int) Math.max(0, Math.min(255, Math.round(value)));
  }
}
