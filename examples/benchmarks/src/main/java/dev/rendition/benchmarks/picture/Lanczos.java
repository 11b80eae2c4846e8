package dev.rendition.benchmarks.picture;

/**
 * The reference scaler: separable Lanczos with three lobes, widened by the factor of reduction, in
 * double precision from first to last. Taps beyond an edge are left out and the weights of the
 * others sum to 1. The result is clipped to 0..255, not rounded. Plain, slow, and shares nothing
 * with the engine.
 */
public final class Lanczos {
  private static final int LOBES = 3;

  private Lanczos() {}

  /** Returns a picture scaled to a size. */
  public static Luma scaled(Luma source, int width, int height) {
    double[] across = new double[width * source.height()];
    for (int x = 0; x < width; x++) {
      Taps taps = new Taps(source.width(), width, x);
      for (int y = 0; y < source.height(); y++) {
        double sum = 0;
        for (int i = taps.first; i < taps.end; i++) {
          sum += taps.weight(i) * source.at(i, y);
        }
        across[y * width + x] = sum;
      }
    }
    double[] result = new double[width * height];
    for (int y = 0; y < height; y++) {
      Taps taps = new Taps(source.height(), height, y);
      for (int x = 0; x < width; x++) {
        double sum = 0;
        for (int i = taps.first; i < taps.end; i++) {
          sum += taps.weight(i) * across[i * width + x];
        }
        result[y * width + x] = Math.max(0, Math.min(255, sum));
      }
    }
    return new Luma(width, height, result);
  }

  /** {@code sinc(x) sinc(x / 3)} for |x| below 3. */
  private static double kernel(double x) {
    double distance = Math.abs(x);
    if (distance < 1e-12) {
      return 1;
    }
    if (distance >= LOBES) {
      return 0;
    }
    double angle = Math.PI * distance;
    return LOBES * Math.sin(angle) * Math.sin(angle / LOBES) / (angle * angle);
  }

  /** The samples that make one sample of the target, and what each counts. */
  private static final class Taps {
    private final int first;
    private final int end;
    private final double[] weights;

    Taps(int source, int target, int index) {
      double step = (double) source / target;
      double stretch = Math.max(1, step);
      double centre = (index + 0.5) * step - 0.5;
      first = Math.max(0, (int) Math.ceil(centre - LOBES * stretch));
      end = Math.min(source, (int) Math.floor(centre + LOBES * stretch) + 1);
      weights = new double[end - first];
      double sum = 0;
      for (int i = first; i < end; i++) {
        weights[i - first] = kernel((i - centre) / stretch);
        sum += weights[i - first];
      }
      for (int i = 0; i < weights.length; i++) {
        weights[i] /= sum;
      }
    }

    double weight(int sample) {
      return weights[sample - first];
    }
  }
}
