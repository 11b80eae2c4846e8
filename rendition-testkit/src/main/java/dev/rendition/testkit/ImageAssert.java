package dev.rendition.testkit;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.Locale;
import org.assertj.core.api.AbstractAssert;

/**
 * Says what a picture must look like; pixels are compared in sRGB, 0 to 255 a channel, with a
 * tolerance that the test states.
 */
public final class ImageAssert extends AbstractAssert<ImageAssert, BufferedImage> {
  private ImageAssert(BufferedImage actual) {
    super(actual, ImageAssert.class);
  }

  /** Begins with a picture. */
  public static ImageAssert assertThatImage(BufferedImage actual) {
    return new ImageAssert(actual);
  }

  /** Begins with a file, which the JDK decodes; EXIF orientation is not applied. */
  public static ImageAssert assertThatImage(byte[] file) {
    return new ImageAssert(Encoded.decode(file));
  }

  /** Verifies width and height. */
  public ImageAssert hasSize(int width, int height) {
    isNotNull();
    if (actual.getWidth() != width || actual.getHeight() != height) {
      failWithMessage(
          "Expected a picture of %sx%s pixels but it was %sx%s",
          width, height, actual.getWidth(), actual.getHeight());
    }
    return this;
  }

  /** Verifies that no pixel is transparent, not even a little. */
  public ImageAssert isOpaque() {
    isNotNull();
    for (int y = 0; y < actual.getHeight(); y++) {
      for (int x = 0; x < actual.getWidth(); x++) {
        if (actual.getRGB(x, y) >>> 24 != 255) {
          failWithMessage("Expected no transparency but (%s,%s) has some", x, y);
        }
      }
    }
    return this;
  }

  /**
   * Verifies one pixel.
   *
   * @param tolerance the most by which any channel, alpha included, may differ
   */
  public ImageAssert hasPixelNear(int x, int y, Color expected, int tolerance) {
    isNotNull();
    Color found = new Color(actual.getRGB(x, y), true);
    if (difference(found, expected) > tolerance) {
      failWithMessage(
          "Expected pixel (%s,%s) within %s of %s but it was %s",
          x, y, tolerance, text(expected), text(found));
    }
    return this;
  }

  /**
   * Verifies the mean of all pixels, each channel by itself; alpha is not looked at.
   *
   * @param tolerance the most by which any channel's mean may differ
   */
  public ImageAssert hasMeanNear(Color expected, double tolerance) {
    isNotNull();
    return hasMeanNear(0, 0, actual.getWidth(), actual.getHeight(), expected, tolerance);
  }

  /** Verifies the mean of a rectangle; see {@link #hasMeanNear(Color, double)}. */
  public ImageAssert hasMeanNear(
      int x, int y, int width, int height, Color expected, double tolerance) {
    isNotNull();
    double[] sums = new double[3];
    for (int row = y; row < y + height; row++) {
      for (int column = x; column < x + width; column++) {
        int rgb = actual.getRGB(column, row);
        sums[0] += rgb >> 16 & 255;
        sums[1] += rgb >> 8 & 255;
        sums[2] += rgb & 255;
      }
    }
    double count = (double) width * height;
    double worst =
        Math.max(
            Math.abs(sums[0] / count - expected.getRed()),
            Math.max(
                Math.abs(sums[1] / count - expected.getGreen()),
                Math.abs(sums[2] / count - expected.getBlue())));
    if (worst > tolerance) {
      failWithMessage(
          "Expected a mean within %s of %s but it was (%.2f, %.2f, %.2f)",
          tolerance, text(expected), sums[0] / count, sums[1] / count, sums[2] / count);
    }
    return this;
  }

  /**
   * Verifies that a picture shows {@link Charts#orientation} the right way up, at any size from
   * 20x20 on: the middle of each quadrant, and the white bar.
   *
   * @param tolerance the most by which any channel may differ
   */
  public ImageAssert isUprightOrientationChart(int tolerance) {
    isNotNull();
    int width = actual.getWidth();
    int height = actual.getHeight();
    hasPixelNear(width * 3 / 8, height / 4, Charts.UPPER_LEFT, tolerance);
    hasPixelNear(width * 3 / 4, height / 4, Charts.UPPER_RIGHT, tolerance);
    hasPixelNear(width / 4, height * 3 / 4, Charts.LOWER_LEFT, tolerance);
    hasPixelNear(width * 3 / 4, height * 3 / 4, Charts.LOWER_RIGHT, tolerance);
    return hasPixelNear(width / 8, height / 20, Color.WHITE, tolerance);
  }

  /**
   * Verifies the likeness to another picture of the same size: the peak signal-to-noise ratio
   * {@code 10 log10(255² / MSE)} over red, green and blue together.
   *
   * @param decibels at least this; about 30 is visibly alike, above 45 the same to the eye
   */
  public ImageAssert hasPsnrOfAtLeast(double decibels, BufferedImage expected) {
    hasSize(expected.getWidth(), expected.getHeight());
    double found = psnr(actual, expected);
    if (!(found >= decibels)) {
      failWithMessage("Expected a PSNR of at least %s dB but it was %.2f dB", decibels, found);
    }
    return this;
  }

  /**
   * Returns the ratio of {@link #hasPsnrOfAtLeast} in decibels; infinite for equal pictures.
   *
   * @throws IllegalArgumentException if the sizes differ
   */
  public static double psnr(BufferedImage one, BufferedImage other) {
    if (one.getWidth() != other.getWidth() || one.getHeight() != other.getHeight()) {
      throw new IllegalArgumentException("pictures of different sizes have no ratio");
    }
    double sum = 0;
    for (int y = 0; y < one.getHeight(); y++) {
      for (int x = 0; x < one.getWidth(); x++) {
        int a = one.getRGB(x, y);
        int b = other.getRGB(x, y);
        sum += square((a >> 16 & 255) - (b >> 16 & 255));
        sum += square((a >> 8 & 255) - (b >> 8 & 255));
        sum += square((a & 255) - (b & 255));
      }
    }
    double mse = sum / (3.0 * one.getWidth() * one.getHeight());
    return 10 * Math.log10(255.0 * 255.0 / mse);
  }

  private static int square(int value) {
    return value * value;
  }

  private static int difference(Color a, Color b) {
    return Math.max(
        Math.max(Math.abs(a.getRed() - b.getRed()), Math.abs(a.getGreen() - b.getGreen())),
        Math.max(Math.abs(a.getBlue() - b.getBlue()), Math.abs(a.getAlpha() - b.getAlpha())));
  }

  private static String text(Color colour) {
    return String.format(Locale.ROOT, "#%08x", colour.getRGB());
  }
}
