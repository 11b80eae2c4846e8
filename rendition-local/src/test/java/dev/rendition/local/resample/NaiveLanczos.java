package dev.rendition.local.resample;

import dev.rendition.local.raster.Plane;

/** The formula word for word, in doubles, both axes at once in effect, without any shortcut. */
final class NaiveLanczos {
  private NaiveLanczos() {}

  /** Returns unrounded samples, row by row. */
  static double[] scale(double[] source, int width, int height, Window window, int w, int h) {
    double[] narrowed = new double[w * height];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < w; x++) {
        narrowed[y * w + x] = sum(source, y * width, 1, width, window.left(), window.width(), w, x);
      }
    }
    double[] result = new double[w * h];
    for (int y = 0; y < h; y++) {
      for (int x = 0; x < w; x++) {
        result[y * w + x] = sum(narrowed, x, w, height, window.top(), window.height(), h, y);
      }
    }
    return result;
  }

  static double[] samples(Plane plane) {
    double[] samples = new double[plane.width() * plane.height()];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = plane.samples()[i] & 0xff;
    }
    return samples;
  }

  private static double sum(
      double[] samples, int at, int step, int size, double start, double length, int n, int i) {
    double ratio = length / n;
    double stretch = Math.max(1, ratio);
    double centre = start + (i + 0.5) * ratio;
    int low = (int) Math.floor(start);
    int high = Math.min(size, (int) Math.ceil(start + length)) - 1;
    double sum = 0;
    double weights = 0;
    for (int j = (int) (centre - 3 * stretch) - 2; j <= centre + 3 * stretch + 2; j++) {
      double weight = lanczos((j + 0.5 - centre) / stretch);
      weights += weight;
      sum += weight * samples[at + step * Math.max(low, Math.min(high, j))];
    }
    return sum / weights;
  }

  private static double lanczos(double x) {
    if (x == 0) {
      return 1;
    }
    double angle = Math.PI * x;
    return Math.abs(x) >= 3 ? 0 : 3 * Math.sin(angle) * Math.sin(angle / 3) / (angle * angle);
  }
}
