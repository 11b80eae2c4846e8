package dev.rendition.benchmarks.picture;

import java.awt.image.BufferedImage;

/**
 * The luma of a picture, on white where it is transparent: ITU-R BT.601 weights, 0 to 255,
 * unrounded. Rows from the top, each from the left.
 */
public final class Luma {
  private final int width;
  private final int height;
  private final double[] samples;

  Luma(int width, int height, double[] samples) {
    this.width = width;
    this.height = height;
    this.samples = samples;
  }

  /** Reads the luma of an image. */
  public static Luma of(BufferedImage image) {
    int width = image.getWidth();
    int height = image.getHeight();
    double[] samples = new double[width * height];
    int[] row = new int[width];
    for (int y = 0; y < height; y++) {
      image.getRGB(0, y, width, 1, row, 0, width);
      for (int x = 0; x < width; x++) {
        int pixel = row[x];
        double luma =
            0.299 * (pixel >> 16 & 0xff) + 0.587 * (pixel >> 8 & 0xff) + 0.114 * (pixel & 0xff);
        double alpha = (pixel >>> 24) / 255.0;
        samples[y * width + x] = luma * alpha + 255 * (1 - alpha);
      }
    }
    return new Luma(width, height, samples);
  }

  public int width() {
    return width;
  }

  public int height() {
    return height;
  }

  /** Returns the sample of a column and a row. */
  public double at(int x, int y) {
    return samples[y * width + x];
  }

  /**
   * Returns the peak signal-to-noise ratio of this against another, in dB: {@code 10 log10(255² /
   * mean square error)}; infinite when they are equal.
   *
   * @throws IllegalArgumentException if the sizes differ
   */
  public double psnr(Luma other) {
    if (width != other.width || height != other.height) {
      throw new IllegalArgumentException(
          width
              + " x "
              + height
              + " cannot be compared with "
              + other.width
              + " x "
              + other.height);
    }
    double sum = 0;
    for (int i = 0; i < samples.length; i++) {
      double difference = samples[i] - other.samples[i];
      sum += difference * difference;
    }
    return 10 * Math.log10(255.0 * 255.0 * samples.length / sum);
  }
}
