package dev.rendition.local.jpeg;

/**
 * All quantised coefficients of one component, for the scans of a progressive file: two bytes a
 * sample and eight bytes a block.
 */
final class EncoderCoefficients {
  /** By block row: 64 coefficients a block in zigzag order. */
  private final short[][] values;

  /** By block row, then block: bit n says that the n-th coefficient in zigzag order is not zero. */
  private final long[][] nonZero;

  /** Transforms the whole plane. */
  EncoderCoefficients(EncoderComponent component, ForwardDct tile) {
    values = new short[component.blockRows][component.blockColumns * 64];
    nonZero = new long[component.blockRows][component.blockColumns];
    int[] places = ForwardDct.zigzagPlaces();
    for (int row = 0; row < component.blockRows; row++) {
      for (int from = 0; from < component.blockColumns; from += ForwardDct.BLOCKS) {
        int count = Math.min(ForwardDct.BLOCKS, component.blockColumns - from);
        tile.transform(component.plane, from, row, count, component.quantiser);
        for (int block = 0; block < count; block++) {
          store(tile, block, places, row, from + block);
        }
      }
    }
  }

  private void store(ForwardDct tile, int block, int[] places, int row, int column) {
    long mask = tile.nonZeroMask(block);
    nonZero[row][column] = mask;
    long left = mask;
    while (left != 0) {
      int n = Long.numberOfTrailingZeros(left);
      left &= left - 1;
      values[row][column * 64 + n] = (short) tile.coefficients[block * 8 + places[n]];
    }
  }

  short[] values(int row) {
    return values[row];
  }

  long[] nonZero(int row) {
    return nonZero[row];
  }
}
