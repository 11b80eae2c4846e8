package dev.rendition.local.jpeg;

import java.io.IOException;

/**
 * Reads binary decisions from an arithmetically coded segment (ITU-T T.81, annex D.2). After its
 * data come zeros without end, which a coder may leave out (D.1.8). Not safe for use by many
 * threads.
 *
 * <p>A decision's statistics are one byte of the caller's: the state of {@link ArithmeticStates} in
 * the lower 7 bits, and the more probable symbol above.
 */
final class ArithmeticDecoder {
  private static final int HALF = 0x8000;

  private final BitReader reader;
  private final byte[] fair = {ArithmeticStates.FAIR};

  /** The width of the interval; 0x8000 to 0x10000 between decisions. */
  private int interval;

  /** Where the code lies in the interval: the upper 16 bits, with bits to come below. */
  private int code;

  /** How many of the bits to come are there. */
  private int ready;

  ArithmeticDecoder(BitReader reader) {
    this.reader = reader;
  }

  /** Begins at the reader's next byte. */
  void restart() throws IOException {
    code = reader.take(16) << 16;
    interval = 0x10000;
    ready = 0;
  }

  /** Returns the next decision of even chances, 0 or 1. */
  int decideFairly() throws IOException {
    return decide(fair, 0);
  }

  /** Returns the next decision, 0 or 1, and learns from it. */
  int decide(byte[] statistics, int at) throws IOException {
    int known = statistics[at];
    int row = ArithmeticStates.ROWS[known & 0x7f];
    int probable = known >>> 7 & 1;
    int share = row >>> 16;
    int rest = interval - share;
    boolean lower = code >>> 16 < rest;
    if (lower && rest >= HALF) {
      interval = rest;
      return probable;
    }
    // The wider part is the more probable one, whichever of the two that is (D.1.5).
    boolean likely = lower == (rest >= share);
    if (lower) {
      interval = rest;
    } else {
      code -= rest << 16;
      interval = share;
    }
    statistics[at] = (byte) (known & 0x80 ^ (likely ? row >>> 8 & 0xff : row & 0xff));
    widen();
    return likely ? probable : probable ^ 1;
  }

  private void widen() throws IOException {
    int left = Integer.numberOfLeadingZeros(interval) - 16;
    interval <<= left;
    while (left > 0) {
      if (ready == 0) {
        code |= reader.take(8) << 8;
        ready = 8;
      }
      int step = Math.min(left, ready);
      code <<= step;
      ready -= step;
      left -= step;
    }
  }
}
