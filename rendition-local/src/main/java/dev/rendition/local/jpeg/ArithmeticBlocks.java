package dev.rendition.local.jpeg;

import java.io.IOException;
import java.util.Arrays;

/**
 * Reads the coefficients of arithmetically coded blocks, of sequential and progressive scans (ITU-T
 * T.81, F.1.4, F.2.4, G.1.3 and G.2). Not safe for use by many threads.
 */
final class ArithmeticBlocks {
  /** What {@link #next} returns where no further coefficient comes. */
  static final int END = 64;

  private static final int SLOTS = 4;
  private static final int DC_STATISTICS = 64;
  private static final int AC_STATISTICS = 256;

  /** Where the statistics of greater DC differences begin (T.81, table F.4). */
  private static final int DC_GREATER = 20;

  /** Where those of greater AC coefficients begin, up to Kx and beyond (T.81, table F.5). */
  private static final int AC_GREATER = 189;

  private static final int AC_GREATER_BEYOND = 217;

  /** How far behind those of a magnitude's category lie those of its lower bits. */
  private static final int TO_LOWER_BITS = 14;

  private final ArithmeticDecoder in;
  private final Conditioning conditioning;
  private final byte[][] dc = new byte[SLOTS][DC_STATISTICS];
  private final byte[][] ac = new byte[SLOTS][AC_STATISTICS];

  /** Whether the data make no sense any more, up to the next restart. */
  boolean broken;

  /** The coefficient that {@link #next} found. */
  private int value;

  ArithmeticBlocks(BitReader reader, Conditioning conditioning) {
    this.in = new ArithmeticDecoder(reader);
    this.conditioning = conditioning;
  }

  /** Begins with a segment: forgets what was learnt. */
  void restart() throws IOException {
    for (int slot = 0; slot < SLOTS; slot++) {
      Arrays.fill(dc[slot], (byte) 0);
      Arrays.fill(ac[slot], (byte) 0);
    }
    broken = false;
    in.restart();
  }

  /**
   * Reads one block of a streamed scan.
   *
   * @param out takes the dequantised coefficients, those not zero, and may take others where {@code
   *     c.places} says that they are not kept
   * @param base where the block begins
   */
  void block(ArithmeticComponent c, int[] out, int base) throws IOException {
    out[base] = dc(c.dcSlot, c) * c.quant[0];
    for (int k = next(c.acSlot, 0, 63); k < END; k = next(c.acSlot, k, 63)) {
      out[base + c.places[k]] = value * c.quant[k];
    }
  }

  /** Reads a DC coefficient, or its first bits. */
  int dc(int slot, ArithmeticHistory history) throws IOException {
    byte[] statistics = dc[slot];
    int at = history.context;
    if (in.decide(statistics, at) == 0) {
      history.context = 0;
      return history.dcBefore;
    }
    int sign = in.decide(statistics, at + 1);
    int size = in.decide(statistics, at + 2 + sign);
    int difference = size == 0 ? 1 : magnitude(statistics, DC_GREATER, 1);
    int category = Integer.highestOneBit(difference - 1);
    if (category < conditioning.lower(slot)) {
      history.context = 0;
    } else {
      history.context = (category > conditioning.upper(slot) ? 12 : 4) + 4 * sign;
    }
    history.dcBefore = (short) (history.dcBefore + (sign == 0 ? difference : -difference));
    return history.dcBefore;
  }

  /** Reads one more bit of a DC coefficient. */
  int dcRefinement() throws IOException {
    return in.decideFairly();
  }

  /** Reads the first bits of a block's band. */
  void acFirst(int slot, Band band, int[] slots, short[] values, int at, long[] present, int block)
      throws IOException {
    for (int k = next(slot, band.first() - 1, band.last());
        k < END;
        k = next(slot, k, band.last())) {
      present[block] |= 1L << k;
      if (slots[k] >= 0) {
        values[at + slots[k]] = (short) (value << band.low());
      }
    }
  }

  /** Reads one more bit of a block's band (T.81, figure G.10). */
  void acRefine(int slot, Band band, int[] slots, short[] values, int at, long[] present, int block)
      throws IOException {
    byte[] statistics = ac[slot];
    long known = present[block] & band.mask();
    int end = 63 - Long.numberOfLeadingZeros(known);
    int k = band.first() - 1;
    while (k < band.last() && (k < end || in.decide(statistics, 3 * k) == 0)) {
      k++;
      while ((known >>> k & 1) == 0 && in.decide(statistics, 3 * k - 2) == 0) {
        if (k >= band.last()) {
          broken = true;
          return;
        }
        k++;
      }
      int change = 1;
      if ((known >>> k & 1) != 0) {
        change = in.decide(statistics, 3 * k - 1);
      } else if (in.decideFairly() != 0) {
        change = -1;
      }
      present[block] |= 1L << k;
      if (slots[k] >= 0) {
        int before = values[at + slots[k]];
        values[at + slots[k]] = (short) (before + ((before < 0 ? -change : change) << band.low()));
      }
    }
  }

  /** Goes on from one place to that of the next coefficient that is not zero. */
  private int next(int slot, int from, int last) throws IOException {
    byte[] statistics = ac[slot];
    if (from >= last || broken || in.decide(statistics, 3 * from) != 0) {
      return END;
    }
    int k = from + 1;
    while (in.decide(statistics, 3 * k - 2) == 0) {
      k++;
      if (k > last) {
        broken = true;
        return END;
      }
    }
    int sign = in.decideFairly();
    int magnitude = 1;
    if (in.decide(statistics, 3 * k - 1) != 0) {
      magnitude = 2;
      if (in.decide(statistics, 3 * k - 1) != 0) {
        boolean beyond = k > conditioning.boundary(slot);
        magnitude = magnitude(statistics, beyond ? AC_GREATER_BEYOND : AC_GREATER, 2);
      }
    }
    value = sign == 0 ? magnitude : -magnitude;
    return k;
  }

  /** Reads what is greater than one: its category, then its lower bits (T.81, F.1.4.1.2). */
  private int magnitude(byte[] statistics, int first, int least) throws IOException {
    int at = first;
    int category = least;
    while (in.decide(statistics, at) != 0) {
      category <<= 1;
      if (category == 1 << 15) {
        broken = true;
        return 1;
      }
      at++;
    }
    int found = category;
    for (int bit = category >> 1; bit != 0; bit >>= 1) {
      if (in.decide(statistics, at + TO_LOWER_BITS) != 0) {
        found |= bit;
      }
    }
    return found + 1;
  }
}
