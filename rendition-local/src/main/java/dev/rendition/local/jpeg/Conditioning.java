package dev.rendition.local.jpeg;

/**
 * By which bounds arithmetic coding tells small values from great ones, by slot (ITU-T T.81,
 * B.2.4.3). Not safe for use by many threads.
 */
final class Conditioning {
  private static final int SLOTS = 4;

  private final int[] lower = {0, 0, 0, 0};
  private final int[] upper = {1, 1, 1, 1};
  private final int[] boundary = {5, 5, 5, 5};

  /** Reads a DAC segment; says whether it was sound. */
  boolean take(byte[] segment, int length) {
    for (int at = 0; at < length; at += 2) {
      int kind = segment[at] >> 4 & 15;
      int slot = segment[at] & 15;
      if (at + 1 >= length || kind > 1 || slot >= SLOTS) {
        return false;
      }
      int bounds = segment[at + 1] & 0xff;
      if (kind == 0) {
        lower[slot] = bounds & 15;
        upper[slot] = bounds >> 4;
      } else {
        boundary[slot] = bounds;
      }
      boolean sound = kind == 0 ? lower[slot] <= upper[slot] : bounds >= 1 && bounds <= 63;
      if (!sound) {
        return false;
      }
    }
    return true;
  }

  /** Returns below which power of two a DC difference's category counts as none. */
  int lower(int slot) {
    return 1 << lower[slot] >> 1;
  }

  /** Returns above which power of two a DC difference's category counts as great. */
  int upper(int slot) {
    return 1 << upper[slot] >> 1;
  }

  /** Returns the last place in zigzag order of an AC coefficient that counts as low. */
  int boundary(int slot) {
    return boundary[slot];
  }
}
