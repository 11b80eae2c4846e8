package dev.rendition.local.engine;

import dev.rendition.local.raster.Plane;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Blurs with a Gaussian, and sharpens with the difference to it (unsharp mask). Edges go on with
 * the outermost sample; colours are weighed by alpha. The kernel reaches three standard deviations
 * and is made by {@link StrictMath}.
 */
final class Gaussian {
  private static final double SHARPEN_SIGMA = 1;

  private Gaussian() {}

  static Picture blurred(Picture picture, double sigma) {
    float[] kernel = kernel(sigma);
    Optional<Plane> alpha = picture.alpha();
    List<Plane> planes = new ArrayList<>();
    if (alpha.isEmpty()) {
      picture
          .planes()
          .forEach(plane -> planes.add(bytes(plane, blurred(floats(plane), plane, kernel))));
      return new Picture(picture.kind(), planes, null, null);
    }
    Plane opacity = alpha.get();
    float[] softOpacity = blurred(floats(opacity), opacity, kernel);
    for (Plane plane : picture.planes()) {
      float[] weighed = floats(plane);
      for (int i = 0; i < weighed.length; i++) {
        weighed[i] = weighed[i] * (opacity.samples()[i] & 0xff) / 255f;
      }
      float[] soft = blurred(weighed, plane, kernel);
      for (int i = 0; i < soft.length; i++) {
        soft[i] = softOpacity[i] < 0.5f ? 0 : soft[i] * 255f / softOpacity[i];
      }
      planes.add(bytes(plane, soft));
    }
    return new Picture(picture.kind(), planes, bytes(opacity, softOpacity), null);
  }

  static Picture sharpened(Picture picture, double amount) {
    float[] kernel = kernel(SHARPEN_SIGMA);
    List<Plane> planes = new ArrayList<>();
    for (Plane plane : picture.planes()) {
      float[] sharp = floats(plane);
      float[] soft = blurred(sharp.clone(), plane, kernel);
      for (int i = 0; i < sharp.length; i++) {
        sharp[i] += (float) amount * (sharp[i] - soft[i]);
      }
      planes.add(bytes(plane, sharp));
    }
    return new Picture(picture.kind(), planes, picture.alpha().orElse(null), null);
  }

  /** Returns one half of the kernel, the middle first; the whole sums up to 1. */
  private static float[] kernel(double sigma) {
    int reach = Math.max(1, (int) Math.ceil(3 * sigma));
    double[] weights = new double[reach + 1];
    double sum = 0;
    for (int i = 0; i <= reach; i++) {
      weights[i] = StrictMath.exp(-i * i / (2 * sigma * sigma));
      sum += i == 0 ? weights[i] : 2 * weights[i];
    }
    float[] kernel = new float[reach + 1];
    for (int i = 0; i <= reach; i++) {
      kernel[i] = (float) (weights[i] / sum);
    }
    return kernel;
  }

  /** Blurs samples in place, rows first, and returns them. */
  private static float[] blurred(float[] samples, Plane shape, float[] kernel) {
    int width = shape.width();
    int height = shape.height();
    int reach = kernel.length - 1;
    float[] padded = new float[Math.max(width, height) + 2 * reach];
    for (int y = 0; y < height; y++) {
      System.arraycopy(samples, y * width, padded, reach, width);
      Arrays.fill(padded, 0, reach, samples[y * width]);
      Arrays.fill(padded, reach + width, width + 2 * reach, samples[y * width + width - 1]);
      line(padded, width, kernel, samples, y * width);
    }
    columns(samples, width, height, kernel);
    return samples;
  }

  private static void line(float[] padded, int length, float[] kernel, float[] to, int at) {
    int reach = kernel.length - 1;
    for (int x = 0; x < length; x++) {
      float sum = kernel[0] * padded[x + reach];
      for (int k = 1; k <= reach; k++) {
        sum += kernel[k] * (padded[x + reach - k] + padded[x + reach + k]);
      }
      to[at + x] = sum;
    }
  }

  private static void columns(float[] samples, int width, int height, float[] kernel) {
    int reach = kernel.length - 1;
    float[] source = samples.clone();
    for (int y = 0; y < height; y++) {
      int at = y * width;
      for (int x = 0; x < width; x++) {
        samples[at + x] = kernel[0] * source[at + x];
      }
      for (int k = 1; k <= reach; k++) {
        int above = Math.max(0, y - k) * width;
        int below = Math.min(height - 1, y + k) * width;
        float weight = kernel[k];
        for (int x = 0; x < width; x++) {
          samples[at + x] += weight * (source[above + x] + source[below + x]);
        }
      }
    }
  }

  private static float[] floats(Plane plane) {
    float[] floats = new float[plane.width() * plane.height()];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = plane.samples()[i] & 0xff;
    }
    return floats;
  }

  private static Plane bytes(Plane shape, float[] values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) Math.max(0, Math.min(255, (int) (values[i] + 0.5f)));
    }
    return PixelSteps.like(shape, bytes);
  }
}
