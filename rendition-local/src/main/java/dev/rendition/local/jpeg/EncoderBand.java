package dev.rendition.local.jpeg;

/**
 * Turns one band of AC coefficients, block after block, into the tokens of a progressive scan:
 * T.81, G.1.2.2 for the first scan of a band and G.1.2.3 for those that refine it.
 */
final class EncoderBand {
  private static final int ZERO_RUN = 0xf0;
  private static final int MAX_END_RUN = 0x7fff;

  /** How many correction bits may wait for the end of a run of blocks; libjpeg keeps as many. */
  private static final int MAX_CORRECTIONS = 1000;

  private final EncoderTokens tokens;
  private final int table;
  private final int first;
  private final int last;
  private final int low;
  private final boolean refines;
  private final long band;

  /** Blocks ended and not yet told. */
  private int endRun;

  /** Correction bits, one a byte: first those of ended blocks, then those of this block. */
  private final byte[] corrections = new byte[MAX_CORRECTIONS + 64];

  private int endedCorrections;
  private int blockCorrections;

  EncoderBand(EncoderScan scan, EncoderTokens tokens, int table) {
    this.tokens = tokens;
    this.table = table;
    first = scan.first();
    last = scan.last();
    low = scan.low();
    refines = scan.high() > 0;
    band = -1L << scan.first() & -1L >>> (63 - scan.last());
  }

  /**
   * Takes the next block.
   *
   * @param values 64 coefficients in zigzag order from {@code offset} on
   * @param nonZero which of them are not zero
   */
  void block(short[] values, int offset, long nonZero) {
    tokens.reserve(256);
    if (refines) {
      refine(values, offset, nonZero & band);
    } else {
      start(values, offset, nonZero & band);
    }
  }

  /** Tells the last run of ended blocks. */
  void end() {
    tokens.reserve(256);
    tellEnds();
  }

  private void start(short[] values, int offset, long nonZero) {
    long left = nonZero;
    int previous = first - 1;
    while (left != 0) {
      int n = Long.numberOfTrailingZeros(left);
      left &= left - 1;
      int value = values[offset + n];
      int sign = value >> 31;
      int magnitude = ((value ^ sign) - sign) >> low;
      if (magnitude != 0) {
        tellEnds();
        int run = n - previous - 1;
        while (run > 15) {
          run -= 16;
          tokens.symbol(table, ZERO_RUN, 0);
        }
        tokens.value(table, run, (magnitude ^ sign) - sign);
        previous = n;
      }
    }
    if (previous != last) {
      endRun++;
      if (endRun == MAX_END_RUN) {
        tellEnds();
      }
    }
  }

  private void refine(short[] values, int offset, long nonZero) {
    int lastNew = lastNew(values, offset, nonZero);
    long left = nonZero;
    int previous = first - 1;
    int run = 0;
    while (left != 0) {
      int n = Long.numberOfTrailingZeros(left);
      left &= left - 1;
      int magnitude = Math.abs(values[offset + n]) >> low;
      if (magnitude == 0) {
        continue;
      }
      run += n - previous - 1;
      previous = n;
      while (run > 15 && n <= lastNew) {
        tellEnds();
        tokens.symbol(table, ZERO_RUN, 0);
        run -= 16;
        tellBlockCorrections();
      }
      if (magnitude > 1) {
        corrections[endedCorrections + blockCorrections++] = (byte) (magnitude & 1);
      } else {
        tellEnds();
        tokens.symbol(table, run << 4 | 1, values[offset + n] < 0 ? 0 : 1);
        tellBlockCorrections();
        run = 0;
      }
    }
    if (run > 0 || previous != last || blockCorrections > 0) {
      endRun++;
      endedCorrections += blockCorrections;
      blockCorrections = 0;
      if (endRun == MAX_END_RUN || endedCorrections > MAX_CORRECTIONS - 63) {
        tellEnds();
      }
    }
  }

  /** Returns the last coefficient that this scan makes other than zero; 0 if none. */
  private int lastNew(short[] values, int offset, long nonZero) {
    long left = nonZero;
    while (left != 0) {
      int n = 63 - Long.numberOfLeadingZeros(left);
      left &= ~(1L << n);
      if (Math.abs(values[offset + n]) >> low == 1) {
        return n;
      }
    }
    return 0;
  }

  /** Tells the run of ended blocks and their corrections; those of this block move to the front. */
  private void tellEnds() {
    if (endRun == 0) {
      return;
    }
    int size = 31 - Integer.numberOfLeadingZeros(endRun);
    tokens.symbol(table, size << 4, endRun - (1 << size));
    endRun = 0;
    tellCorrections(endedCorrections);
    System.arraycopy(corrections, endedCorrections, corrections, 0, blockCorrections);
    endedCorrections = 0;
  }

  /** Tells this block's corrections; no ended block is waiting. */
  private void tellBlockCorrections() {
    tellCorrections(blockCorrections);
    blockCorrections = 0;
  }

  private void tellCorrections(int count) {
    int at = 0;
    int left = count;
    while (left > 0) {
      int size = Math.min(16, left);
      int bits = 0;
      for (int i = 0; i < size; i++) {
        bits = bits << 1 | corrections[at++];
      }
      tokens.plain(size, bits);
      left -= size;
    }
  }
}
