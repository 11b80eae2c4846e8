package dev.rendition.local.jpeg;

/**
 * Which AC coefficients a scan codes, and from which bit on.
 *
 * @param first in zigzag order, 1 to 63
 * @param last in zigzag order, 0 to 63; less than {@code first} for none
 * @param low the lowest bit coded
 */
record Band(int first, int last, int low) {
  /** Returns the coefficients as bits in zigzag order. */
  long mask() {
    return (last == 63 ? -1L : (1L << (last + 1)) - 1) & (-1L << first);
  }
}
