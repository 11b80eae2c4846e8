package dev.rendition.local.resample;

import dev.rendition.local.raster.Plane;
import dev.rendition.local.raster.RowSink;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Resamples the planes of a picture with alpha while their rows arrive. Colour is weighed by alpha:
 * multiplied by it on the way in and divided by it on the way out, so what cannot be seen leaves no
 * fringe. Where the result is fully transparent its colour is 0. An opaque picture comes out as
 * from {@link RowResampler}, byte for byte.
 *
 * <p>All planes have one size. Planes may come row by row or in bands; a row waits until its alpha
 * has come, so bands should be short. Not safe for use by many threads.
 */
public final class AlphaResampler implements RowSink, AutoCloseable {
  /** Half a level and full alpha, as sums. */
  private static final int HALF = 1 << (HorizontalPass.SUM_FRACTION - 1);

  private static final int OPAQUE = Levels.WHITE << (HorizontalPass.SUM_FRACTION - 8);

  private final int height;
  private final Axis columns;
  private final Axis rows;
  private final Scratch scratch;
  private final VerticalPass[] passes;
  private final OrientedRows[] outputs;
  private final List<Deque<int[]>> waiting = new ArrayList<>();
  private final int[] arrived;
  private final int[][] sums;
  private boolean closed;

  /**
   * Makes the resampler of one picture.
   *
   * @param width of the source planes, 1 or more
   * @param height of the source planes, 1 or more
   * @param window what of the source fills the targets, in source samples as they are stored
   * @param orientation what makes the stored picture upright
   * @param targets upright, one for each plane, of one size: colour first, alpha last
   * @param scratch of the worker that calls
   */
  public AlphaResampler(
      int width,
      int height,
      Window window,
      Orientation orientation,
      List<Plane> targets,
      Scratch scratch) {
    requireTargets(targets);
    this.height = height;
    this.scratch = scratch;
    Plane target = targets.get(0);
    int across = orientation.uprightWidth(target.width(), target.height());
    int down = orientation.uprightHeight(target.width(), target.height());
    columns = scratch.axis(new Axis.Key(width, window.left(), window.width(), across));
    rows = scratch.axis(new Axis.Key(height, window.top(), window.height(), down));
    int planes = targets.size();
    passes = new VerticalPass[planes];
    outputs = new OrientedRows[planes];
    arrived = new int[planes];
    sums = new int[2 * planes][];
    for (int i = 0; i < planes; i++) {
      passes[i] = new VerticalPass(columns, rows, scratch);
      outputs[i] = new OrientedRows(targets.get(i), orientation, scratch);
      waiting.add(new ArrayDeque<>());
      arrived[i] = rows.first;
      sums[2 * i] = scratch.ints(across);
      sums[2 * i + 1] = scratch.ints(across);
    }
  }

  @Override
  public void rows(int plane, int firstRow, int rowCount, byte[] samples, int offset, int stride) {
    int end = requireRows(plane, firstRow, rowCount);
    for (; arrived[plane] < end; arrived[plane]++) {
      int at = offset + (arrived[plane] - firstRow) * stride + columns.first;
      int[] row = scratch.ints(columns.count);
      Levels.read(samples, at, row, columns.count);
      waiting.get(plane).add(row);
    }
    pushComplete();
  }

  /** Takes rows of 16-bit samples, 0 to 65535; otherwise as the rows of 8-bit samples. */
  public void rows(int plane, int firstRow, int rowCount, short[] samples, int offset, int stride) {
    int end = requireRows(plane, firstRow, rowCount);
    for (; arrived[plane] < end; arrived[plane]++) {
      int at = offset + (arrived[plane] - firstRow) * stride + columns.first;
      int[] row = scratch.ints(columns.count);
      Levels.read(samples, at, row, columns.count);
      waiting.get(plane).add(row);
    }
    pushComplete();
  }

  /** Tells whether the target planes are finished; rows that still come are ignored. */
  public boolean isComplete() {
    return passes[0].isComplete();
  }

  /** Returns the working memory to the scratch. Doing so again does nothing. */
  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    for (int i = 0; i < passes.length; i++) {
      passes[i].release(scratch);
      outputs[i].release(scratch);
      scratch.giveBack(sums[2 * i]);
      scratch.giveBack(sums[2 * i + 1]);
      waiting.get(i).forEach(scratch::giveBack);
    }
  }

  private void pushComplete() {
    int alpha = passes.length - 1;
    while (haveComplete()) {
      int[] opacity = waiting.get(alpha).remove();
      for (int i = 0; i < alpha; i++) {
        int[] colour = waiting.get(i).remove();
        Levels.premultiply(colour, opacity, passes[i].input(), columns.count);
        scratch.giveBack(colour);
        passes[i].push();
      }
      System.arraycopy(opacity, 0, passes[alpha].input(), 0, columns.count);
      scratch.giveBack(opacity);
      passes[alpha].push();
      advance();
    }
  }

  /** Tells whether a row of every plane waits. */
  private boolean haveComplete() {
    for (Deque<int[]> rows : waiting) {
      if (rows.isEmpty()) {
        return false;
      }
    }
    return true;
  }

  private void advance() {
    for (int made = advanceEach(); made > 0; made = advanceEach()) {
      int end = passes[0].targetRow();
      for (int row = 0; row < made; row++) {
        finish(end - made + row, row);
      }
      for (OrientedRows output : outputs) {
        output.filled(end, end == rows.target);
      }
    }
  }

  /** Makes the next pair of every plane; they all keep step because they have one size. */
  private int advanceEach() {
    int made = 0;
    for (int i = 0; i < passes.length; i++) {
      made = passes[i].advance();
      if (made > 0) {
        HorizontalPass.sums(columns, passes[i].pair(), sums[2 * i], sums[2 * i + 1]);
      }
    }
    return made;
  }

  private void finish(int y, int row) {
    int alpha = passes.length - 1;
    int[] opacity = sums[2 * alpha + row];
    for (int i = 0; i < alpha; i++) {
      divide(sums[2 * i + row], opacity, outputs[i].block(), outputs[i].offset(y));
    }
    byte[] out = outputs[alpha].block();
    int at = outputs[alpha].offset(y);
    for (int x = 0; x < columns.target; x++) {
      out[at + x] = (byte) rounded(opacity[x]);
    }
  }

  /** Divides colour by alpha. Sums are below 2^22, so 255 times as much fits an {@code int}. */
  private void divide(int[] colour, int[] opacity, byte[] out, int at) {
    for (int x = 0; x < columns.target; x++) {
      int a = opacity[x];
      if (a >= OPAQUE) {
        out[at + x] = (byte) rounded(colour[x]);
      } else if (a < HALF) {
        out[at + x] = 0;
      } else {
        out[at + x] = (byte) Math.min(255, (Math.max(0, colour[x]) * 255 + a / 2) / a);
      }
    }
  }

  private static int rounded(int sum) {
    return Math.max(0, Math.min(255, (sum + HALF) >> HorizontalPass.SUM_FRACTION));
  }

  private static void requireTargets(List<Plane> targets) {
    if (targets.size() < 2) {
      throw new IllegalArgumentException(
          "colour and alpha are at least 2 planes, there were " + targets.size());
    }
    Plane first = targets.get(0);
    for (Plane target : targets) {
      if (target.width() != first.width() || target.height() != first.height()) {
        throw new IllegalArgumentException("the target planes are not of one size");
      }
    }
  }

  /** Returns the end of the rows at hand that the window wants. */
  private int requireRows(int plane, int firstRow, int rowCount) {
    if (closed) {
      throw new IllegalStateException("rows came after close");
    }
    if (firstRow < 0 || rowCount < 0 || rowCount > height - firstRow) {
      throw new IllegalArgumentException(
          rowCount + " rows from " + firstRow + " are not within " + height);
    }
    int end = rows.first + rows.count;
    if (firstRow > arrived[plane] && arrived[plane] < end) {
      throw new IllegalArgumentException(
          "row " + arrived[plane] + " is missing, the next one given is " + firstRow);
    }
    return Math.min(firstRow + rowCount, end);
  }
}
