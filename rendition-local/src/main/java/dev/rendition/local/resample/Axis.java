package dev.rendition.local.resample;

import java.util.Arrays;

/**
 * How the samples along one axis of a window become target samples: first, for great reductions,
 * whole boxes of neighbours are averaged; then every target sample is a weighted sum of a few.
 *
 * <p>Values only: shared by planes of one size. Safe for use by many threads as long as nobody
 * writes into the arrays, and nobody does.
 */
final class Axis {
  /** The weights of one target sample add up to this. */
  static final int ONE = 1 << 14;

  /** Reductions from here on average boxes first; the kernel then still reduces 4 to 8 times. */
  static final int BOX_FROM = 8;

  /**
   * What an axis is made from, all in samples.
   *
   * @param size the plane's, 1 or more
   * @param start the window's, 0 or more
   * @param length the window's, above 0
   * @param target 1 or more
   */
  record Key(int size, double start, double length, int target) {}

  /** The first source sample the window touches. */
  final int first;

  /** How many source samples the window touches, 1 or more. */
  final int count;

  /** How many neighbours are averaged before the kernel is applied; 1 means none. */
  final int box;

  /** How many averages there are: {@code count / box}, rounded up. */
  final int boxes;

  /** How many target samples there are. */
  final int target;

  /** How many weights each target sample has: 8, 10 or a multiple of 4; unused ones are 0. */
  final int taps;

  /** The first average that weighs in, for each target sample; never falls. */
  final int[] starts;

  /** The last average that weighs in, for each target sample; never falls. */
  final int[] lasts;

  /** {@link #taps} weights for each target sample, in units of 1 / {@link #ONE}. */
  final int[] weights;

  /** The same weights once more: the horizontal pass multiplies 64 bits. */
  final long[] wideWeights;

  private Axis(
      int first,
      int count,
      int box,
      int boxes,
      int taps,
      int[] starts,
      int[] lasts,
      int[] weights) {
    this.first = first;
    this.count = count;
    this.box = box;
    this.boxes = boxes;
    this.target = starts.length;
    this.taps = taps;
    this.starts = starts;
    this.lasts = lasts;
    this.weights = weights;
    this.wideWeights = Arrays.stream(weights).asLongStream().toArray();
  }

  /**
   * Works out the taps.
   *
   * <p>Target sample {@code i} has its centre at {@code start + (i + 0.5) * length / target};
   * source sample {@code j} at {@code j + 0.5}. When reducing, the kernel is widened by the factor
   * of reduction; when enlarging it is not. A tap beyond the window falls on the window's outermost
   * sample, as if the edge went on for ever and as if the window had been cut out before.
   */
  static Axis of(Key key) {
    int first = (int) Math.floor(key.start);
    int end = (int) Math.min(key.size, Math.ceil(key.start + key.length));
    if (first >= end || key.start + key.length > key.size + 1e-6) {
      throw new IllegalArgumentException(
          "a window from " + key.start + ", " + key.length + " long, is not within " + key.size);
    }
    if (key.target < 1) {
      throw new IllegalArgumentException("a target side must be 1 or more, was " + key.target);
    }
    int count = end - first;
    double ratio = key.length / key.target;
    int box = ratio >= BOX_FROM ? (int) (ratio / (BOX_FROM / 2)) : 1;
    int boxes = (count + box - 1) / box;
    return tapped(first, count, box, boxes, (key.start - first) / box, ratio / box, key.target);
  }

  private static Axis tapped(
      int first, int count, int box, int boxes, double start, double ratio, int target) {
    double stretch = Math.max(1, ratio);
    double support = Kernel.LOBES * stretch;
    double[] raw = new double[2 * (int) Math.ceil(support) + 1];
    int[][] rows = new int[target][];
    int[] starts = new int[target];
    int[] lasts = new int[target];
    int longest = 0;
    for (int i = 0; i < target; i++) {
      double centre = start + (i + 0.5) * ratio - 0.5;
      int from = (int) Math.ceil(centre - support);
      int to = (int) Math.floor(centre + support);
      int low = Math.min(Math.max(from, 0), boxes - 1);
      int high = Math.max(Math.min(to, boxes - 1), 0);
      Arrays.fill(raw, 0, high - low + 1, 0);
      for (int j = from; j <= to; j++) {
        raw[Math.min(Math.max(j, low), high) - low] += Kernel.at((j - centre) / stretch);
      }
      rows[i] = whole(raw, high - low + 1);
      starts[i] = low;
      lasts[i] = high;
      longest = Math.max(longest, high - low + 1);
    }
    int taps = padded(longest);
    int[] weights = new int[Math.multiplyExact(taps, target)];
    for (int i = 0; i < target; i++) {
      int shifted = Math.max(0, Math.min(starts[i], boxes - taps));
      System.arraycopy(rows[i], 0, weights, i * taps + starts[i] - shifted, rows[i].length);
      starts[i] = shifted;
    }
    return new Axis(first, count, box, boxes, taps, starts, lasts, weights);
  }

  private static int padded(int longest) {
    if (longest <= 10) {
      return longest <= 8 ? 8 : 10;
    }
    return (longest + 3) / 4 * 4;
  }

  /** Rounds weights so that they add up to exactly {@link #ONE}: a flat field stays flat. */
  private static int[] whole(double[] raw, int length) {
    double sum = 0;
    int peak = 0;
    for (int k = 0; k < length; k++) {
      sum += raw[k];
      peak = raw[k] > raw[peak] ? k : peak;
    }
    int[] weights = new int[length];
    int left = ONE;
    for (int k = 0; k < length; k++) {
      weights[k] = (int) Math.floor(raw[k] / sum * ONE + 0.5);
      left -= weights[k];
    }
    boolean twin = peak + 1 < length && weights[peak + 1] == weights[peak];
    weights[peak] += twin ? left - left / 2 : left;
    if (twin) {
      weights[peak + 1] += left / 2;
    }
    return weights;
  }
}
