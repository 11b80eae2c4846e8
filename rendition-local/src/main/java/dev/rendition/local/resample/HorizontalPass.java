package dev.rendition.local.resample;

/**
 * Weighs the columns of four rows at once. Two rows share a {@code long}: the upper 32 bits hold
 * one, the lower 32 bits the other, and since sums and products by a weight are linear, one
 * multiplication serves both. A bias keeps the lower sum positive so that it never borrows from the
 * upper one.
 *
 * <p>Bounds: a sample is at most 255 × 64 × 1.54 (the greatest sum of the absolute weights of this
 * kernel), weights add up to at most 1.54 × 16384, so a sum stays below 2^30 either way.
 */
final class HorizontalPass {
  private static final int POINT = VerticalPass.FRACTION + 14;
  private static final int OFFSET = 1 << (30 - POINT);
  private static final long BIAS = 0x4000_0000_4000_0000L;
  private static final long HALF = (1L << (POINT - 1)) * 0x1_0000_0001L;

  /** A biased sum without its fraction, 12 bits, to an 8-bit sample. */
  private static final byte[] CLAMP = clamp();

  private HorizontalPass() {}

  /**
   * Finishes four rows as bytes.
   *
   * @param out row {@code r} of the group begins at {@code at + r * stride}
   */
  static void bytes(Axis axis, long[] low, long[] high, byte[] out, int at, int stride) {
    int[] starts = axis.starts;
    int[] w = axis.weights;
    int taps = axis.taps;
    int o0 = at;
    int o1 = at + stride;
    int o2 = o1 + stride;
    int o3 = o2 + stride;
    for (int x = 0, t = 0; x < axis.target; x++, t += taps) {
      int s = starts[x];
      long a = BIAS + HALF;
      long b = BIAS + HALF;
      if (taps == 8) {
        long w0 = w[t];
        long w1 = w[t + 1];
        long w2 = w[t + 2];
        long w3 = w[t + 3];
        long w4 = w[t + 4];
        long w5 = w[t + 5];
        long w6 = w[t + 6];
        long w7 = w[t + 7];
        a += w0 * low[s] + w1 * low[s + 1] + w2 * low[s + 2] + w3 * low[s + 3];
        a += w4 * low[s + 4] + w5 * low[s + 5] + w6 * low[s + 6] + w7 * low[s + 7];
        b += w0 * high[s] + w1 * high[s + 1] + w2 * high[s + 2] + w3 * high[s + 3];
        b += w4 * high[s + 4] + w5 * high[s + 5] + w6 * high[s + 6] + w7 * high[s + 7];
      } else {
        for (int k = 0; k < taps; k += 4) {
          long w0 = w[t + k];
          long w1 = w[t + k + 1];
          long w2 = w[t + k + 2];
          long w3 = w[t + k + 3];
          int j = s + k;
          a += w0 * low[j] + w1 * low[j + 1] + w2 * low[j + 2] + w3 * low[j + 3];
          b += w0 * high[j] + w1 * high[j + 1] + w2 * high[j + 2] + w3 * high[j + 3];
        }
      }
      out[o0 + x] = CLAMP[(int) (a >>> POINT) & 0xfff];
      out[o1 + x] = CLAMP[(int) (a >>> (POINT + 32))];
      out[o2 + x] = CLAMP[(int) (b >>> POINT) & 0xfff];
      out[o3 + x] = CLAMP[(int) (b >>> (POINT + 32))];
    }
  }

  private static byte[] clamp() {
    byte[] table = new byte[1 << (32 - POINT)];
    for (int i = 0; i < table.length; i++) {
      table[i] = (byte) Math.max(0, Math.min(255, i - OFFSET));
    }
    return table;
  }
}
