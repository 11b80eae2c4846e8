package dev.rendition.local.resample;

import java.util.Arrays;

/**
 * Turns the rows of a window into rows of the target's height, still of the window's width. Keeps
 * only as many rows as the kernel is high.
 *
 * <p>Samples are integers in units of 1/256 of an 8-bit level, results in units of 1/64. Target
 * rows leave in groups of four, two rows to a {@code long}: a multiplication then serves two rows
 * (see {@link HorizontalPass}). Not safe for use by many threads.
 */
final class VerticalPass {
  /** Bits behind the point of a finished sample. */
  static final int FRACTION = 6;

  private static final int SHIFT = 16;
  private static final int HALF = 1 << (SHIFT - 1);

  private final Axis columns;
  private final Axis rows;
  private final int[][] ring;
  private final int[] even;
  private final int[] odd;
  private final long[] summed;
  private final int[] fresh;
  private final long[] pair;
  private int next;
  private int complete;
  private int targetRow;

  VerticalPass(Axis columns, Axis rows, Scratch scratch) {
    this.columns = columns;
    this.rows = rows;
    int width = columns.boxes;
    ring = new int[rows.taps][];
    for (int i = 0; i < ring.length; i++) {
      ring[i] = scratch.ints(width);
    }
    even = scratch.ints(width);
    odd = scratch.ints(width);
    summed = scratch.longs(boxed() ? columns.count : 1);
    fresh = boxed() ? scratch.ints(columns.count) : ring[0];
    pair = scratch.longs(Math.max(width, columns.taps));
  }

  /** Returns how many bytes a pass takes from the scratch at most. */
  static long bytesAtMost(Axis.Key columns, Axis.Key rows) {
    long width = columns.boxesAtMost();
    return (rows.tapsAtMost() + 2) * Scratch.bytesAtMost(width, Integer.BYTES)
        + Scratch.bytesAtMost(Math.max(width, columns.tapsAtMost()), Long.BYTES)
        + Scratch.bytesAtMost(columns.countAtMost(), Integer.BYTES + Long.BYTES);
  }

  /** Returns every array to where it came from; this object is of no use afterwards. */
  void release(Scratch scratch) {
    for (int[] row : ring) {
      scratch.giveBack(row);
    }
    scratch.giveBack(even);
    scratch.giveBack(odd);
    scratch.giveBack(summed);
    if (boxed()) {
      scratch.giveBack(fresh);
    }
    scratch.giveBack(pair);
  }

  /**
   * Returns the next source row of the plane that this pass wants, or what lies behind the last.
   */
  int wanted() {
    return rows.first + next;
  }

  boolean isComplete() {
    return targetRow == rows.target;
  }

  /** Returns where the samples of row {@link #wanted()} go, window columns only, from index 0. */
  int[] input() {
    return boxed() ? fresh : ring[next % ring.length];
  }

  /**
   * Says that {@link #input()} has been filled; {@link #advance()} comes next, until it returns 0.
   */
  void push() {
    if (boxed()) {
      pushIntoBox();
    } else {
      next++;
      complete = next;
    }
  }

  /**
   * Makes the next pair of target rows, if the rows it needs have come.
   *
   * @return how many rows {@link #pair()} now holds: 2, or 1 for the last row alone, or 0 if rows
   *     are still missing
   */
  int advance() {
    while (targetRow < rows.target && rows.lasts[targetRow] < complete) {
      int y = targetRow++;
      blend(y, y % 2 == 0 ? even : odd);
      if (y % 2 == 1 || targetRow == rows.target) {
        pack(even, odd, pair, columns.boxes);
        return y % 2 + 1;
      }
    }
    return 0;
  }

  /**
   * Returns the pair {@link #advance()} made: the upper row in the lower 32 bits of each element,
   * the lower row, added, in the upper ones. Overwritten by the next pair.
   */
  long[] pair() {
    return pair;
  }

  /** Returns the target row behind those made so far. */
  int targetRow() {
    return targetRow;
  }

  private boolean boxed() {
    return rows.box > 1 || columns.box > 1;
  }

  private void pushIntoBox() {
    int inBox = next % rows.box;
    if (inBox == 0) {
      Arrays.fill(summed, 0, columns.count, 0);
    }
    add(fresh, summed, columns.count, 1);
    next++;
    boolean last = next == rows.count;
    if (last && inBox < rows.box - 1) {
      add(fresh, summed, columns.count, rows.box - 1 - inBox);
    }
    if (last || inBox == rows.box - 1) {
      averageColumns(ring[complete % ring.length]);
      complete++;
    }
  }

  private static void add(int[] from, long[] to, int length, long times) {
    for (int x = 0; x < length; x++) {
      to[x] += from[x] * times;
    }
  }

  /** Averages boxes; one that reaches over the edge goes on with the edge's sample. */
  private void averageColumns(int[] to) {
    int box = columns.box;
    double share = 1.0 / ((double) box * rows.box);
    for (int i = 0; i < columns.boxes; i++) {
      int from = i * box;
      int end = Math.min(from + box, columns.count);
      long sum = summed[end - 1] * (from + box - end);
      for (int x = from; x < end; x++) {
        sum += summed[x];
      }
      to[i] = (int) (sum * share + 0.5);
    }
  }

  /** Weighs the rows of one target row; rows in the ring that have no weight count as zero. */
  private void blend(int y, int[] out) {
    int n = ring.length;
    int width = columns.boxes;
    int[] w = rows.weights;
    int used = rows.lasts[y] - rows.starts[y] + 1;
    int at = y * n;
    int row = rows.starts[y] % n;
    set4(
        out,
        width,
        ring[row],
        ring[(row + 1) % n],
        ring[(row + 2) % n],
        ring[(row + 3) % n],
        w[at],
        w[at + 1],
        w[at + 2],
        w[at + 3]);
    for (int k = 4; k < used; k += 4) {
      row = (row + 4) % n;
      at += 4;
      if (used - k > 2) {
        add4(
            out,
            width,
            ring[row],
            ring[(row + 1) % n],
            ring[(row + 2) % n],
            ring[(row + 3) % n],
            w[at],
            w[at + 1],
            w[at + 2],
            w[at + 3]);
      } else {
        add2(out, width, ring[row], ring[(row + 1) % n], w[at], w[at + 1]);
      }
    }
    shift(out, width);
  }

  private static void set4(
      int[] out,
      int width,
      int[] r0,
      int[] r1,
      int[] r2,
      int[] r3,
      int w0,
      int w1,
      int w2,
      int w3) {
    for (int x = 0; x < width; x++) {
      out[x] = HALF + r0[x] * w0 + r1[x] * w1 + r2[x] * w2 + r3[x] * w3;
    }
  }

  private static void add4(
      int[] out,
      int width,
      int[] r0,
      int[] r1,
      int[] r2,
      int[] r3,
      int w0,
      int w1,
      int w2,
      int w3) {
    for (int x = 0; x < width; x++) {
      out[x] += r0[x] * w0 + r1[x] * w1 + r2[x] * w2 + r3[x] * w3;
    }
  }

  private static void add2(int[] out, int width, int[] r0, int[] r1, int w0, int w1) {
    for (int x = 0; x < width; x++) {
      out[x] += r0[x] * w0 + r1[x] * w1;
    }
  }

  private static void shift(int[] out, int width) {
    for (int x = 0; x < width; x++) {
      out[x] >>= SHIFT;
    }
  }

  private static void pack(int[] even, int[] odd, long[] out, int width) {
    for (int x = 0; x < width; x++) {
      out[x] = ((long) odd[x] << 32) + even[x];
    }
  }
}
