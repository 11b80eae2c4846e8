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
   * @param linear whether target samples are interpolated linearly; only for enlarging
   */
  record Key(int size, double start, double length, int target, boolean linear) {
    Key(int size, double start, double length, int target) {
      this(size, start, length, target, false);
    }

    /**
     * Returns the axis of a plane that is stored at less than the picture's size: linear where it
     * is enlarged to twice its size.
     */
    static Key ofSubsampled(int size, double start, double length, int target) {
      return new Key(size, start, length, target, target == 2 * length);
    }

    double ratio() {
      return length / target;
    }

    int box() {
      return ratio() >= BOX_FROM ? (int) (ratio() / (BOX_FROM / 2)) : 1;
    }

    /** Returns at least {@link Axis#count}. */
    long countAtMost() {
      return (long) Math.min(size, length + 2);
    }

    /** Returns at least {@link Axis#boxes}. */
    long boxesAtMost() {
      return countAtMost() / box() + 1;
    }

    /** Returns at least {@link Axis#taps}. */
    long tapsAtMost() {
      return 2 * (long) Math.ceil(Kernel.LOBES * Math.max(1, ratio() / box())) + 4;
    }
  }

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
    wideWeights = new long[weights.length];
    for (int i = 0; i < weights.length; i++) {
      wideWeights[i] = weights[i];
    }
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
    int box = key.box();
    int boxes = (count + box - 1) / box;
    double start = (key.start - first) / box;
    double ratio = key.ratio() / box;
    int[][] rows = new int[key.target][];
    int[] starts = new int[key.target];
    int[] lasts = new int[key.target];
    int period = box > 1 ? key.target : period(key);
    weigh(rows, starts, lasts, boxes, start, ratio, period, key.linear);
    int longest = 0;
    for (int i = 0; i < key.target; i++) {
      longest = Math.max(longest, rows[i].length);
    }
    int taps = padded(longest);
    int[] weights = new int[Math.multiplyExact(taps, key.target)];
    for (int i = 0; i < key.target; i++) {
      int shifted = Math.max(0, Math.min(starts[i], boxes - taps));
      System.arraycopy(rows[i], 0, weights, i * taps + starts[i] - shifted, rows[i].length);
      starts[i] = shifted;
    }
    return new Axis(first, count, box, boxes, taps, starts, lasts, weights);
  }

  /**
   * Returns after how many target samples the kernel stands over source samples as it did before:
   * the weights then are the same again and need not be worked out.
   */
  private static int period(Key key) {
    double length = key.length;
    if (length != Math.rint(length)) {
      return key.target;
    }
    int a = (int) length;
    int b = key.target;
    while (b != 0) {
      int rest = a % b;
      a = b;
      b = rest;
    }
    return key.target / a;
  }

  private static void weigh(
      int[][] rows,
      int[] starts,
      int[] lasts,
      int boxes,
      double start,
      double ratio,
      int period,
      boolean linear) {
    double stretch = Math.max(1, ratio);
    double support = Kernel.LOBES * stretch;
    double[] raw = new double[2 * (int) Math.ceil(support) + 1];
    int stride = (int) Math.rint(period * ratio);
    int inner = rows.length;
    for (int i = 0; i < rows.length; i++) {
      double centre = start + (i + 0.5) * ratio - 0.5;
      int from = (int) Math.ceil(centre - support);
      int to = (int) Math.floor(centre + support);
      if (i - period >= inner && to < boxes - 1) {
        rows[i] = rows[i - period];
        starts[i] = starts[i - period] + stride;
        lasts[i] = lasts[i - period] + stride;
        continue;
      }
      int low = Math.min(Math.max(from, 0), boxes - 1);
      int high = Math.max(Math.min(to, boxes - 1), 0);
      Arrays.fill(raw, 0, high - low + 1, 0);
      for (int j = from; j <= to; j++) {
        double x = (j - centre) / stretch;
        raw[Math.min(Math.max(j, low), high) - low] += linear ? Kernel.linearAt(x) : Kernel.at(x);
      }
      int[] row = whole(raw, high - low + 1, centre - low, 2 * i < rows.length);
      int head = 0;
      while (row[head] == 0) {
        head++;
      }
      int tail = row.length - 1;
      while (row[tail] == 0) {
        tail--;
      }
      rows[i] = Arrays.copyOfRange(row, head, tail + 1);
      starts[i] = low + head;
      lasts[i] = low + tail;
      inner = from > 0 ? Math.min(inner, i) : inner;
    }
  }

  private static int padded(int longest) {
    if (longest <= 10) {
      return longest <= 8 ? 8 : 10;
    }
    return (longest + 3) / 4 * 4;
  }

  /**
   * Rounds weights so that they add up to exactly {@link #ONE}: a flat field stays flat. What
   * rounding left over goes to the tap at the centre, or to the two next to it; an odd unit goes
   * outwards, so that a mirrored picture gives the mirror image.
   */
  private static int[] whole(double[] raw, int length, double centre, boolean leftHalf) {
    double sum = 0;
    for (int k = 0; k < length; k++) {
      sum += raw[k];
    }
    int[] weights = new int[length];
    int left = ONE;
    for (int k = 0; k < length; k++) {
      weights[k] = (int) Math.floor(raw[k] / sum * ONE + 0.5);
      left -= weights[k];
    }
    int before = within((int) Math.floor(centre + 0.5 - 1e-9), length);
    int after = within((int) Math.floor(centre + 0.5 + 1e-9), length);
    int half = left / 2;
    weights[before] += leftHalf ? left - half : half;
    weights[after] += leftHalf ? half : left - half;
    return weights;
  }

  private static int within(int index, int length) {
    return Math.max(0, Math.min(length - 1, index));
  }
}
