package dev.rendition.local.resample;

/**
 * The Lanczos kernel with three lobes: {@code sinc(x) * sinc(x / 3)} for |x| below 3, with {@code
 * sinc(x) = sin(pi x) / (pi x)}; zero elsewhere. Source: C. E. Duchon, "Lanczos Filtering in One
 * and Two Dimensions", Journal of Applied Meteorology 18 (1979), section 2.
 *
 * <p>Values come from a table of {@link StrictMath} sines, so they are the same on every JDK, and
 * are interpolated linearly between entries 1/2048 apart, which is within 2e-7 of the formula.
 */
final class Kernel {
  /** Half the kernel's width in target pixels. */
  static final int LOBES = 3;

  private static final int STEPS = 2048;
  private static final double[] TABLE = table();

  private Kernel() {}

  /** Returns the kernel's value at {@code x}, any finite number. */
  static double at(double x) {
    double position = Math.abs(x) * STEPS;
    if (position >= LOBES * STEPS) {
      return 0;
    }
    int index = (int) position;
    double low = TABLE[index];
    return low + (TABLE[index + 1] - low) * (position - index);
  }

  /**
   * Returns the value at {@code x} of the triangle, {@code 1 - |x|} for |x| below 1: between two
   * samples it interpolates linearly.
   */
  static double linearAt(double x) {
    return Math.max(0, 1 - Math.abs(x));
  }

  private static double[] table() {
    double[] values = new double[LOBES * STEPS + 1];
    for (int i = 0; i < values.length; i++) {
      boolean zero = i % STEPS == 0;
      values[i] = zero ? 0 : sinc((double) i / STEPS) * sinc((double) i / STEPS / LOBES);
    }
    values[0] = 1;
    return values;
  }

  private static double sinc(double x) {
    double angle = Math.PI * x;
    return StrictMath.sin(angle) / angle;
  }
}
