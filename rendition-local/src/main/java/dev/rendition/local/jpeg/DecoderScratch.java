package dev.rendition.local.jpeg;

import java.util.Arrays;

/**
 * Arrays that one decoder after another works in, so that a worker does not make new ones for every
 * picture. One decoder at a time may use it, from one thread; the arrays grow to the largest need
 * seen.
 */
public final class DecoderScratch {
  private static final int PLANES = 4;

  private final int[][] tiles = new int[PLANES][0];
  private final byte[][] rows = new byte[PLANES][0];
  private byte[] input = {};
  private int[] work = {};

  byte[] input(int size) {
    if (input.length < size) {
      input = new byte[size];
    }
    return input;
  }

  /** Returns zeros. */
  int[] tile(int plane, int size) {
    if (tiles[plane].length < size) {
      tiles[plane] = new int[size];
    } else {
      Arrays.fill(tiles[plane], 0);
    }
    return tiles[plane];
  }

  int[] work(int size) {
    if (work.length < size) {
      work = new int[size];
    }
    return work;
  }

  byte[] rows(int plane, int size) {
    if (rows[plane].length < size) {
      rows[plane] = new byte[size];
    }
    return rows[plane];
  }
}
