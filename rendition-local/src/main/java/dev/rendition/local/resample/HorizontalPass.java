package dev.rendition.local.resample;

/**
 * Weighs the columns of two rows at once. The rows share a {@code long}: the upper 32 bits hold
 * one, the lower 32 bits the other, and since sums and products by a weight are linear, one
 * multiplication serves both. A bias keeps the lower sum positive so that it never borrows from the
 * upper one.
 *
 * <p>Bounds: the absolute weights of one target sample add up to at most 1.6 × 16384 for this
 * kernel, so a sample is within 255 × 64 × 1.6 either way and a sum within 255 × 64 × 1.6 × 1.6 ×
 * 16384 &lt; 2^30.
 */
final class HorizontalPass {
  /** Bits behind the point of what {@link #sums} gives. */
  static final int SUM_FRACTION = 12;

  private static final int POINT = VerticalPass.FRACTION + 14;
  private static final int OFFSET = 1 << (30 - POINT);
  private static final long BIAS = 0x4000_0000_4000_0000L;
  private static final long HALF = (1L << (POINT - 1)) * 0x1_0000_0001L;

  /** A biased sum without its fraction, 12 bits, to an 8-bit sample. */
  private static final byte[] CLAMP = clamp();

  private HorizontalPass() {}

  /**
   * Finishes two rows as bytes.
   *
   * @param pair as {@link VerticalPass#pair()} gives it
   * @param first where in {@code out} the first row begins
   * @param second where in {@code out} the second row begins
   */
  static void bytes(Axis axis, long[] pair, byte[] out, int first, int second) {
    switch (axis.taps) {
      case 8 -> bytes8(axis, pair, out, first, second);
      case 10 -> bytes10(axis, pair, out, first, second);
      case 12 -> bytes12(axis, pair, out, first, second);
      default -> bytesAny(axis, pair, out, first, second);
    }
  }

  /**
   * Finishes two rows as unclamped integers.
   *
   * @param first takes the first row's samples in units of 1 / (1 &lt;&lt; {@link #SUM_FRACTION})
   */
  static void sums(Axis axis, long[] pair, int[] first, int[] second) {
    int surplus = POINT - SUM_FRACTION;
    for (int x = 0; x < axis.target; x++) {
      long sum = BIAS + dot(axis, pair, x);
      first[x] = ((int) sum - (1 << 30)) >> surplus;
      second[x] = ((int) (sum >>> 32) - (1 << 30)) >> surplus;
    }
  }

  private static void bytes8(Axis axis, long[] pair, byte[] out, int first, int second) {
    int[] starts = axis.starts;
    long[] w = axis.wideWeights;
    int n = axis.target;
    for (int x = 0, t = 0; x < n; x++, t += 8) {
      long sum = BIAS + HALF + dot8(w, t, pair, starts[x]);
      out[first + x] = lower(sum);
      out[second + x] = upper(sum);
    }
  }

  private static void bytes10(Axis axis, long[] pair, byte[] out, int first, int second) {
    int[] starts = axis.starts;
    long[] w = axis.wideWeights;
    int n = axis.target;
    for (int x = 0, t = 0; x < n; x++, t += 10) {
      int s = starts[x];
      long sum = BIAS + HALF + dot8(w, t, pair, s);
      sum += w[t + 8] * pair[s + 8] + w[t + 9] * pair[s + 9];
      out[first + x] = lower(sum);
      out[second + x] = upper(sum);
    }
  }

  private static void bytes12(Axis axis, long[] pair, byte[] out, int first, int second) {
    int[] starts = axis.starts;
    long[] w = axis.wideWeights;
    int n = axis.target;
    for (int x = 0, t = 0; x < n; x++, t += 12) {
      int s = starts[x];
      long sum = BIAS + HALF + dot8(w, t, pair, s) + dot4(w, t + 8, pair, s + 8);
      out[first + x] = lower(sum);
      out[second + x] = upper(sum);
    }
  }

  private static void bytesAny(Axis axis, long[] pair, byte[] out, int first, int second) {
    for (int x = 0; x < axis.target; x++) {
      long sum = BIAS + HALF + dot(axis, pair, x);
      out[first + x] = lower(sum);
      out[second + x] = upper(sum);
    }
  }

  private static long dot(Axis axis, long[] pair, int x) {
    long[] w = axis.wideWeights;
    int t = x * axis.taps;
    int s = axis.starts[x];
    long sum = 0;
    int k = 0;
    for (; k + 4 <= axis.taps; k += 4) {
      sum += dot4(w, t + k, pair, s + k);
    }
    for (; k < axis.taps; k++) {
      sum += w[t + k] * pair[s + k];
    }
    return sum;
  }

  private static long dot8(long[] w, int t, long[] pair, int s) {
    return dot4(w, t, pair, s) + dot4(w, t + 4, pair, s + 4);
  }

  private static long dot4(long[] w, int t, long[] pair, int s) {
    return w[t] * pair[s]
        + w[t + 1] * pair[s + 1]
        + w[t + 2] * pair[s + 2]
        + w[t + 3] * pair[s + 3];
  }

  private static byte lower(long sum) {
    return CLAMP[(int) (sum >>> POINT) & 0xfff];
  }

  private static byte upper(long sum) {
    return CLAMP[(int) (sum >>> (POINT + 32))];
  }

  private static byte[] clamp() {
    byte[] table = new byte[1 << (32 - POINT)];
    for (int i = 0; i < table.length; i++) {
      table[i] = (byte) Math.max(0, Math.min(255, i - OFFSET));
    }
    return table;
  }
}
