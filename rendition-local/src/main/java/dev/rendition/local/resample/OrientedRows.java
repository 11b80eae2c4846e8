package dev.rendition.local.resample;

import dev.rendition.local.raster.Plane;

/**
 * Collects finished rows and writes them to where they belong on the upright plane, sixteen at a
 * time: a row that becomes a column then fills runs of sixteen neighbouring bytes.
 */
final class OrientedRows {
  private static final int BLOCK = 16;

  private final Plane plane;
  private final byte[] block;
  private final int width;
  private final int height;
  private final boolean fromTheTop;
  private final int base;
  private final int stepX;
  private final int stepY;
  private int firstRow;

  /**
   * Makes the writer of a plane.
   *
   * @param plane upright
   */
  OrientedRows(Plane plane, Orientation orientation, Scratch scratch) {
    this.plane = plane;
    boolean transposes = orientation.transposes();
    width = transposes ? plane.height() : plane.width();
    height = transposes ? plane.width() : plane.height();
    int column = transposes ? plane.width() : 1;
    int row = transposes ? 1 : plane.width();
    base =
        (orientation.reversesColumns() ? (width - 1) * column : 0)
            + (orientation.reversesRows() ? (height - 1) * row : 0);
    stepX = orientation.reversesColumns() ? -column : column;
    stepY = orientation.reversesRows() ? -row : row;
    fromTheTop = !transposes && !orientation.reversesRows();
    block = scratch.bytes(Math.multiplyExact(width, BLOCK));
  }

  void release(Scratch scratch) {
    scratch.giveBack(block);
  }

  /** Returns the array rows are written to: rows lie {@link #stride()} apart. */
  byte[] block() {
    return block;
  }

  int stride() {
    return width;
  }

  /** Returns where in {@link #block()} the group that begins with row {@code y} goes. */
  int offset(int y) {
    return (y - firstRow) * width;
  }

  /** Says that rows up to {@code end}, exclusive, are in the block. */
  void filled(int end, boolean last) {
    if (last || end - firstRow == BLOCK) {
      write(end - firstRow);
      firstRow = end;
    }
  }

  /** Returns how many rows of the plane, from the top, are written. */
  int upperRows() {
    if (firstRow == height) {
      return plane.height();
    }
    return fromTheTop ? firstRow : 0;
  }

  private void write(int rows) {
    byte[] out = plane.samples();
    if (stepX == 1 || stepX == -1) {
      for (int r = 0; r < rows; r++) {
        int to = base + (firstRow + r) * stepY;
        if (stepX == 1) {
          System.arraycopy(block, r * width, out, to, width);
        } else {
          reverse(block, r * width, out, to, width);
        }
      }
    } else {
      for (int x = 0; x < width; x++) {
        int to = base + firstRow * stepY + x * stepX;
        for (int r = 0, from = x; r < rows; r++, from += width, to += stepY) {
          out[to] = block[from];
        }
      }
    }
  }

  private static void reverse(byte[] from, int at, byte[] to, int last, int length) {
    for (int x = 0; x < length; x++) {
      to[last - x] = from[at + x];
    }
  }
}
