package dev.rendition.local.jpeg;

import java.util.Arrays;

/**
 * A Huffman table prepared for decoding (ITU-T T.81, annex C and F.2.2.3). Immutable after it is
 * made, but for tables made on first use; not safe for use by many threads.
 */
final class HuffmanTable {
  /** How many bits of the stream one look into {@link #quick} decides on. */
  static final int QUICK_BITS = 9;

  private static final int MAX_LENGTH = 16;

  /** By the next bits: length of the code × 256 + symbol, or 0 where the code is longer. */
  final short[] quick = new short[1 << QUICK_BITS];

  private final int[] beyond = new int[MAX_LENGTH + 2];
  private final int[] delta = new int[MAX_LENGTH + 1];
  private final byte[] symbols;
  private int[] steps = {};
  private long[] pairs = {};
  private int[] skips = {};

  /**
   * Makes a table from what a DHT segment holds.
   *
   * @param counts how many codes there are of each length, index 0 for length 1
   * @param symbols the symbols in order of their codes, as many as the counts say
   * @throws IllegalArgumentException when there are more codes of a length than there can be
   */
  HuffmanTable(int[] counts, byte[] symbols) {
    this.symbols = symbols.clone();
    int code = 0;
    int at = 0;
    for (int length = 1; length <= MAX_LENGTH; length++) {
      delta[length] = at - code;
      for (int i = 0; i < counts[length - 1]; i++, code++, at++) {
        if (code >= 1 << length) {
          throw new IllegalArgumentException("too many codes of length " + length);
        }
        if (length <= QUICK_BITS) {
          int first = code << (QUICK_BITS - length);
          int entry = length << 8 | (symbols[at] & 0xff);
          Arrays.fill(quick, first, first + (1 << (QUICK_BITS - length)), (short) entry);
        }
      }
      beyond[length] = code << (MAX_LENGTH - length);
      code <<= 1;
    }
    beyond[MAX_LENGTH + 1] = Integer.MAX_VALUE;
  }

  /**
   * Decodes one symbol the slow way.
   *
   * @param next the next 16 bits of the stream
   * @return length of the code × 256 + symbol; length 17 and symbol 0 where no code begins so
   */
  int search(int next) {
    int length = 1;
    while (next >= beyond[length]) {
      length++;
    }
    if (length > MAX_LENGTH) {
      return length << 8;
    }
    int index = (next >>> (MAX_LENGTH - length)) + delta[length];
    return length << 8 | (symbols[index] & 0xff);
  }

  /** As {@link #search}, faster for short codes. */
  int find(int next) {
    int found = quick[next >>> (MAX_LENGTH - QUICK_BITS)];
    return found == 0 ? search(next) : found;
  }

  /** Returns the table of {@link CoefficientPairs} for this code. */
  long[] pairs() {
    if (pairs.length == 0) {
      pairs = CoefficientPairs.of(this);
    }
    return pairs;
  }

  /** Returns the table of {@link CoefficientPairs#skips} for this code. */
  int[] skips() {
    if (skips.length == 0) {
      skips = CoefficientPairs.skips(this);
    }
    return skips;
  }

  /** Returns the table of {@link CoefficientSteps} for this code. */
  int[] steps() {
    if (steps.length == 0) {
      steps = CoefficientSteps.of(this);
    }
    return steps;
  }

  /** Returns the largest symbol. */
  int largestSymbol() {
    int largest = 0;
    for (byte symbol : symbols) {
      largest = Math.max(largest, symbol & 0xff);
    }
    return largest;
  }
}
