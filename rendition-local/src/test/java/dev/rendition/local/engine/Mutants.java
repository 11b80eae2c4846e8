package dev.rendition.local.engine;

import java.util.Arrays;
import java.util.Random;

/** Damages encoded sources, the same way for the same random numbers. */
final class Mutants {
  private static final int HEADER = 200;

  private Mutants() {}

  static byte[] of(byte[] seed, Random random) {
    byte[] bytes = seed.clone();
    for (int n = 1 + random.nextInt(8); n > 0 && bytes.length > 4; n--) {
      int near = random.nextInt(Math.min(bytes.length, HEADER));
      int at = random.nextInt(3) == 0 ? random.nextInt(bytes.length) : near;
      switch (random.nextInt(8)) {
        case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
        case 1 -> bytes[at] = (byte) random.nextInt(256);
        case 2 -> bytes[at] = (byte) (random.nextBoolean() ? 0xff : 0);
        case 3 -> bytes = Arrays.copyOf(bytes, bytes.length - random.nextInt(bytes.length / 2));
        case 4 -> bytes = inserted(bytes, at, random.nextInt(bytes.length), random.nextInt(64));
        case 5 -> bytes = removed(bytes, at, random.nextInt(32));
        case 6 -> number(bytes, at, random);
        default -> bytes[at]++;
      }
    }
    return bytes;
  }

  /** Writes a number that is often one too many. */
  private static void number(byte[] bytes, int at, Random random) {
    int[] values = {0, 1, -1, Integer.MAX_VALUE, Integer.MIN_VALUE, 0xffff, 0x10000, 0x7fff};
    int value = values[random.nextInt(values.length)];
    for (int i = 0; i < 4 && at + i < bytes.length; i++) {
      bytes[at + i] = (byte) (value >> 8 * i);
    }
  }

  private static byte[] removed(byte[] bytes, int at, int count) {
    int end = Math.min(bytes.length, at + count);
    byte[] out = Arrays.copyOf(bytes, bytes.length - (end - at));
    System.arraycopy(bytes, end, out, at, bytes.length - end);
    return out;
  }

  private static byte[] inserted(byte[] bytes, int from, int to, int count) {
    int length = Math.min(count, bytes.length - from);
    byte[] out = new byte[bytes.length + length];
    System.arraycopy(bytes, 0, out, 0, to);
    System.arraycopy(bytes, from, out, to, length);
    System.arraycopy(bytes, to, out, to + length, bytes.length - to);
    return out;
  }
}
