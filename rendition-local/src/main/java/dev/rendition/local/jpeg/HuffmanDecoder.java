package dev.rendition.local.jpeg;

import java.io.IOException;

/**
 * Reads blocks of a sequential scan (ITU-T T.81, F.2.2). Bits that are no code are read as zero, as
 * other decoders do, and counted. Not safe for use by many threads.
 */
final class HuffmanDecoder {
  private static final int SHIFT = 64 - CoefficientPairs.BITS;
  private static final int DC_SHIFT = 64 - CoefficientSteps.BITS;

  private final BitReader reader;

  /** How many codes or runs so far were none. */
  int faults;

  HuffmanDecoder(BitReader reader) {
    this.reader = reader;
  }

  /**
   * Reads one block.
   *
   * @param c its component
   * @param out takes the dequantised coefficients, those not zero, and may take others where {@code
   *     c.places} says that they are not kept
   * @param base where the block begins
   */
  void block(CodedComponent c, int[] out, int base) throws IOException {
    BitReader r = reader;
    if (r.count < 48) {
      r.fill();
    }
    c.dcBefore += dcDifference(c);
    int[] places = c.places;
    int[] quant = c.quant;
    long[] pairs = c.acPairs;
    int last = c.lastKept;
    out[base] = c.dcBefore * quant[0];
    long bits = r.bits;
    int count = r.count;
    int k = 0;
    while (k < last) {
      if (count < 32) {
        r.bits = bits;
        r.count = count;
        r.fill();
        bits = r.bits;
        count = r.count;
      }
      long pair = pairs[(int) (bits >>> SHIFT)];
      int both = CoefficientPairs.bothBits(pair);
      if (both == 0) {
        int found = c.ac.find((int) (bits >>> 48));
        int length = found >>> 8;
        if (length > 16) {
          faults++;
        }
        int size = found & 15;
        bits <<= length;
        count -= length + size;
        if (size == 0) {
          k += (found & 0xff) == 0xf0 ? 16 : CoefficientPairs.END;
          continue;
        }
        k += (found >>> 4 & 15) + 1;
        int value = CoefficientSteps.extend((int) (bits >>> (64 - size)), size);
        bits <<= size;
        out[base + places[k]] = value * quant[k];
        continue;
      }
      k += CoefficientPairs.firstStep(pair);
      out[base + places[k]] = CoefficientPairs.firstValue(pair) * quant[k];
      if (k >= 63) {
        int first = CoefficientPairs.firstBits(pair);
        bits <<= first;
        count -= first;
        break;
      }
      bits <<= both;
      count -= both;
      int place = k + CoefficientPairs.secondPlace(pair);
      out[base + places[place]] = CoefficientPairs.secondValue(pair) * quant[place];
      k += CoefficientPairs.bothStep(pair);
    }
    r.bits = bits;
    r.count = count;
    if (k < 63) {
      k = pass(c, k);
    }
    if (k > 63 && k < CoefficientPairs.END) {
      faults++;
    }
  }

  private int dcDifference(CodedComponent c) {
    BitReader r = reader;
    long bits = r.bits;
    int entry = c.dcSteps[(int) (bits >>> DC_SHIFT)];
    if (entry >> 16 != 0) {
      r.bits = bits << entry;
      r.count -= entry & 63;
      return entry >> 16;
    }
    if (entry == 0) {
      entry = longCode(c.dc, bits);
    }
    bits <<= entry;
    int size = entry >> 8 & 15;
    r.count -= (entry & 63) + size;
    r.bits = bits << size;
    return size == 0 ? 0 : CoefficientSteps.extend((int) (bits >>> (64 - size)), size);
  }

  /** Reads over coefficients that are not kept; returns as {@code k} stands after the block. */
  private int pass(CodedComponent c, int from) throws IOException {
    BitReader r = reader;
    int[] skips = c.acSkips;
    long bits = r.bits;
    int count = r.count;
    int k = from;
    while (k < 63) {
      if (count < 32) {
        r.bits = bits;
        r.count = count;
        r.fill();
        bits = r.bits;
        count = r.count;
      }
      int skip = skips[(int) (bits >>> SHIFT)];
      if (skip != 0 && k + (skip >> 8 & 127) < 63) {
        bits <<= skip;
        count -= skip & 63;
        k += skip >>> 16;
        continue;
      }
      int found = c.ac.find((int) (bits >>> 48));
      if (found >>> 8 > 16) {
        faults++;
      }
      int size = found & 15;
      int length = (found >>> 8) + size;
      bits <<= length;
      count -= length;
      k += size == 0 && (found & 0xff) != 0xf0 ? CoefficientPairs.END : (found >>> 4 & 15) + 1;
    }
    r.bits = bits;
    r.count = count;
    return k;
  }

  private int longCode(HuffmanTable table, long bits) {
    int found = table.search((int) (bits >>> 48));
    int length = found >>> 8;
    if (length > 16) {
      faults++;
    }
    return (found & 0xff) << 8 | length;
  }
}
