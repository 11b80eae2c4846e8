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
  /** Target rows that leave together. */
  static final int GROUP = 4;

  /** Bits behind the point of a finished sample. */
  static final int FRACTION = 6;

  private static final int SHIFT = 16;
  private static final int HALF = 1 << (SHIFT - 1);

  /** Takes four finished rows, or fewer at the very end. */
  @FunctionalInterface
  interface Groups {
    /**
     * Takes target rows {@code y} to {@code y + count - 1}.
     *
     * @param low rows {@code y} (lower 32 bits) and {@code y + 1} (upper 32 bits, added)
     * @param high rows {@code y + 2} and {@code y + 3} likewise
     */
    void take(int y, int count, long[] low, long[] high);
  }

  private final Axis columns;
  private final Axis rows;
  private final Groups groups;
  private final int[][] ring;
  private final int[][] blended = new int[GROUP][];
  private final long[] summed;
  private final int[] fresh;
  private final long[] low;
  private final long[] high;
  private int next;
  private int targetRow;

  VerticalPass(Axis columns, Axis rows, Scratch scratch, Groups groups) {
    this.columns = columns;
    this.rows = rows;
    this.groups = groups;
    int width = columns.boxes;
    ring = new int[rows.taps][];
    for (int i = 0; i < ring.length; i++) {
      ring[i] = scratch.ints(width);
    }
    for (int i = 0; i < GROUP; i++) {
      blended[i] = scratch.ints(width);
    }
    summed = scratch.longs(boxed() ? columns.count : 1);
    fresh = boxed() ? scratch.ints(columns.count) : ring[0];
    low = scratch.longs(Math.max(width, columns.taps));
    high = scratch.longs(Math.max(width, columns.taps));
  }

  /** Returns every array to where it came from; this object is of no use afterwards. */
  void release(Scratch scratch) {
    for (int[] row : ring) {
      scratch.giveBack(row);
    }
    for (int[] row : blended) {
      scratch.giveBack(row);
    }
    scratch.giveBack(summed);
    if (boxed()) {
      scratch.giveBack(fresh);
    }
    scratch.giveBack(low);
    scratch.giveBack(high);
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

  /** Says that {@link #input()} has been filled. */
  void push() {
    if (boxed()) {
      pushIntoBox();
    } else {
      blendUpTo(next++);
    }
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
      int average = (next - 1) / rows.box;
      averageColumns(ring[average % ring.length]);
      blendUpTo(average);
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

  private void blendUpTo(int row) {
    while (targetRow < rows.target && rows.lasts[targetRow] <= row) {
      int lane = targetRow % GROUP;
      blend(blended[lane]);
      targetRow++;
      if (lane == GROUP - 1 || targetRow == rows.target) {
        pack(blended[0], blended[1], low, columns.boxes);
        if (lane > 1) {
          pack(blended[2], blended[3], high, columns.boxes);
        }
        groups.take(targetRow - 1 - lane, lane + 1, low, high);
      }
    }
  }

  /** Weighs eight or four rows at a time; rows in the ring that have no weight count as zero. */
  private void blend(int[] out) {
    int n = ring.length;
    int width = columns.boxes;
    int[] w = rows.weights;
    int at = targetRow * n;
    int row = rows.starts[targetRow] % n;
    int done = 0;
    Arrays.fill(out, 0, width, HALF);
    while (n - done >= 8) {
      add8(
          out,
          width,
          ring[row],
          ring[(row + 1) % n],
          ring[(row + 2) % n],
          ring[(row + 3) % n],
          ring[(row + 4) % n],
          ring[(row + 5) % n],
          ring[(row + 6) % n],
          ring[(row + 7) % n],
          w[at],
          w[at + 1],
          w[at + 2],
          w[at + 3],
          w[at + 4],
          w[at + 5],
          w[at + 6],
          w[at + 7]);
      row = (row + 8) % n;
      at += 8;
      done += 8;
    }
    if (n > done) {
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
    }
  }

  private static void add8(
      int[] out,
      int width,
      int[] r0,
      int[] r1,
      int[] r2,
      int[] r3,
      int[] r4,
      int[] r5,
      int[] r6,
      int[] r7,
      int w0,
      int w1,
      int w2,
      int w3,
      int w4,
      int w5,
      int w6,
      int w7) {
    for (int x = 0; x < width; x++) {
      out[x] +=
          r0[x] * w0
              + r1[x] * w1
              + r2[x] * w2
              + r3[x] * w3
              + r4[x] * w4
              + r5[x] * w5
              + r6[x] * w6
              + r7[x] * w7;
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

  private static void pack(int[] even, int[] odd, long[] out, int width) {
    for (int x = 0; x < width; x++) {
      out[x] = ((long) (odd[x] >> SHIFT) << 32) + (even[x] >> SHIFT);
    }
  }
}
