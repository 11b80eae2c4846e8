package dev.rendition.local.engine;

import java.util.Arrays;
import java.util.zip.ZipException;

/**
 * A Huffman code of deflate as a table (RFC 1951, 3.2.2 and 3.2.7): looked up by the next bits of
 * the stream, lowest first, a second time for codes longer than the first look. Made anew for every
 * block; not safe for use by many threads.
 *
 * <p>An entry holds the bits to take in its lowest 6 bits, the number of extra bits in the next 5,
 * and a value from bit 16 on. A literal is negative. What is no code has the value 0.
 */
final class InflateCode {
  /** Set where a second look is due: the value says where its table begins. */
  static final int MORE = 1 << 11;

  /** Set for the end of the block. */
  static final int END = 1 << 12;

  private static final int LONGEST = 15;

  /** The entries: those of the first look, then those of second ones. */
  final int[] table;

  /** Which bits the first look takes. */
  final int mask;

  private final int bits;
  private final int[] meanings;
  private final int[] counts = new int[LONGEST + 1];
  private final int[] places = new int[LONGEST + 1];
  private final int[] sorted;

  /** Which bits a second look takes. */
  private int moreMask;

  /**
   * Makes a code without symbols.
   *
   * @param bits that the first look takes
   * @param longest bits of a symbol, {@code bits} or more
   * @param meanings what the entry of each symbol holds, but for its bits
   */
  InflateCode(int bits, int longest, int[] meanings) {
    this.bits = bits;
    this.meanings = meanings;
    this.sorted = new int[meanings.length];
    mask = (1 << bits) - 1;
    // Every second table has two symbols or more.
    int seconds = longest > bits ? meanings.length / 2 << longest - bits : 0;
    table = new int[(1 << bits) + seconds];
  }

  /** Returns which bits a second look takes. */
  int moreMask() {
    return moreMask;
  }

  /**
   * Takes another code.
   *
   * @param lengths of the symbols' codes from {@code from} on, 0 to 15
   * @param mayBeEmpty whether no symbol at all, or one alone, will do
   * @throws ZipException if the lengths are of no prefix code that uses up all its bits
   */
  void set(byte[] lengths, int from, int symbols, boolean mayBeEmpty) throws ZipException {
    Arrays.fill(counts, 0);
    for (int i = 0; i < symbols; i++) {
      counts[lengths[from + i]]++;
    }
    int longest = LONGEST;
    while (longest > 0 && counts[longest] == 0) {
      longest--;
    }
    int left = 1;
    int place = 0;
    for (int length = 1; length <= LONGEST; length++) {
      places[length] = place;
      place += counts[length];
      left = 2 * left - counts[length];
      if (left < 0) {
        throw new ZipException("a code has more symbols than bits for them");
      }
    }
    if (left > 0 && !(mayBeEmpty && longest <= 1)) {
      throw new ZipException("a code has fewer symbols than bits for them");
    }
    for (int symbol = 0; symbol < symbols; symbol++) {
      int length = lengths[from + symbol];
      if (length > 0) {
        sorted[places[length]++] = meanings[symbol];
      }
    }
    moreMask = (1 << Math.max(0, longest - bits)) - 1;
    fill(longest);
  }

  /**
   * Enters the symbols in the order of their codes. What is entered for the first {@code length}
   * bits is copied for each further bit, so that every entry is written about once.
   */
  private void fill(int longest) {
    table[0] = 0;
    int code = 0;
    int next = 0;
    int first = Math.min(longest, bits);
    for (int length = 1; length <= first; length++) {
      int size = 1 << length - 1;
      System.arraycopy(table, 0, table, size, size);
      for (int n = counts[length]; n > 0; n--) {
        table[code] = sorted[next++] | length;
        code = after(code, length);
      }
    }
    for (int size = 1 << first; size <= mask; size *= 2) {
      System.arraycopy(table, 0, table, size, size);
    }
    int free = mask + 1;
    int prefix = -1;
    for (int length = bits + 1; length <= longest; length++) {
      for (int n = counts[length]; n > 0; n--) {
        if ((code & mask) != prefix) {
          prefix = code & mask;
          table[prefix] = free << 16 | MORE | bits;
          free += moreMask + 1;
        }
        int second = table[prefix] >>> 16;
        int entry = sorted[next++] | length - bits;
        for (int i = code >>> bits; i <= moreMask; i += 1 << length - bits) {
          table[second + i] = entry;
        }
        code = after(code, length);
      }
    }
  }

  /** Returns the code that follows, both with their first bit lowest; the last follows itself. */
  private static int after(int code, int length) {
    int zeros = code ^ (1 << length) - 1;
    int bit = Integer.highestOneBit(zeros);
    return code & bit - 1 | bit;
  }
}
