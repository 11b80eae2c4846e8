package dev.rendition.local.resample;

import dev.rendition.local.raster.Plane;

/**
 * Resamples one plane while its rows arrive, and writes the result upright into a target plane.
 *
 * <p>Lanczos with three lobes, widened by the factor of reduction; edges go on with the window's
 * outermost sample; integer arithmetic throughout, so the result depends neither on the machine nor
 * on how many rows come at a time. See docs/decisions/0030-resampling.md.
 *
 * <p>Memory is a few rows: of the window's width, at most 8 target widths, times the kernel's
 * height of at most 48. {@link #close()} returns it to the scratch. Not safe for use by many
 * threads.
 */
public final class RowResampler implements AutoCloseable {
  private final int width;
  private final int height;
  private final Axis columns;
  private final Axis rows;
  private final Scratch scratch;
  private final VerticalPass vertical;
  private final OrientedRows output;
  private boolean closed;

  /**
   * Makes the resampler of one plane.
   *
   * @param width of the source plane in samples, 1 or more
   * @param height of the source plane in rows, 1 or more
   * @param window what of the source plane fills the target, in source samples as they are stored
   * @param orientation what makes the stored picture upright
   * @param target upright, of the size wanted; every sample is written once all rows have come
   * @param scratch of the worker that calls
   */
  public RowResampler(
      int width,
      int height,
      Window window,
      Orientation orientation,
      Plane target,
      Scratch scratch) {
    this(width, height, window, orientation, target, scratch, false);
  }

  /**
   * Makes the resampler of one plane as above.
   *
   * @param subsampled whether the plane is stored at less than the picture's size, as chroma often
   *     is: where it is enlarged to twice its size, samples are interpolated linearly, as decoders
   *     do
   */
  public RowResampler(
      int width,
      int height,
      Window window,
      Orientation orientation,
      Plane target,
      Scratch scratch,
      boolean subsampled) {
    this.width = width;
    this.height = height;
    this.scratch = scratch;
    int across = orientation.uprightWidth(target.width(), target.height());
    int down = orientation.uprightHeight(target.width(), target.height());
    columns = scratch.axis(key(width, window.left(), window.width(), across, subsampled));
    rows = scratch.axis(key(height, window.top(), window.height(), down, subsampled));
    output = new OrientedRows(target, orientation, scratch);
    vertical = new VerticalPass(columns, rows, scratch);
  }

  /**
   * Returns how many bytes one resampler takes from the scratch and for its tables at most, before
   * anything is allocated; without the target plane.
   *
   * @param width of the source plane
   * @param height of the source plane
   * @param window as in the constructor
   * @param across the target's width as the picture is stored, before it is turned upright
   * @param down the target's height likewise
   */
  public static long bytesAtMost(int width, int height, Window window, int across, int down) {
    Axis.Key columns = new Axis.Key(width, window.left(), window.width(), across);
    Axis.Key rows = new Axis.Key(height, window.top(), window.height(), down);
    return VerticalPass.bytesAtMost(columns, rows)
        + Scratch.bytesAtMost(16L * across, 1)
        + tableBytes(columns)
        + tableBytes(rows);
  }

  private static Axis.Key key(
      int size, double start, double length, int target, boolean subsampled) {
    return subsampled
        ? Axis.Key.ofSubsampled(size, start, length, target)
        : new Axis.Key(size, start, length, target);
  }

  /** Weights twice over, and once more while they are worked out. */
  private static long tableBytes(Axis.Key key) {
    return key.target() * (16 * key.tapsAtMost() + 48) + 1_024;
  }

  /**
   * Takes rows of 8-bit samples. Rows outside the window cost nothing.
   *
   * @param firstRow the number of the first row given; never beyond the first row still missing
   * @param rowCount 0 or more
   * @param samples read during the call only
   * @param offset where the first sample of the first row lies
   * @param stride the distance from one row to the next
   */
  public void rows(int firstRow, int rowCount, byte[] samples, int offset, int stride) {
    int end = requireRows(firstRow, rowCount);
    for (int row = vertical.wanted(); row < end; row++) {
      int at = offset + (row - firstRow) * stride + columns.first;
      Levels.read(samples, at, vertical.input(), columns.count);
      push();
    }
  }

  /** Takes rows of 16-bit samples, 0 to 65535; otherwise as the rows of 8-bit samples. */
  public void rows(int firstRow, int rowCount, short[] samples, int offset, int stride) {
    int end = requireRows(firstRow, rowCount);
    for (int row = vertical.wanted(); row < end; row++) {
      int at = offset + (row - firstRow) * stride + columns.first;
      Levels.read(samples, at, vertical.input(), columns.count);
      push();
    }
  }

  /** Tells whether the target plane is finished; rows that still come are ignored. */
  public boolean isComplete() {
    return vertical.isComplete();
  }

  /** Returns how many rows of the target plane, from the top, are finished. */
  public int upperRows() {
    return output.upperRows();
  }

  /** Returns the working memory to the scratch. Doing so again does nothing. */
  @Override
  public void close() {
    if (!closed) {
      closed = true;
      vertical.release(scratch);
      output.release(scratch);
    }
  }

  /** Returns the end of the rows at hand that the window wants. */
  private int requireRows(int firstRow, int rowCount) {
    if (closed) {
      throw new IllegalStateException("rows came after close");
    }
    if (firstRow < 0 || rowCount < 0 || rowCount > height - firstRow) {
      throw new IllegalArgumentException(
          rowCount
              + " rows from "
              + firstRow
              + " are not within a plane of "
              + width
              + " x "
              + height);
    }
    if (firstRow > vertical.wanted() && !vertical.isComplete()) {
      throw new IllegalArgumentException(
          "row " + vertical.wanted() + " is missing, the next one given is " + firstRow);
    }
    return Math.min(firstRow + rowCount, rows.first + rows.count);
  }

  private void push() {
    vertical.push();
    for (int made = vertical.advance(); made > 0; made = vertical.advance()) {
      int end = vertical.targetRow();
      int at = output.offset(end - made);
      HorizontalPass.bytes(columns, vertical.pair(), output.block(), at, at + output.stride());
      output.filled(end, end == rows.target);
    }
  }
}
