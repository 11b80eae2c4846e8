package dev.rendition.local.jpeg;

import java.io.IOException;

/**
 * Reads blocks of a sequential scan (ITU-T T.81, F.2.2). Bits that are no code are read as zero, as
 * other decoders do, and counted. Not safe for use by many threads.
 */
final class HuffmanDecoder {
  private static final int SHIFT = 64 - CoefficientSteps.BITS;

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
    int[] steps = c.acSteps;
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
      int entry = steps[(int) (bits >>> SHIFT)];
      int value = entry >> 16;
      if (value != 0) {
        bits <<= entry;
        count -= entry & 63;
        k += entry >> 8 & 31;
        out[base + places[k]] = value * quant[k];
        continue;
      }
      if (entry == 0) {
        entry = longCode(c.ac, bits);
      }
      bits <<= entry;
      count -= entry & 63;
      int symbol = entry >> 8;
      int size = symbol & 15;
      k += (symbol >> 4) + 1;
      if (size == 0) {
        if (symbol < 0xf0) {
          k = 64;
        }
        continue;
      }
      value = CoefficientSteps.extend((int) (bits >>> (64 - size)), size);
      bits <<= size;
      count -= size;
      out[base + places[k]] = value * quant[k];
    }
    r.bits = bits;
    r.count = count;
    if (k < 63) {
      k = pass(c, k);
    }
    if (k > 64) {
      faults++;
    }
  }

  private int dcDifference(CodedComponent c) {
    BitReader r = reader;
    long bits = r.bits;
    int entry = c.dcSteps[(int) (bits >>> SHIFT)];
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
    int[] steps = c.acSteps;
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
      int entry = steps[(int) (bits >>> SHIFT)];
      if (entry >> 16 != 0) {
        bits <<= entry;
        count -= entry & 63;
        k += entry >> 8 & 31;
        continue;
      }
      if (entry == 0) {
        entry = longCode(c.ac, bits);
      }
      int symbol = entry >> 8;
      int size = symbol & 15;
      bits = bits << entry << size;
      count -= (entry & 63) + size;
      k += size == 0 && symbol < 0xf0 ? 64 - k : (symbol >> 4) + 1;
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
