package dev.rendition.deliver;

import dev.rendition.spi.Pixels;
import java.util.ArrayList;
import java.util.List;

/**
 * Reckons a ThumbHash: a few cosine coefficients of brightness, two colour differences and opacity
 * in 5 to 25 bytes. The formula and the layout of the bytes are those of the reference by Evan
 * Wallace (https://evanw.github.io/thumbhash/); every number is summed in the same order and with
 * the same cosine (fdlibm), so that the bytes are the same.
 */
final class ThumbHash {
  /** The longest side of a picture that is hashed. */
  static final int MAX_SIDE = 100;

  private final int width;
  private final int height;
  private final double[] light;
  private final double[] yellowBlue;
  private final double[] redGreen;
  private final double[] opacity;
  private final boolean transparent;

  private ThumbHash(Pixels picture) {
    width = picture.size().width();
    height = picture.size().height();
    int[] argb = picture.argb();
    light = new double[argb.length];
    yellowBlue = new double[argb.length];
    redGreen = new double[argb.length];
    opacity = new double[argb.length];
    double red = 0;
    double green = 0;
    double blue = 0;
    double alpha = 0;
    for (int pixel : argb) {
      double part = (pixel >>> 24) / 255.0;
      red += part / 255 * (pixel >> 16 & 255);
      green += part / 255 * (pixel >> 8 & 255);
      blue += part / 255 * (pixel & 255);
      alpha += part;
    }
    if (alpha > 0) {
      red /= alpha;
      green /= alpha;
      blue /= alpha;
    }
    transparent = alpha < argb.length;
    for (int i = 0; i < argb.length; i++) {
      // Laid over the average colour, so that what is see-through has no colour of its own.
      double part = (argb[i] >>> 24) / 255.0;
      double r = red * (1 - part) + part / 255 * (argb[i] >> 16 & 255);
      double g = green * (1 - part) + part / 255 * (argb[i] >> 8 & 255);
      double b = blue * (1 - part) + part / 255 * (argb[i] & 255);
      light[i] = (r + g + b) / 3;
      yellowBlue[i] = (r + g) / 2 - b;
      redGreen[i] = r - g;
      opacity[i] = part;
    }
  }

  /**
   * Returns the hash.
   *
   * @throws IllegalArgumentException if a side is longer than {@value #MAX_SIDE} pixels
   */
  static byte[] of(Pixels picture) {
    if (picture.size().width() > MAX_SIDE || picture.size().height() > MAX_SIDE) {
      throw new IllegalArgumentException(
          "a picture to hash is at most "
              + MAX_SIDE
              + " pixels wide and high, was "
              + picture.size());
    }
    return new ThumbHash(picture).bytes();
  }

  private byte[] bytes() {
    int limit = transparent ? 5 : 7;
    int longer = Math.max(width, height);
    int across = (int) Math.max(1, round((double) (limit * width) / longer));
    int down = (int) Math.max(1, round((double) (limit * height) / longer));
    Waves l = new Waves(light, Math.max(3, across), Math.max(3, down));
    Waves p = new Waves(yellowBlue, 3, 3);
    Waves q = new Waves(redGreen, 3, 3);
    boolean landscape = width > height;
    long first =
        round(63 * l.mean)
            | round(31.5 + 31.5 * p.mean) << 6
            | round(31.5 + 31.5 * q.mean) << 12
            | round(31 * l.scale) << 18
            | (transparent ? 1L << 23 : 0);
    long second =
        (landscape ? down : across)
            | round(63 * p.scale) << 3
            | round(63 * q.scale) << 9
            | (landscape ? 1L << 15 : 0);
    List<Double> waves = new ArrayList<>();
    waves.addAll(l.parts);
    waves.addAll(p.parts);
    waves.addAll(q.parts);
    int begin = 5;
    long third = 0;
    if (transparent) {
      Waves a = new Waves(opacity, 5, 5);
      third = round(15 * a.mean) | round(15 * a.scale) << 4;
      waves.addAll(a.parts);
      begin = 6;
    }
    byte[] hash = new byte[begin + (waves.size() + 1) / 2];
    hash[0] = (byte) first;
    hash[1] = (byte) (first >> 8);
    hash[2] = (byte) (first >> 16);
    hash[3] = (byte) second;
    hash[4] = (byte) (second >> 8);
    if (transparent) {
      hash[5] = (byte) third;
    }
    for (int i = 0; i < waves.size(); i++) {
      hash[begin + i / 2] |= (byte) (round(15 * waves.get(i)) << (i % 2 * 4));
    }
    return hash;
  }

  /** Rounds halves up, as the reference's language does. */
  private static long round(double value) {
    return (long) StrictMath.floor(value + 0.5);
  }

  /** The cosine transform of one channel: its mean, and its lowest waves in a triangle. */
  private final class Waves {
    private double mean;
    private double scale;
    private final List<Double> parts = new ArrayList<>();

    Waves(double[] channel, int across, int down) {
      double[] row = new double[width];
      for (int cy = 0; cy < down; cy++) {
        for (int cx = 0; cx * down < across * (down - cy); cx++) {
          double sum = sum(channel, row, cx, cy) / (width * height);
          if (cx > 0 || cy > 0) {
            parts.add(sum);
            scale = Math.max(scale, Math.abs(sum));
          } else {
            mean = sum;
          }
        }
      }
      if (scale > 0) {
        parts.replaceAll(part -> 0.5 + 0.5 / scale * part);
      }
    }

    private double sum(double[] channel, double[] row, int cx, int cy) {
      for (int x = 0; x < width; x++) {
        row[x] = StrictMath.cos(Math.PI / width * cx * (x + 0.5));
      }
      double sum = 0;
      for (int y = 0; y < height; y++) {
        double column = StrictMath.cos(Math.PI / height * cy * (y + 0.5));
        for (int x = 0; x < width; x++) {
          sum += channel[x + y * width] * row[x] * column;
        }
      }
      return sum;
    }
  }
}
