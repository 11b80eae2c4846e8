package dev.rendition.local.resample;

/**
 * Decides which targets of one picture are made from a larger target instead of from the source.
 *
 * <p>Each is made from the smallest other target that is at least 1.3 times as large on both sides.
 * Resampling twice then costs no more than a JPEG at quality 80 hides: measured in
 * docs/decisions/0030-resampling.md. Closer neighbours would soften the picture: such a target is
 * made from a larger one still, or from the source.
 */
public final class Cascade {
  /** Stands for the source where a target's number is expected. */
  public static final int SOURCE = -1;

  private static final double LEAST_RATIO = 1.3;

  private Cascade() {}

  /**
   * Returns, for each target, the number of the target it is made from, or {@link #SOURCE}. Made in
   * the order of their areas, largest first, all targets find theirs ready.
   *
   * @param widths of targets that show one window of one picture; in any order
   * @param heights of the same targets
   */
  public static int[] parents(int[] widths, int[] heights) {
    if (widths.length != heights.length) {
      throw new IllegalArgumentException(
          widths.length + " widths do not match " + heights.length + " heights");
    }
    int[] parents = new int[widths.length];
    for (int i = 0; i < parents.length; i++) {
      parents[i] = SOURCE;
      for (int j = 0; j < parents.length; j++) {
        boolean larger =
            widths[j] >= LEAST_RATIO * widths[i] && heights[j] >= LEAST_RATIO * heights[i];
        if (larger
            && (parents[i] == SOURCE
                || area(j, widths, heights) < area(parents[i], widths, heights))) {
          parents[i] = j;
        }
      }
    }
    return parents;
  }

  private static long area(int i, int[] widths, int[] heights) {
    return (long) widths[i] * heights[i];
  }
}
