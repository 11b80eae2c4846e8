package dev.rendition.local.jpeg;

import org.jspecify.annotations.Nullable;

/**
 * The coefficients of one component between scans: the values of those that the scale can see, and
 * of all of them whether they are zero, which later scans depend on. Rows of blocks take memory
 * from their first use on. Not safe for use by many threads.
 */
final class CoefficientStore {
  final int blocksAcross;
  final int blocksDown;
  final int perBlock;

  /** By place in zigzag order: the index in a block, or -1 for a coefficient that is not kept. */
  final int[] slots;

  private final short[] @Nullable [] values;
  private final long[] @Nullable [] present;
  private int[] quant = {};

  CoefficientStore(Frame frame, int component, int side) {
    JpegComponent c = frame.components.get(component);
    this.blocksAcross = frame.unitsAcross() * c.horizontal();
    this.blocksDown = frame.unitsDown() * c.vertical();
    this.perBlock = side * side;
    this.slots = ZigZag.places(side, 1);
    for (int k = 0; k < slots.length; k++) {
      slots[k] = slots[k] == perBlock ? -1 : slots[k];
    }
    this.values = new short[blocksDown][];
    this.present = new long[blocksDown][];
  }

  /** Returns the bytes a whole store takes. */
  static long memoryNeeded(Frame frame, int component, int side) {
    JpegComponent c = frame.components.get(component);
    long across = (long) frame.unitsAcross() * c.horizontal();
    long down = (long) frame.unitsDown() * c.vertical();
    return down * (across * (side * side * Short.BYTES + Long.BYTES) + 2 * 24) + 64;
  }

  /** Returns the values of a row of blocks, {@link #perBlock} for each. */
  short[] values(int row) {
    short[] found = values[row];
    if (found == null) {
      found = new short[blocksAcross * perBlock];
      values[row] = found;
    }
    return found;
  }

  /** Returns for each block of a row which coefficients are not zero, as bits in zigzag order. */
  long[] present(int row) {
    long[] found = present[row];
    if (found == null) {
      found = new long[blocksAcross];
      present[row] = found;
    }
    return found;
  }

  /** Keeps the table in force at the component's first scan (as ITU-T T.81, B.2.4.1 has it). */
  void quantBy(int[] table) {
    if (quant.length == 0) {
      quant = table.clone();
    }
  }

  /** Puts the dequantised coefficients of a row's blocks into a tile of zeros. */
  void fill(int row, int first, int blocks, int[] tile, int base) {
    long[] bits = present[row];
    short[] kept = values[row];
    if (bits == null || kept == null || quant.length == 0) {
      return;
    }
    for (int b = 0; b < blocks; b++) {
      int from = (first + b) * perBlock;
      for (long left = bits[first + b]; left != 0; left &= left - 1) {
        int k = Long.numberOfTrailingZeros(left);
        int slot = slots[k];
        if (slot >= 0) {
          tile[base + slot * ScaledIdct.STEP + b] = kept[from + slot] * quant[k];
        }
      }
    }
  }

  /** Forgets a row that is not needed any more. */
  void drop(int row) {
    values[row] = null;
    present[row] = null;
  }
}
