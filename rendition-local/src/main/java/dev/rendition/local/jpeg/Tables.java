package dev.rendition.local.jpeg;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The tables in force, by slot (ITU-T T.81, B.2.4). Not safe for use by many threads. */
final class Tables {
  private static final int SLOTS = 4;

  private final int[][] quant = new int[SLOTS][];
  private final @Nullable HuffmanTable[] dc = new HuffmanTable[SLOTS];
  private final @Nullable HuffmanTable[] ac = new HuffmanTable[SLOTS];

  /** What arithmetic coding goes by. */
  final Conditioning conditioning = new Conditioning();

  /** How many units there are between restart markers, or 0 for no such markers. */
  int restartInterval;

  /** Reads a DQT segment; says whether it was sound. */
  boolean takeQuant(byte[] segment, int length) {
    int at = 0;
    while (at < length) {
      int wide = segment[at] >> 4 & 15;
      int slot = segment[at] & 15;
      at++;
      if (wide > 1 || slot >= SLOTS || at + 64 * (wide + 1) > length) {
        return false;
      }
      int[] table = new int[64];
      for (int k = 0; k < 64; k++) {
        table[k] = wide == 1 ? Segments.shortAt(segment, at + 2 * k) : segment[at + k] & 0xff;
      }
      quant[slot] = table;
      at += 64 * (wide + 1);
    }
    return true;
  }

  /** Reads a DHT segment; says whether it was sound. */
  boolean takeHuffman(byte[] segment, int length) {
    int at = 0;
    while (at < length) {
      if (at + 17 > length) {
        return false;
      }
      int kind = segment[at] >> 4 & 15;
      int slot = segment[at] & 15;
      int[] counts = new int[16];
      int codes = 0;
      for (int i = 0; i < 16; i++) {
        counts[i] = segment[at + 1 + i] & 0xff;
        codes += counts[i];
      }
      at += 17;
      if (kind > 1 || slot >= SLOTS || codes > 256 || at + codes > length) {
        return false;
      }
      byte[] symbols = new byte[codes];
      System.arraycopy(segment, at, symbols, 0, codes);
      at += codes;
      try {
        (kind == 0 ? dc : ac)[slot] = new HuffmanTable(counts, symbols);
      } catch (IllegalArgumentException e) {
        return false;
      }
    }
    return true;
  }

  /** Returns the quantisation table of a slot, in zigzag order. */
  Optional<int[]> quant(int slot) {
    return Optional.ofNullable(quant[slot]);
  }

  /** Returns a table of DC differences whose differences have no more than 15 bits. */
  Optional<HuffmanTable> dc(int slot) {
    return Optional.ofNullable(dc[slot]).filter(table -> table.largestSymbol() <= 15);
  }

  Optional<HuffmanTable> ac(int slot) {
    return Optional.ofNullable(ac[slot]);
  }
}
