package dev.rendition.local.jpeg;

import dev.rendition.local.raster.Plane;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Samples to quantised coefficients for up to sixteen blocks that lie side by side.
 *
 * <p>The transform is the eleven-multiplication one of Loeffler, Ligtenberg and Moschytz
 * ("Practical fast 1-D DCT algorithms with 11 multiplications", ICASSP 1989), rows first, in whole
 * numbers with 13 fraction bits, 2 of which are kept between the passes: coefficients come out
 * eight times as large as T.81, A.3.3 has them, and equal those of libjpeg's "islow" bit for bit.
 *
 * <p>The second pass and the division run over sixteen blocks at once through loops of constant
 * stride, which the JIT compiler turns into vector instructions. Holds its tile; not safe for use
 * by many threads.
 */
final class ForwardDct {
  /** How many blocks a tile holds. */
  static final int BLOCKS = 16;

  /** Distance from one row of a tile's coefficients to the next. */
  static final int TILE = 8 * BLOCKS;

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  // 2^13 x sqrt(2) cos(k pi / 16) for the even half, rounded as libjpeg's factors add up.
  private static final int C6 = 4433;
  private static final int C2 = 10703;
  private static final int MINUS_C2 = -10704;

  // The odd half multiplied out: the row of output u, the column of difference d.
  private static final int U1_D0 = 11363;
  private static final int U1_D1 = 9633;
  private static final int U1_D2 = 6437;
  private static final int U1_D3 = 2260;
  private static final int U3_D0 = 9633;
  private static final int U3_D1 = -2259;
  private static final int U3_D2 = -11362;
  private static final int U3_D3 = -6436;
  private static final int U5_D0 = 6437;
  private static final int U5_D1 = -11362;
  private static final int U5_D2 = 2261;
  private static final int U5_D3 = 9633;
  private static final int U7_D0 = 2260;
  private static final int U7_D1 = -6436;
  private static final int U7_D2 = 9633;
  private static final int U7_D3 = -11363;

  private static final int ROW_SHIFT = 11;
  private static final int COLUMN_SHIFT = 15;

  /** 64-bit masks of the coefficients of one column set, in zigzag order, by column and bits. */
  private static final long[] ZIGZAG_MASKS = zigzagMasks();

  /**
   * The quantised coefficients: vertical frequency v and horizontal frequency u of block b lie at
   * {@code v * TILE + b * 8 + u}.
   */
  final int[] coefficients = new int[8 * TILE];

  private final int[] halfway = new int[8 * TILE];
  private final int[] nonZero = new int[TILE];
  private final byte[] edge = new byte[64];

  /**
   * Transforms and quantises blocks of a plane. Samples beyond its edges repeat the nearest one.
   *
   * @param firstBlock the column of the first block, in blocks
   * @param blockRow the row of the blocks, in blocks
   * @param count 1 to {@value #BLOCKS}; each block has at least one sample inside the plane
   */
  void transform(Plane plane, int firstBlock, int blockRow, int count, EncoderQuantiser quantiser) {
    rows(plane, firstBlock, blockRow, count);
    butterflies(halfway, 8 * count);
    sumsOfRows(halfway, coefficients, 8 * count);
    products(halfway, coefficients, 8 * count, ROW_SHIFT);
    transpose(coefficients, halfway, 8 * count);
    butterflies(halfway, 8 * count);
    sumsOfColumns(halfway, coefficients, 8 * count);
    products(halfway, coefficients, 8 * count, COLUMN_SHIFT);
    quantise(coefficients, quantiser.halves, quantiser.reciprocals, 8 * count);
    markNonZero(coefficients, nonZero, 8 * count);
  }

  /** Returns which coefficients of a block are not zero: bit n is the n-th in zigzag order. */
  long nonZeroMask(int block) {
    long mask = 0;
    for (int u = 0; u < 8; u++) {
      mask |= ZIGZAG_MASKS[u << 8 | nonZero[block * 8 + u]];
    }
    return mask;
  }

  /** Returns the place of the n-th coefficient in zigzag order, relative to a block's first. */
  static int[] zigzagPlaces() {
    int[] places = new int[64];
    for (int n = 0; n < 64; n++) {
      places[n] = EncoderTables.ZIGZAG[n] / 8 * TILE + EncoderTables.ZIGZAG[n] % 8;
    }
    return places;
  }

  private void rows(Plane plane, int firstBlock, int blockRow, int count) {
    byte[] samples = plane.samples();
    int stride = plane.width();
    int top = 8 * blockRow;
    for (int block = 0; block < count; block++) {
      int left = 8 * (firstBlock + block);
      if (left + 8 <= stride && top + 8 <= plane.height()) {
        load(samples, top * stride + left, stride, halfway, 8 * block);
      } else {
        copyEdge(plane, left, top);
        load(edge, 0, 8, halfway, 8 * block);
      }
    }
  }

  private void copyEdge(Plane plane, int left, int top) {
    int width = plane.width();
    for (int y = 0; y < 8; y++) {
      int row = Math.min(top + y, plane.height() - 1) * width;
      for (int x = 0; x < 8; x++) {
        edge[8 * y + x] = plane.samples()[row + Math.min(left + x, width - 1)];
      }
    }
  }

  /** Spreads a block's samples: column x and row y go to {@code x * TILE + to + y}. */
  private static void load(byte[] samples, int from, int stride, int[] out, int to) {
    for (int y = 0; y < 8; y++) {
      long row = (long) LONGS.get(samples, from + y * stride);
      int low = (int) row;
      int high = (int) (row >>> 32);
      out[to + y] = low & 0xff;
      out[to + y + TILE] = low >>> 8 & 0xff;
      out[to + y + 2 * TILE] = low >>> 16 & 0xff;
      out[to + y + 3 * TILE] = low >>> 24;
      out[to + y + 4 * TILE] = high & 0xff;
      out[to + y + 5 * TILE] = high >>> 8 & 0xff;
      out[to + y + 6 * TILE] = high >>> 16 & 0xff;
      out[to + y + 7 * TILE] = high >>> 24;
    }
  }

  /** Swaps rows and columns of each block. */
  private static void transpose(int[] in, int[] out, int count) {
    for (int to = 0; to < count; to += 8) {
      for (int i = 0; i < 8; i++) {
        int from = to + i * TILE;
        out[to + i] = in[from];
        out[to + i + TILE] = in[from + 1];
        out[to + i + 2 * TILE] = in[from + 2];
        out[to + i + 3 * TILE] = in[from + 3];
        out[to + i + 4 * TILE] = in[from + 4];
        out[to + i + 5 * TILE] = in[from + 5];
        out[to + i + 6 * TILE] = in[from + 6];
        out[to + i + 7 * TILE] = in[from + 7];
      }
    }
  }

  /** Row k becomes row k + row (7 − k), and row 7 − k their difference, for k of 0 to 3. */
  private static void butterflies(int[] a, int count) {
    for (int i = 0; i < count; i++) {
      int first = a[i];
      int second = a[i + TILE];
      int seventh = a[i + 6 * TILE];
      int last = a[i + 7 * TILE];
      a[i] = first + last;
      a[i + 7 * TILE] = first - last;
      a[i + TILE] = second + seventh;
      a[i + 6 * TILE] = second - seventh;
    }
    for (int i = 0; i < count; i++) {
      int third = a[i + 2 * TILE];
      int fourth = a[i + 3 * TILE];
      int fifth = a[i + 4 * TILE];
      int sixth = a[i + 5 * TILE];
      a[i + 2 * TILE] = third + sixth;
      a[i + 5 * TILE] = third - sixth;
      a[i + 3 * TILE] = fourth + fifth;
      a[i + 4 * TILE] = fourth - fifth;
    }
  }

  /** Outputs 0 and 4 of the first pass, with the level shift of T.81, A.3.1. */
  private static void sumsOfRows(int[] a, int[] out, int count) {
    for (int i = 0; i < count; i++) {
      int outer = a[i] + a[i + 3 * TILE];
      int inner = a[i + TILE] + a[i + 2 * TILE];
      out[i] = (outer + inner - 8 * 128) << 2;
      out[i + 4 * TILE] = (outer - inner) << 2;
    }
  }

  /** Outputs 0 and 4 of the second pass. */
  private static void sumsOfColumns(int[] a, int[] out, int count) {
    for (int i = 0; i < count; i++) {
      int outer = a[i] + a[i + 3 * TILE];
      int inner = a[i + TILE] + a[i + 2 * TILE];
      out[i] = (outer + inner + 2) >> 2;
      out[i + 4 * TILE] = (outer - inner + 2) >> 2;
    }
  }

  /** The six outputs of either pass that need multiplications. */
  private static void products(int[] a, int[] out, int count, int shift) {
    evenProduct(a, out, 2 * TILE, count, C2, C6, shift);
    evenProduct(a, out, 6 * TILE, count, C6, MINUS_C2, shift);
    oddProduct(a, out, TILE, count, U1_D0, U1_D1, U1_D2, U1_D3, shift);
    oddProduct(a, out, 3 * TILE, count, U3_D0, U3_D1, U3_D2, U3_D3, shift);
    oddProduct(a, out, 5 * TILE, count, U5_D0, U5_D1, U5_D2, U5_D3, shift);
    oddProduct(a, out, 7 * TILE, count, U7_D0, U7_D1, U7_D2, U7_D3, shift);
  }

  private static void evenProduct(
      int[] a, int[] out, int row, int count, int outer, int inner, int shift) {
    int half = 1 << (shift - 1);
    for (int i = 0; i < count; i++) {
      out[row + i] =
          ((a[i] - a[i + 3 * TILE]) * outer + (a[i + TILE] - a[i + 2 * TILE]) * inner + half)
              >> shift;
    }
  }

  private static void oddProduct(
      int[] a, int[] out, int row, int count, int c0, int c1, int c2, int c3, int shift) {
    int half = 1 << (shift - 1);
    for (int i = 0; i < count; i++) {
      out[row + i] =
          (a[i + 7 * TILE] * c0
                  + a[i + 6 * TILE] * c1
                  + a[i + 5 * TILE] * c2
                  + a[i + 4 * TILE] * c3
                  + half)
              >> shift;
    }
  }

  /** Divides by 8 × q to the nearest, halves away from zero. */
  private static void quantise(int[] a, int[] halves, int[] reciprocals, int count) {
    for (int v = 0; v < 8; v++) {
      quantiseRow(a, halves, reciprocals, v * TILE, v * TILE + count);
    }
  }

  private static void markNonZero(int[] a, int[] nonZero, int count) {
    for (int i = 0; i < count; i++) {
      nonZero[i] =
          (a[i] | -a[i]) >>> 31
              | (a[i + TILE] | -a[i + TILE]) >>> 31 << 1
              | (a[i + 2 * TILE] | -a[i + 2 * TILE]) >>> 31 << 2
              | (a[i + 3 * TILE] | -a[i + 3 * TILE]) >>> 31 << 3;
    }
    for (int i = 0; i < count; i++) {
      nonZero[i] |=
          (a[i + 4 * TILE] | -a[i + 4 * TILE]) >>> 31 << 4
              | (a[i + 5 * TILE] | -a[i + 5 * TILE]) >>> 31 << 5
              | (a[i + 6 * TILE] | -a[i + 6 * TILE]) >>> 31 << 6
              | (a[i + 7 * TILE] | -a[i + 7 * TILE]) >>> 31 << 7;
    }
  }

  private static void quantiseRow(int[] a, int[] halves, int[] reciprocals, int from, int to) {
    for (int i = from; i < to; i++) {
      int sign = a[i] >> 31;
      int magnitude = (a[i] ^ sign) - sign;
      int quotient = ((magnitude + halves[i]) >> 3) * reciprocals[i] >>> EncoderQuantiser.SHIFT;
      a[i] = (quotient ^ sign) - sign;
    }
  }

  private static long[] zigzagMasks() {
    int[] rank = new int[64];
    for (int n = 0; n < 64; n++) {
      rank[EncoderTables.ZIGZAG[n]] = n;
    }
    long[] masks = new long[8 << 8];
    for (int u = 0; u < 8; u++) {
      for (int bits = 0; bits < 256; bits++) {
        for (int v = 0; v < 8; v++) {
          if ((bits >> v & 1) != 0) {
            masks[u << 8 | bits] |= 1L << rank[v * 8 + u];
          }
        }
      }
    }
    return masks;
  }
}
