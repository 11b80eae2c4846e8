package dev.rendition.local.jpeg;

import dev.rendition.local.assist.Relay;
import java.util.Arrays;

/**
 * Arrays that one decoder after another works in, so that a worker does not make new ones for every
 * picture. One decoder at a time may use it, which keeps order where it has help; the arrays grow
 * to the largest need seen.
 */
public final class DecoderScratch {
  private static final int PLANES = 4;

  private final int[][][] tiles = new int[Relay.SLOTS][PLANES][0];
  private final byte[][] rows = new byte[PLANES][0];
  private byte[] input = {};
  private int[] work = {};

  byte[] input(int size) {
    if (input.length < size) {
      input = new byte[size];
    }
    return input;
  }

  /** Returns zeros: the tile of a plane in a slot of several that are filled at a time. */
  int[] tile(int slot, int plane, int size) {
    int[] tile = tiles[slot][plane];
    if (tile.length < size) {
      tile = new int[size];
      tiles[slot][plane] = tile;
    } else {
      Arrays.fill(tile, 0);
    }
    return tile;
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
