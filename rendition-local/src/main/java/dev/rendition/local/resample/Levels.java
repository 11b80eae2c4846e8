package dev.rendition.local.resample;

/** Reads samples as integers in units of 1/256 of an 8-bit level: 0 to {@link #WHITE}. */
final class Levels {
  /** The greatest sample: 255 levels. */
  static final int WHITE = 255 << 8;

  private Levels() {}

  static void read(byte[] samples, int at, int[] to, int count) {
    for (int x = 0; x < count; x++) {
      to[x] = (samples[at + x] & 0xff) << 8;
    }
  }

  /** Reads 16-bit samples: 65535 becomes {@link #WHITE}, every 257 n becomes n levels exactly. */
  static void read(short[] samples, int at, int[] to, int count) {
    for (int x = 0; x < count; x++) {
      int sample = samples[at + x] & 0xffff;
      to[x] = sample - (sample >> 8);
    }
  }

  /** Multiplies colour by alpha, into {@code to}, rounded. */
  static void premultiply(int[] colour, int[] alpha, int[] to, int count) {
    for (int x = 0; x < count; x++) {
      to[x] = by255((colour[x] * alpha[x] + WHITE / 2) >>> 8);
    }
  }

  /**
   * Divides a number of at most 24 bits by 255, without its remainder and without a division: 256 h
   * + l is 255 h + (h + l), and the second part is small enough for the same trick to end.
   */
  static int by255(int n) {
    int high = n >>> 8;
    int rest = high + (n & 0xff);
    return high + ((rest + 1 + (rest >>> 8)) >>> 8);
  }
}
