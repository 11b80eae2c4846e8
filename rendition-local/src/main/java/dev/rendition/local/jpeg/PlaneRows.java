package dev.rendition.local.jpeg;

import dev.rendition.local.raster.RowSink;

/**
 * Turns one component's coefficients into rows of samples, one row of units at a time. Not safe for
 * use by many threads.
 */
final class PlaneRows {
  final int plane;
  final int side;
  final int width;
  final int height;

  /** How many rows of blocks make a row of units. */
  final int blockRows;

  /** How many blocks of a row the picture needs; further ones only fill up the last unit. */
  final int blocksAcross;

  final int tileSize;
  private final DecoderScratch scratch;
  private final byte[] rows;
  private final int[] work;
  private final int stride;
  private int done;

  PlaneRows(Frame frame, int plane, int side, int blockRows, DecoderScratch scratch) {
    this.plane = plane;
    this.side = side;
    this.blockRows = blockRows;
    this.width = scaled(frame.componentWidth(plane), side);
    this.height = scaled(frame.componentHeight(plane), side);
    this.blocksAcross = Frame.ceilDiv(frame.componentWidth(plane), 8);
    this.stride = blocksAcross * side;
    this.tileSize = ScaledIdct.tileSize(side);
    this.scratch = scratch;
    this.work = scratch.work(tileSize * blockRows);
    this.rows = scratch.rows(plane, stride * side * blockRows);
  }

  /** Returns a side of a component at a reduced size. */
  static int scaled(int full, int side) {
    return (full * side + 7) / 8;
  }

  /** Returns the bytes that a plane's arrays take. */
  static long memoryNeeded(Frame frame, int plane, int side, int blockRows) {
    long samples = (long) Frame.ceilDiv(frame.componentWidth(plane), 8) * side * side * blockRows;
    return samples + tileBytes(side, blockRows);
  }

  /** Returns the bytes that one slot's tiles of a plane take. */
  static long tileBytes(int side, int blockRows) {
    return (long) Integer.BYTES * ScaledIdct.tileSize(side) * blockRows + 64;
  }

  /**
   * Returns an empty place for the coefficients of up to {@link ScaledIdct#BLOCKS} columns of
   * blocks, tile by tile.
   *
   * @param slot which of several
   */
  int[] tiles(int slot) {
    return scratch.tile(slot, plane, tileSize * blockRows);
  }

  /**
   * Transforms what the tiles hold and leaves them empty.
   *
   * @param tiles of this plane
   * @param first the column of the first block of the tiles
   * @param blocks how many columns of blocks are in the tiles; those past the picture are left out
   */
  void transform(int[] tiles, int first, int blocks) {
    int needed = Math.min(blocks, blocksAcross - first);
    for (int v = 0; v < blockRows; v++) {
      if (needed > 0) {
        int at = v * side * stride + first * side;
        ScaledIdct.transform(side, tiles, v * tileSize, needed, work, rows, at, stride);
      }
      if (needed < blocks) {
        clear(tiles, v * tileSize, Math.max(0, needed), blocks);
      }
    }
  }

  private void clear(int[] tiles, int base, int from, int to) {
    for (int i = 0; i < side * side; i++) {
      for (int b = from; b < to; b++) {
        tiles[base + i * ScaledIdct.STEP + b] = 0;
      }
    }
  }

  /** Gives a row of units away, without rows below the picture. */
  void emit(RowSink sink) {
    int count = Math.min(side * blockRows, height - done);
    if (count > 0) {
      sink.rows(plane, done, count, rows, 0, stride);
      done += count;
    }
  }
}
