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

  // 2^13 × the constants of the paper's rotations; c_k is sqrt(2) cos(k pi / 16).
  private static final int C6 = 4433; // 0.541196100
  private static final int C2_MINUS_C6 = 6270; // 0.765366865
  private static final int C2_PLUS_C6 = 15137; // 1.847759065
  private static final int C3 = 9633; // 1.175875602
  private static final int ODD_4 = 2446; // 0.298631336 = -c1 + c3 + c5 - c7
  private static final int ODD_5 = 16819; // 2.053119869 = c1 + c3 - c5 + c7
  private static final int ODD_6 = 25172; // 3.072711026 = c1 + c3 + c5 - c7
  private static final int ODD_7 = 12299; // 1.501321110 = c1 + c3 - c5 - c7
  private static final int C3_MINUS_C7 = 7373; // 0.899976223
  private static final int C1_PLUS_C3 = 20995; // 2.562915447
  private static final int C3_PLUS_C5 = 16069; // 1.961570560
  private static final int C3_MINUS_C5 = 3196; // 0.390180644

  private static final int ROW_SHIFT = 11;
  private static final int ROW_HALF = 1 << (ROW_SHIFT - 1);
  private static final int COLUMN_SHIFT = 15;
  private static final int COLUMN_HALF = 1 << (COLUMN_SHIFT - 1);

  /** 64-bit masks of the coefficients of one column set, in zigzag order, by column and bits. */
  private static final long[] ZIGZAG_MASKS = zigzagMasks();

  /**
   * The quantised coefficients: vertical frequency v and horizontal frequency u of block b lie at
   * {@code v * TILE + b * 8 + u}.
   */
  final int[] coefficients = new int[8 * TILE];

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
    columns(coefficients, 8 * count);
    quantise(coefficients, nonZero, quantiser.halves, quantiser.reciprocals, 8 * count);
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
        rows(samples, top * stride + left, stride, coefficients, 8 * block);
      } else {
        copyEdge(plane, left, top);
        rows(edge, 0, 8, coefficients, 8 * block);
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

  private static void rows(byte[] samples, int from, int stride, int[] out, int to) {
    for (int y = 0; y < 8; y++) {
      long row = (long) LONGS.get(samples, from + y * stride);
      int low = (int) row;
      int high = (int) (row >>> 32);
      int x0 = low & 0xff;
      int x1 = low >>> 8 & 0xff;
      int x2 = low >>> 16 & 0xff;
      int x3 = low >>> 24;
      int x4 = high & 0xff;
      int x5 = high >>> 8 & 0xff;
      int x6 = high >>> 16 & 0xff;
      int x7 = high >>> 24;

      int sum07 = x0 + x7;
      int sum16 = x1 + x6;
      int sum25 = x2 + x5;
      int sum34 = x3 + x4;
      int even0 = sum07 + sum34;
      int even3 = sum07 - sum34;
      int even1 = sum16 + sum25;
      int even2 = sum16 - sum25;
      int at = to + y * TILE;
      out[at] = (even0 + even1 - 8 * 128) << 2; // the level shift of T.81, A.3.1
      out[at + 4] = (even0 - even1) << 2;
      int turned = (even2 + even3) * C6 + ROW_HALF;
      out[at + 2] = (turned + even3 * C2_MINUS_C6) >> ROW_SHIFT;
      out[at + 6] = (turned - even2 * C2_PLUS_C6) >> ROW_SHIFT;

      int odd4 = x3 - x4;
      int odd5 = x2 - x5;
      int odd6 = x1 - x6;
      int odd7 = x0 - x7;
      int z5 = (odd4 + odd6 + odd5 + odd7) * C3 + ROW_HALF;
      int z1 = (odd4 + odd7) * -C3_MINUS_C7;
      int z2 = (odd5 + odd6) * -C1_PLUS_C3;
      int z3 = (odd4 + odd6) * -C3_PLUS_C5 + z5;
      int z4 = (odd5 + odd7) * -C3_MINUS_C5 + z5;
      out[at + 7] = (odd4 * ODD_4 + z1 + z3) >> ROW_SHIFT;
      out[at + 5] = (odd5 * ODD_5 + z2 + z4) >> ROW_SHIFT;
      out[at + 3] = (odd6 * ODD_6 + z2 + z3) >> ROW_SHIFT;
      out[at + 1] = (odd7 * ODD_7 + z1 + z4) >> ROW_SHIFT;
    }
  }

  private static void columns(int[] a, int count) {
    for (int i = 0; i < count; i++) {
      int sum07 = a[i] + a[i + 7 * TILE];
      int odd7 = a[i] - a[i + 7 * TILE];
      int sum16 = a[i + TILE] + a[i + 6 * TILE];
      int odd6 = a[i + TILE] - a[i + 6 * TILE];
      int sum25 = a[i + 2 * TILE] + a[i + 5 * TILE];
      int odd5 = a[i + 2 * TILE] - a[i + 5 * TILE];
      int sum34 = a[i + 3 * TILE] + a[i + 4 * TILE];
      int odd4 = a[i + 3 * TILE] - a[i + 4 * TILE];
      int even0 = sum07 + sum34;
      int even3 = sum07 - sum34;
      int even1 = sum16 + sum25;
      int even2 = sum16 - sum25;
      int turned = (even2 + even3) * C6 + COLUMN_HALF;
      int z5 = (odd4 + odd6 + odd5 + odd7) * C3 + COLUMN_HALF;
      int z1 = (odd4 + odd7) * -C3_MINUS_C7;
      int z2 = (odd5 + odd6) * -C1_PLUS_C3;
      int z3 = (odd4 + odd6) * -C3_PLUS_C5 + z5;
      int z4 = (odd5 + odd7) * -C3_MINUS_C5 + z5;
      a[i] = (even0 + even1 + 2) >> 2;
      a[i + TILE] = (odd7 * ODD_7 + z1 + z4) >> COLUMN_SHIFT;
      a[i + 2 * TILE] = (turned + even3 * C2_MINUS_C6) >> COLUMN_SHIFT;
      a[i + 3 * TILE] = (odd6 * ODD_6 + z2 + z3) >> COLUMN_SHIFT;
      a[i + 4 * TILE] = (even0 - even1 + 2) >> 2;
      a[i + 5 * TILE] = (odd5 * ODD_5 + z2 + z4) >> COLUMN_SHIFT;
      a[i + 6 * TILE] = (turned - even2 * C2_PLUS_C6) >> COLUMN_SHIFT;
      a[i + 7 * TILE] = (odd4 * ODD_4 + z1 + z3) >> COLUMN_SHIFT;
    }
  }

  /** Divides by 8 × q to the nearest, halves away from zero, and notes what is not zero. */
  private static void quantise(int[] a, int[] nonZero, int[] halves, int[] reciprocals, int count) {
    for (int i = 0; i < count; i++) {
      nonZero[i] = 0;
    }
    for (int v = 0; v < 8; v++) {
      quantiseRow(a, halves, reciprocals, v * TILE, v * TILE + count);
    }
    for (int i = 0; i < count; i++) {
      nonZero[i] =
          (a[i] | -a[i]) >>> 31
              | (a[i + TILE] | -a[i + TILE]) >>> 31 << 1
              | (a[i + 2 * TILE] | -a[i + 2 * TILE]) >>> 31 << 2
              | (a[i + 3 * TILE] | -a[i + 3 * TILE]) >>> 31 << 3
              | (a[i + 4 * TILE] | -a[i + 4 * TILE]) >>> 31 << 4
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
