package dev.rendition.local.jpeg;

/**
 * What the next bits of a sequential scan mean, for up to two AC coefficients in one look (ITU-T
 * T.81, F.2.2.2).
 *
 * <p>An entry tells of a first symbol: how many bits it takes with its value, how many coefficients
 * to go on, and the value there; then the same of a second symbol, when both fit into the looked-at
 * bits. An end of block goes on by {@link #END}; a run of sixteen zeros and a missing second symbol
 * have the value 0, which may be written where it leads to. An entry whose {@link #bothBits} are 0
 * tells nothing: the first symbol is longer.
 *
 * <p>From the lowest bit: 6 bits {@link #bothBits}, 6 bits {@link #firstBits}, 7 bits each of
 * {@link #firstStep}, {@link #bothStep} relative to it, and {@link #secondPlace} relative to it, 12
 * bits {@link #firstValue}, 16 bits {@link #secondValue}.
 */
final class CoefficientPairs {
  /** How many bits one look decides on. */
  static final int BITS = 10;

  /** The step at an end of block: farther past it than any run of zeros leads. */
  static final int END = 80;

  private CoefficientPairs() {}

  static int bothBits(long entry) {
    return (int) entry & 63;
  }

  static int firstBits(long entry) {
    return (int) entry >>> 6 & 63;
  }

  static int firstStep(long entry) {
    return (int) entry >>> 12 & 127;
  }

  /** Returns how far to go on from the first coefficient when the second is done too. */
  static int bothStep(long entry) {
    return (int) entry >>> 19 & 127;
  }

  /** Returns where the second value goes, counted from the first; past the end for none. */
  static int secondPlace(long entry) {
    return (int) (entry >>> 26) & 127;
  }

  static int firstValue(long entry) {
    return (int) (entry << 18 >> 52);
  }

  static int secondValue(long entry) {
    return (int) (entry >> 48);
  }

  static long[] of(HuffmanTable table) {
    long[] pairs = new long[1 << BITS];
    for (int next = 0; next < pairs.length; next++) {
      int first = table.find(next << (16 - BITS));
      int firstBits = bits(first);
      if (firstBits > BITS) {
        continue;
      }
      long entry = (long) value(first, next, BITS - firstBits) << 34 & 0xfffL << 34;
      entry |= step(first) << 12 | firstBits << 6;
      int left = BITS - firstBits;
      int rest = next & ((1 << left) - 1);
      int second = table.find(rest << (16 - left));
      int secondBits = bits(second);
      if (step(first) == END || secondBits > left) {
        entry |= (long) END << 26 | firstBits;
      } else {
        entry |= (long) value(second, rest, left - secondBits) << 48;
        entry |= (long) step(second) << 26 | step(second) << 19 | (firstBits + secondBits);
      }
      pairs[next] = entry;
    }
    return pairs;
  }

  /**
   * Returns what the next bits mean to who needs no values: as many symbols as the looked-at bits
   * tell of. An entry is {@code steps with an end of block << 16 | steps before it << 8 | bits}, or
   * 0 where the first code is longer.
   */
  static int[] skips(HuffmanTable table) {
    int[] skips = new int[1 << BITS];
    for (int next = 0; next < skips.length; next++) {
      int taken = 0;
      int steps = 0;
      int end = 0;
      while (taken < BITS && steps < 64 && end == 0) {
        int found = table.find(next << (16 - BITS + taken) & 0xffff);
        if (taken + (found >>> 8) > BITS) {
          break;
        }
        taken += bits(found);
        if (step(found) == END) {
          end = END;
        } else {
          steps += step(found);
        }
      }
      skips[next] = (steps + end) << 16 | steps << 8 | taken;
    }
    return skips;
  }

  private static int bits(int found) {
    return (found >>> 8) + (found & 15);
  }

  private static int step(int found) {
    int symbol = found & 0xff;
    return (symbol & 15) == 0 && symbol != 0xf0 ? END : (symbol >> 4) + 1;
  }

  private static int value(int found, int next, int after) {
    int size = found & 15;
    return size == 0 ? 0 : CoefficientSteps.extend(next >>> after & ((1 << size) - 1), size);
  }
}
