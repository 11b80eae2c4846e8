package dev.rendition.local.jpeg;

/** The zigzag order of coefficients (ITU-T T.81, figure A.6), for whole and reduced blocks. */
final class ZigZag {
  /**
   * How far steps may lead past the last coefficient: from 62 by an end of block, and once more.
   */
  static final int PAST = 2 * CoefficientPairs.END;

  private static final byte[] NATURAL = natural();

  private ZigZag() {}

  /** Returns row × 8 + column of the coefficient at a place in zigzag order, 0 to 63. */
  static int naturalAt(int k) {
    return NATURAL[k];
  }

  /**
   * Returns where each coefficient lies in a block of {@code side × side} places.
   *
   * @param side 1, 2, 4 or 8: only so many rows and columns are kept
   * @param step the distance between places
   * @return for each place in zigzag order, and {@link #PAST} more, the index; {@code side × side ×
   *     step}, the place after the last, for those not kept
   */
  static int[] places(int side, int step) {
    int[] places = new int[64 + PAST];
    for (int k = 0; k < places.length; k++) {
      int row = k < 64 ? NATURAL[k] >> 3 : 8;
      int column = k < 64 ? NATURAL[k] & 7 : 8;
      boolean kept = row < side && column < side;
      places[k] = (kept ? row * side + column : side * side) * step;
    }
    return places;
  }

  /** Returns the last place in zigzag order that a block of this side keeps. */
  static int lastKept(int side) {
    int last = 63;
    while ((NATURAL[last] >> 3) >= side || (NATURAL[last] & 7) >= side) {
      last--;
    }
    return last;
  }

  private static byte[] natural() {
    byte[] order = new byte[64];
    int k = 0;
    for (int diagonal = 0; diagonal < 15; diagonal++) {
      int from = Math.max(0, diagonal - 7);
      int to = Math.min(7, diagonal);
      for (int i = from; i <= to; i++) {
        int row = diagonal % 2 == 0 ? diagonal - i : i;
        order[k++] = (byte) (row * 8 + diagonal - row);
      }
    }
    return order;
  }
}
