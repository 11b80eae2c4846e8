package dev.rendition.local.jpeg;

import java.util.Arrays;

/**
 * A Huffman table as an encoder uses it: symbol to code.
 *
 * <p>Immutable once made. Safe for use by many threads.
 */
final class EncoderHuffman {
  private static final int MAX_LENGTH = 16;

  /** How many codes there are of length 1 to 16, at index 0 to 15. */
  private final int[] counts;

  /** The symbols in the order of their codes. */
  private final byte[] symbols;

  /**
   * By symbol: {@code (code << extra) << 6 | (length + extra)}, where extra is the number of plain
   * bits that follow the code; 0 where the symbol has no code. Plain bits are or-ed in.
   */
  private final long[] entries = new long[256];

  private EncoderHuffman(int[] counts, byte[] symbols) {
    this.counts = counts;
    this.symbols = symbols;
    int code = 0;
    int next = 0;
    for (int length = 1; length <= MAX_LENGTH; length++) {
      for (int i = 0; i < counts[length - 1]; i++) {
        int symbol = symbols[next++] & 0xff;
        int extra = extraBits(symbol);
        entries[symbol] = ((long) code << extra) << 6 | (length + extra);
        code++;
      }
      code <<= 1;
    }
  }

  /** Returns the table with these codes: T.81, Annex C. The arrays are not copied. */
  static EncoderHuffman of(int[] counts, byte[] symbols) {
    return new EncoderHuffman(counts, symbols);
  }

  /**
   * Returns the shortest table for these frequencies: T.81, K.2, Figures K.1 to K.4.
   *
   * @param frequencies by symbol, 0 to 255; at least one is above 0 or the table is empty
   */
  static EncoderHuffman optimal(int[] frequencies) {
    long[] frequency = new long[257];
    for (int i = 0; i < 256; i++) {
      frequency[i] = frequencies[i];
    }
    frequency[256] = 1; // reserves the code of only ones, which the format forbids
    int[] size = new int[257];
    int[] chain = new int[257];
    Arrays.fill(chain, -1);
    while (true) {
      int least = rarest(frequency, -1);
      int second = rarest(frequency, least);
      if (second < 0) {
        break;
      }
      frequency[least] += frequency[second];
      frequency[second] = 0;
      int last = lengthen(size, chain, least);
      chain[last] = second;
      lengthen(size, chain, second);
    }
    int[] bySize = new int[258];
    for (int i = 0; i <= 256; i++) {
      bySize[size[i]]++;
    }
    limitLengths(bySize);
    int[] counts = Arrays.copyOfRange(bySize, 1, MAX_LENGTH + 1);
    return of(counts, symbolsBySize(size));
  }

  /** Returns the symbol with the lowest frequency above 0, the largest of equals; −1 if none. */
  private static int rarest(long[] frequency, int except) {
    int rarest = -1;
    long lowest = Long.MAX_VALUE;
    for (int i = 0; i <= 256; i++) {
      if (frequency[i] != 0 && frequency[i] <= lowest && i != except) {
        lowest = frequency[i];
        rarest = i;
      }
    }
    return rarest;
  }

  private static int lengthen(int[] size, int[] chain, int first) {
    int at = first;
    size[at]++;
    while (chain[at] >= 0) {
      at = chain[at];
      size[at]++;
    }
    return at;
  }

  /** Moves codes longer than 16 bits up the tree and takes the reserved code out: Figure K.3. */
  private static void limitLengths(int[] bySize) {
    for (int i = bySize.length - 1; i > MAX_LENGTH; i--) {
      while (bySize[i] > 0) {
        int j = i - 2;
        while (bySize[j] == 0) {
          j--;
        }
        bySize[i] -= 2;
        bySize[i - 1]++;
        bySize[j + 1] += 2;
        bySize[j]--;
      }
    }
    int longest = MAX_LENGTH;
    while (bySize[longest] == 0) {
      longest--;
    }
    bySize[longest]--;
  }

  private static byte[] symbolsBySize(int[] size) {
    byte[] symbols = new byte[256];
    int next = 0;
    for (int length = 1; length < 257; length++) {
      for (int symbol = 0; symbol < 256; symbol++) {
        if (size[symbol] == length) {
          symbols[next++] = (byte) symbol;
        }
      }
    }
    return Arrays.copyOf(symbols, next);
  }

  /**
   * Returns how many plain bits follow a symbol: the low four bits say it for coefficients, the
   * high four for a run of ended blocks (T.81, F.1.2 and G.1.2.2).
   */
  static int extraBits(int symbol) {
    int size = symbol & 15;
    int run = symbol >> 4;
    return size != 0 || run == 15 ? size : run;
  }

  /** Returns the entries by symbol, see the field; shared, not to be changed. */
  long[] entries() {
    return entries;
  }

  /** Writes the counts and the symbols as a DHT segment holds them: T.81, B.2.4.2. */
  void writeTo(JpegEncoderOutput out) throws java.io.IOException {
    for (int count : counts) {
      out.writeByte(count);
    }
    out.writeBytes(symbols);
  }

  /** Returns the bytes {@link #writeTo} writes. */
  int size() {
    return MAX_LENGTH + symbols.length;
  }
}
