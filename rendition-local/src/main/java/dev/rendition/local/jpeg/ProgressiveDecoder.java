package dev.rendition.local.jpeg;

import java.io.IOException;

/**
 * Reads the blocks of progressive scans (ITU-T T.81, annex G.1.2 and G.2), and of sequential scans
 * that do not hold every component. Not safe for use by many threads.
 */
final class ProgressiveDecoder {
  private final BitReader reader;
  private final int first;
  private final int last;
  private final int low;

  /** The band's coefficients as bits in zigzag order. */
  private final long band;

  /** How many further blocks have no new coefficients. */
  private int endOfBand;

  /** How many codes or runs so far were none. */
  int faults;

  ProgressiveDecoder(BitReader reader, int first, int last, int low) {
    this.reader = reader;
    this.first = first;
    this.last = last;
    this.low = low;
    this.band = (last == 63 ? -1L : (1L << (last + 1)) - 1) & (-1L << first);
  }

  void restart() {
    endOfBand = 0;
  }

  /** Reads a DC coefficient's first bits; returns the prediction for the next block. */
  int dcFirst(HuffmanTable table, int before, short[] values, int at, long[] present, int block)
      throws IOException {
    int size = reader.takeSymbol(table);
    int difference = size == 0 ? 0 : CoefficientSteps.extend(reader.take(size), size);
    int dc = before + difference;
    values[at] = (short) (dc << low);
    present[block] |= 1;
    return dc;
  }

  /** Reads one more bit of a DC coefficient. */
  void dcRefine(short[] values, int at, long[] present, int block) throws IOException {
    if (reader.takeBit()) {
      values[at] = (short) (values[at] | 1 << low);
      present[block] |= 1;
    }
  }

  /** Reads the first bits of a block's band. */
  void acFirst(HuffmanTable table, int[] slots, short[] values, int at, long[] present, int block)
      throws IOException {
    if (endOfBand > 0) {
      endOfBand--;
      return;
    }
    BitReader r = reader;
    long seen = present[block];
    int k = first - 1;
    while (k < last) {
      int symbol = r.takeSymbol(table);
      int size = symbol & 15;
      int run = symbol >> 4;
      if (size == 0) {
        if (run < 15) {
          endOfBand = (1 << run) + r.take(run) - 1;
          break;
        }
        k += 16;
        continue;
      }
      int value = CoefficientSteps.extend(r.take(size), size);
      k += run + 1;
      if (k > last) {
        faults++;
        break;
      }
      seen |= 1L << k;
      int slot = slots[k];
      if (slot >= 0) {
        values[at + slot] = (short) (value << low);
      }
    }
    present[block] = seen;
  }

  /** Reads one more bit of a block's band. */
  void acRefine(HuffmanTable table, int[] slots, short[] values, int at, long[] present, int block)
      throws IOException {
    BitReader r = reader;
    long seen = present[block];
    long known = seen & band;
    int from = first;
    if (endOfBand == 0) {
      while (from <= last) {
        int symbol = r.takeSymbol(table);
        int run = symbol >> 4;
        boolean fresh = (symbol & 15) != 0;
        if (!fresh && run < 15) {
          endOfBand = (1 << run) + r.take(run);
          break;
        }
        boolean positive = fresh && r.takeBit();
        long zeros = ~known & band & -1L << from;
        for (int i = 0; i < run; i++) {
          zeros &= zeros - 1;
        }
        int k = zeros == 0 ? last + 1 : Long.numberOfTrailingZeros(zeros);
        correct(known & -1L << from & before(k), slots, values, at);
        if (fresh && k <= last) {
          seen |= 1L << k;
          int slot = slots[k];
          if (slot >= 0) {
            values[at + slot] = (short) ((positive ? 1 : -1) << low);
          }
        } else if (k > last) {
          faults++;
        }
        from = k + 1;
      }
    }
    if (endOfBand > 0) {
      if (from <= last) {
        correct(known & -1L << from, slots, values, at);
      }
      endOfBand--;
    }
    present[block] = seen;
  }

  private static long before(int k) {
    return k > 63 ? -1L : (1L << k) - 1;
  }

  /** Reads one more bit of coefficients known to be other than zero. */
  private void correct(long known, int[] slots, short[] values, int at) throws IOException {
    BitReader r = reader;
    int bit = 1 << low;
    for (long left = known; left != 0; left &= left - 1) {
      if (r.takeBit()) {
        int slot = slots[Long.numberOfTrailingZeros(left)];
        if (slot >= 0 && (values[at + slot] & bit) == 0) {
          int value = values[at + slot];
          values[at + slot] = (short) (value >= 0 ? value + bit : value - bit);
        }
      }
    }
  }
}
