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

  /** Multiplies colour by alpha, into {@code to}. */
  static void premultiply(int[] colour, int[] alpha, int[] to, int count) {
    for (int x = 0; x < count; x++) {
      to[x] = (int) (((long) colour[x] * alpha[x] + WHITE / 2) / WHITE);
    }
  }
}
