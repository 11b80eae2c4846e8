package dev.rendition.local.jpeg;

/**
 * A quantisation table made ready for division by multiplication.
 *
 * <p>Immutable. Safe for use by many threads.
 */
final class EncoderQuantiser {
  /**
   * The reciprocals' scale. A coefficient is at most 8 × 1,024, so with its half divisor and
   * divided by 8 it is an n of at most 1,151; with q at most 255, {@code n × (2^20 / q, rounded up)
   * >>> 20} is exactly n / q, because n × 254 stays below 2^20 and the product below 2^31.
   */
  static final int SHIFT = 20;

  private final int[] table;

  /** Half a divisor, {@code 4 × q}, laid out as a tile's coefficients. */
  final int[] halves = new int[8 * ForwardDct.TILE];

  /** 2^20 / q rounded up, laid out as a tile's coefficients. */
  final int[] reciprocals = new int[8 * ForwardDct.TILE];

  /**
   * Prepares a table.
   *
   * @param table 64 values of 1 to 255 in natural order
   */
  EncoderQuantiser(int[] table) {
    this.table = table.clone();
    for (int i = 0; i < halves.length; i++) {
      int value = table[i / ForwardDct.TILE * 8 + i % 8];
      halves[i] = 4 * value;
      reciprocals[i] = ((1 << SHIFT) + value - 1) / value;
    }
  }

  /** Writes the table in zigzag order, as a DQT segment holds it. */
  void writeTo(JpegEncoderOutput out) throws java.io.IOException {
    for (int natural : EncoderTables.ZIGZAG) {
      out.writeByte(table[natural]);
    }
  }
}
