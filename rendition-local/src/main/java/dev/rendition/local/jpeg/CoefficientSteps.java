package dev.rendition.local.jpeg;

/**
 * What the next bits of a sequential scan mean, all in one look: how many bits to pass, how many
 * coefficients to go on, and the value found there (ITU-T T.81, F.2.2).
 *
 * <p>An entry is {@code value << 16 | step << 8 | bits}. Where the value does not fit into the
 * looked-at bits, or there is none, it is 0 and {@code step} is the symbol; where the code itself
 * is longer the entry is 0.
 */
final class CoefficientSteps {
  /** How many bits one look decides on. */
  static final int BITS = 10;

  private CoefficientSteps() {}

  static int[] of(HuffmanTable table) {
    int[] steps = new int[1 << BITS];
    for (int next = 0; next < steps.length; next++) {
      int found = table.search(next << (16 - BITS));
      int length = found >>> 8;
      if (length <= BITS) {
        steps[next] = entry(next, length, found & 0xff);
      }
    }
    return steps;
  }

  private static int entry(int next, int length, int symbol) {
    int size = symbol & 15;
    int total = length + size;
    if (size == 0 || total > BITS) {
      return symbol << 8 | length;
    }
    int raw = next >>> (BITS - total) & ((1 << size) - 1);
    int step = (symbol >>> 4) + 1;
    return extend(raw, size) << 16 | step << 8 | total;
  }

  /** Returns the value that {@code size} raw bits stand for (ITU-T T.81, figure F.12). */
  static int extend(int raw, int size) {
    return raw < 1 << (size - 1) ? raw - (1 << size) + 1 : raw;
  }
}
