package dev.rendition.local.jpeg;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The symbols of a scan, kept until their frequencies are known. Reusable after {@link #clear}; not
 * safe for use by many threads.
 *
 * <p>A token holds its plain bits in bits 0 to 15, its symbol in 16 to 23, its table in 24 and 25;
 * a token of plain bits only has its length in place of the symbol and the sign bit set.
 */
final class EncoderTokens {
  private static final int CHUNK = 1 << 15;

  /** How much room stays for the next picture: 4 MB. */
  private static final int KEPT_CHUNKS = 32;

  /** The tables' numbers: DC of luma and chroma, AC of luma and chroma. */
  static final int DC = 0;

  static final int AC = 2;
  private static final int TABLES = 4;

  private final List<int[]> chunks = new ArrayList<>();
  private final List<Integer> lengths = new ArrayList<>();
  private final int[] frequencies = new int[TABLES << 8];
  private int[] chunk = new int[CHUNK];
  private int next;
  private int chunkNumber;

  EncoderTokens() {
    chunks.add(chunk);
  }

  /** Forgets all tokens, and all but a few megabytes of room for them. */
  void clear() {
    if (chunks.size() > KEPT_CHUNKS) {
      chunks.subList(KEPT_CHUNKS, chunks.size()).clear();
    }
    lengths.clear();
    Arrays.fill(frequencies, 0);
    chunkNumber = 0;
    chunk = chunks.get(0);
    next = 0;
  }

  /** Makes room for so many tokens, far fewer than a chunk. */
  void reserve(int count) {
    if (CHUNK - next < count) {
      lengths.add(next);
      chunkNumber++;
      if (chunkNumber == chunks.size()) {
        chunks.add(new int[CHUNK]);
      }
      chunk = chunks.get(chunkNumber);
      next = 0;
    }
  }

  /** Adds a symbol and the plain bits behind it; as many of them as the symbol says. */
  void symbol(int table, int symbol, int plain) {
    int index = table << 8 | symbol;
    frequencies[index]++;
    chunk[next++] = index << 16 | plain;
  }

  /** Adds a value as a run of zeros before it, its size and its bits: T.81, F.1.2.1 and F.1.2.2. */
  void value(int table, int run, int value) {
    int sign = value >> 31;
    int size = 32 - Integer.numberOfLeadingZeros((value ^ sign) - sign);
    symbol(table, run << 4 | size, (value + sign) & ((1 << size) - 1));
  }

  /** Adds plain bits, at most 16. */
  void plain(int count, int bits) {
    chunk[next++] = 1 << 31 | count << 16 | bits;
  }

  /** Returns the best table for each number. */
  List<EncoderHuffman> optimalTables() {
    List<EncoderHuffman> tables = new ArrayList<>();
    for (int table = 0; table < TABLES; table++) {
      tables.add(
          EncoderHuffman.optimal(Arrays.copyOfRange(frequencies, table << 8, (table + 1) << 8)));
    }
    return tables;
  }

  /**
   * Writes all tokens.
   *
   * @param tables by number; a table without tokens may be any
   */
  void writeTo(JpegEncoderOutput out, List<EncoderHuffman> tables) throws IOException {
    long[] entries = new long[TABLES << 8];
    for (int i = 0; i < TABLES; i++) {
      System.arraycopy(tables.get(i).entries(), 0, entries, i << 8, 256);
    }
    for (int i = 0; i < chunkNumber; i++) {
      writeTo(out, entries, chunks.get(i), lengths.get(i));
    }
    writeTo(out, entries, chunk, next);
  }

  private static void writeTo(JpegEncoderOutput out, long[] entries, int[] tokens, int count)
      throws IOException {
    int batch = 256;
    for (int from = 0; from < count; from += batch) {
      out.reserve(8 * batch);
      writeTo(out, entries, tokens, from, Math.min(count, from + batch));
    }
  }

  private static void writeTo(
      JpegEncoderOutput out, long[] entries, int[] tokens, int from, int to) {
    byte[] buffer = out.buffer;
    int position = out.position;
    long bits = out.bits;
    int bitCount = out.bitCount;
    for (int i = from; i < to; i++) {
      int token = tokens[i];
      int length;
      if (token >= 0) {
        long entry = entries[token >>> 16];
        length = (int) entry & 63;
        bits = bits << length | entry >>> 6 | token & 0xffff;
      } else {
        length = token >>> 16 & 0xff;
        bits = bits << length | token & 0xffff;
      }
      bitCount += length;
      if (bitCount >= 32) {
        bitCount -= 32;
        position = JpegEncoderOutput.putStuffed(buffer, position, (int) (bits >>> bitCount));
      }
    }
    out.position = position;
    out.bits = bits;
    out.bitCount = bitCount;
  }
}
