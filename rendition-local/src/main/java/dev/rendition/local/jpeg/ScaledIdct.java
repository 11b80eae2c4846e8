package dev.rendition.local.jpeg;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * The inverse cosine transform of a row of blocks, at full size or from the low coefficients alone
 * at a half, a quarter or an eighth of it (ITU-T T.81, A.3.3). Integers only: the same samples
 * everywhere.
 *
 * <p>The blocks lie side by side, not one after the other: the coefficient of row {@code r} and
 * column {@code c} of block {@code b} has index {@code base + (r * side + c) * STEP + b}. So the
 * innermost loops run over blocks, without branches, and a compiler makes vector instructions of
 * them.
 *
 * <p>One dimension of the transform, scaled by the square root of 8, is {@code x[i] = F[0] +
 * sqrt(2) * sum F[k] cos((2 i + 1) k pi / 2 N)} for every N; two dimensions then need a division by
 * 8, whatever N is. The factorisation for N = 8 is that of Loeffler, Ligtenberg and Moschytz,
 * "Practical fast 1-D DCT algorithms with 11 multiplications" (1989), in 13-bit fixed point with 2
 * more bits kept between the passes.
 */
final class ScaledIdct {
  /** The most blocks that are transformed together. */
  static final int BLOCKS = 128;

  /** The distance between coefficients: more than the blocks, so that cache sets are shared out. */
  static final int STEP = BLOCKS + 16;

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle SHORT =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);

  private static final int BITS = 13;
  private static final int EXTRA = 2;
  private static final int FIRST_SHIFT = BITS - EXTRA;
  private static final int FIRST_ROUND = 1 << (FIRST_SHIFT - 1);
  private static final int LAST_SHIFT = BITS + EXTRA + 3;

  /** Rounds, and moves samples from around 0 to around 128. */
  private static final int LAST_ROUND = (1 << (LAST_SHIFT - 1)) + (128 << LAST_SHIFT);

  private static final int SMALL_ROUND = (1 << 2) + (128 << 3);

  // sqrt(2) times sums of cosines, times 2^13
  private static final int C_0_298 = 2446;
  private static final int C_0_390 = 3196;
  private static final int C_0_541 = 4433;
  private static final int C_0_765 = 6270;
  private static final int C_0_899 = 7373;
  private static final int C_1_175 = 9633;
  private static final int C_1_501 = 12299;
  private static final int C_1_847 = 15137;
  private static final int C_1_961 = 16069;
  private static final int C_2_053 = 16819;
  private static final int C_2_562 = 20995;
  private static final int C_3_072 = 25172;

  /** Which row of the block a row of coefficients has become when the first pass is over. */
  private static final int[] ROWS_OF_8 = {0, 7, 1, 6, 2, 5, 3, 4};

  private static final int[] ROWS_OF_4 = {0, 3, 1, 2};

  private ScaledIdct() {}

  /** Returns how many coefficients a tile of {@link #BLOCKS} blocks takes, one to spare. */
  static int tileSize(int side) {
    return (side * side + 1) * STEP;
  }

  /**
   * Transforms blocks that lie side by side in the picture, and clears them.
   *
   * @param side 1, 2, 4 or 8
   * @param tile the dequantised coefficients; zeros afterwards
   * @param base where those of the first block begin
   * @param blocks how many blocks, 1 to {@link #BLOCKS}
   * @param work places to work in, as many as the tile has; whatever they hold is lost
   * @param out takes {@code side} rows of {@code side * blocks} samples
   * @param at where the first sample goes
   * @param stride the distance from row to row
   */
  static void transform(
      int side, int[] tile, int base, int blocks, int[] work, byte[] out, int at, int stride) {
    switch (side) {
      case 8 -> {
        for (int column = 0; column < 8; column++) {
          int i = base + column * STEP;
          evenColumns8(tile, i, blocks);
          oddColumns8(tile, work, i, blocks);
          for (int pair = 0; pair < 4; pair++) {
            joinColumns8(tile, i + pair * 16 * STEP, blocks);
          }
        }
        for (int row = 0; row < 8; row++) {
          int i = base + row * 8 * STEP;
          evenRows8(tile, i, blocks);
          oddRows8(tile, work, i, blocks);
          for (int pair = 0; pair < 4; pair++) {
            joinRows(tile, i + pair * 2 * STEP, blocks);
          }
          pack8(tile, i, blocks);
          store8(tile, i, blocks, out, at + ROWS_OF_8[row] * stride);
        }
      }
      case 4 -> {
        for (int column = 0; column < 4; column++) {
          int i = base + column * STEP;
          columns4(tile, i, blocks);
          joinColumns4(tile, i, blocks);
          joinColumns4(tile, i + 8 * STEP, blocks);
        }
        for (int row = 0; row < 4; row++) {
          int i = base + row * 4 * STEP;
          rows4(tile, i, blocks);
          joinRows(tile, i, blocks);
          joinRows(tile, i + 2 * STEP, blocks);
          pack4(tile, i, blocks);
          store4(tile, i, blocks, out, at + ROWS_OF_4[row] * stride);
        }
      }
      case 2 -> {
        both2(tile, base, blocks);
        store2(tile, base, blocks, out, at);
        store2(tile, base + STEP, blocks, out, at + stride);
      }
      default -> store1(tile, base, blocks, out, at);
    }
    for (int i = 0; i < side * side; i++) {
      int from = base + i * STEP;
      Arrays.fill(tile, from, from + blocks, 0);
    }
  }

  private static void evenColumns8(int[] t, int base, int blocks) {
    for (int b = 0; b < blocks; b++) {
      int i = base + b;
      int d0 = (t[i] << BITS) + FIRST_ROUND;
      int d4 = t[i + 32 * STEP] << BITS;
      t[i] = d0 + d4;
      t[i + 32 * STEP] = d0 - d4;
    }
    for (int b = 0; b < blocks; b++) {
      int i = base + b;
      int d2 = t[i + 16 * STEP];
      int d6 = t[i + 48 * STEP];
      int z = (d2 + d6) * C_0_541;
      int e2 = z - d6 * C_1_847;
      int e3 = z + d2 * C_0_765;
      int s0 = t[i];
      int s1 = t[i + 32 * STEP];
      t[i] = s0 + e3;
      t[i + 48 * STEP] = s0 - e3;
      t[i + 16 * STEP] = s1 + e2;
      t[i + 32 * STEP] = s1 - e2;
    }
  }

  private static void oddColumns8(int[] t, int[] u, int base, int blocks) {
    for (int b = 0; b < blocks; b++) {
      int i = base + b;
      int d1 = t[i + 8 * STEP];
      int d3 = t[i + 24 * STEP];
      int d5 = t[i + 40 * STEP];
      int d7 = t[i + 56 * STEP];
      int z = (d7 + d3 + d5 + d1) * C_1_175;
      u[i] = z - (d7 + d3) * C_1_961;
      u[i + 8 * STEP] = z - (d5 + d1) * C_0_390;
    }
    for (int b = 0; b < blocks; b++) {
      int i = base + b;
      int d1 = t[i + 8 * STEP];
      int d7 = t[i + 56 * STEP];
      int z = (d7 + d1) * -C_0_899;
      t[i + 56 * STEP] = z + d7 * C_0_298 + u[i];
      t[i + 8 * STEP] = z + d1 * C_1_501 + u[i + 8 * STEP];
    }
    for (int b = 0; b < blocks; b++) {
      int i = base + b;
      int d3 = t[i + 24 * STEP];
      int d5 = t[i + 40 * STEP];
      int z = (d5 + d3) * -C_2_562;
      t[i + 40 * STEP] = z + d5 * C_2_053 + u[i + 8 * STEP];
      t[i + 24 * STEP] = z + d3 * C_3_072 + u[i];
    }
  }

  private static void evenRows8(int[] t, int base, int blocks) {
    for (int b = 0; b < blocks; b++) {
      int i = base + b;
      int d0 = (t[i] << BITS) + LAST_ROUND;
      int d4 = t[i + 4 * STEP] << BITS;
      t[i] = d0 + d4;
      t[i + 4 * STEP] = d0 - d4;
    }
    for (int b = 0; b < blocks; b++) {
      int i = base + b;
      int d2 = t[i + 2 * STEP];
      int d6 = t[i + 6 * STEP];
      int z = (d2 + d6) * C_0_541;
      int e2 = z - d6 * C_1_847;
      int e3 = z + d2 * C_0_765;
      int s0 = t[i];
      int s1 = t[i + 4 * STEP];
      t[i] = s0 + e3;
      t[i + 6 * STEP] = s0 - e3;
      t[i + 2 * STEP] = s1 + e2;
      t[i + 4 * STEP] = s1 - e2;
    }
  }

  private static void oddRows8(int[] t, int[] u, int base, int blocks) {
    for (int b = 0; b < blocks; b++) {
      int i = base + b;
      int d1 = t[i + STEP];
      int d3 = t[i + 3 * STEP];
      int d5 = t[i + 5 * STEP];
      int d7 = t[i + 7 * STEP];
      int z = (d7 + d3 + d5 + d1) * C_1_175;
      u[i] = z - (d7 + d3) * C_1_961;
      u[i + STEP] = z - (d5 + d1) * C_0_390;
    }
    for (int b = 0; b < blocks; b++) {
      int i = base + b;
      int d1 = t[i + STEP];
      int d7 = t[i + 7 * STEP];
      int z = (d7 + d1) * -C_0_899;
      t[i + 7 * STEP] = z + d7 * C_0_298 + u[i];
      t[i + STEP] = z + d1 * C_1_501 + u[i + STEP];
    }
    for (int b = 0; b < blocks; b++) {
      int i = base + b;
      int d3 = t[i + 3 * STEP];
      int d5 = t[i + 5 * STEP];
      int z = (d5 + d3) * -C_2_562;
      t[i + 5 * STEP] = z + d5 * C_2_053 + u[i + STEP];
      t[i + 3 * STEP] = z + d3 * C_3_072 + u[i];
    }
  }

  private static void joinColumns8(int[] t, int base, int blocks) {
    for (int b = 0; b < blocks; b++) {
      int i = base + b;
      int even = t[i];
      int odd = t[i + 8 * STEP];
      t[i] = (even + odd) >> FIRST_SHIFT;
      t[i + 8 * STEP] = (even - odd) >> FIRST_SHIFT;
    }
  }

  /** Ends the second pass for two columns; samples below 0 become 0, those above 255 become 255. */
  private static void joinRows(int[] t, int base, int blocks) {
    for (int b = 0; b < blocks; b++) {
      int i = base + b;
      int even = t[i];
      int odd = t[i + STEP];
      int x = (even + odd) >> LAST_SHIFT;
      int y = (even - odd) >> LAST_SHIFT;
      x &= ~(x >> 31);
      y &= ~(y >> 31);
      t[i] = (x | (255 - x) >> 31) & 255;
      t[i + STEP] = (y | (255 - y) >> 31) & 255;
    }
  }

  /** Packs the eight samples of a row into the first two places. */
  private static void pack8(int[] t, int base, int blocks) {
    for (int b = 0; b < blocks; b++) {
      int i = base + b;
      t[i] = t[i] | t[i + 2 * STEP] << 8 | t[i + 4 * STEP] << 16 | t[i + 6 * STEP] << 24;
    }
    for (int b = 0; b < blocks; b++) {
      int i = base + b;
      t[i + STEP] =
          t[i + 7 * STEP] | t[i + 5 * STEP] << 8 | t[i + 3 * STEP] << 16 | t[i + STEP] << 24;
    }
  }

  private static void store8(int[] t, int base, int blocks, byte[] out, int at) {
    for (int b = 0; b < blocks; b++) {
      long low = t[base + b] & 0xffffffffL;
      LONG.set(out, at + 8 * b, low | (long) t[base + STEP + b] << 32);
    }
  }

  private static void columns4(int[] t, int base, int blocks) {
    for (int b = 0; b < blocks; b++) {
      int i = base + b;
      int d0 = (t[i] << BITS) + FIRST_ROUND;
      int d2 = t[i + 8 * STEP] << BITS;
      t[i] = d0 + d2;
      t[i + 8 * STEP] = d0 - d2;
    }
    for (int b = 0; b < blocks; b++) {
      int i = base + b;
      int d1 = t[i + 4 * STEP];
      int d3 = t[i + 12 * STEP];
      int z = (d1 + d3) * C_0_541;
      t[i + 4 * STEP] = z + d1 * C_0_765;
      t[i + 12 * STEP] = z - d3 * C_1_847;
    }
  }

  private static void rows4(int[] t, int base, int blocks) {
    for (int b = 0; b < blocks; b++) {
      int i = base + b;
      int d0 = (t[i] << BITS) + LAST_ROUND;
      int d2 = t[i + 2 * STEP] << BITS;
      t[i] = d0 + d2;
      t[i + 2 * STEP] = d0 - d2;
    }
    for (int b = 0; b < blocks; b++) {
      int i = base + b;
      int d1 = t[i + STEP];
      int d3 = t[i + 3 * STEP];
      int z = (d1 + d3) * C_0_541;
      t[i + STEP] = z + d1 * C_0_765;
      t[i + 3 * STEP] = z - d3 * C_1_847;
    }
  }

  private static void joinColumns4(int[] t, int base, int blocks) {
    for (int b = 0; b < blocks; b++) {
      int i = base + b;
      int even = t[i];
      int odd = t[i + 4 * STEP];
      t[i] = (even + odd) >> FIRST_SHIFT;
      t[i + 4 * STEP] = (even - odd) >> FIRST_SHIFT;
    }
  }

  /** Packs the four samples of a row into the first place. */
  private static void pack4(int[] t, int base, int blocks) {
    for (int b = 0; b < blocks; b++) {
      int i = base + b;
      t[i] = t[i] | t[i + 2 * STEP] << 8 | t[i + 3 * STEP] << 16 | t[i + STEP] << 24;
    }
  }

  private static void store4(int[] t, int base, int blocks, byte[] out, int at) {
    for (int b = 0; b < blocks; b++) {
      INT.set(out, at + 4 * b, t[base + b]);
    }
  }

  /** Leaves each block's first row packed in the first place and its second row in the second. */
  private static void both2(int[] t, int base, int blocks) {
    for (int b = 0; b < blocks; b++) {
      int i = base + b;
      int d00 = t[i] + SMALL_ROUND;
      int d01 = t[i + STEP];
      int d10 = t[i + 2 * STEP];
      int d11 = t[i + 3 * STEP];
      int upper0 = d00 + d10;
      int upper1 = d01 + d11;
      int lower0 = d00 - d10;
      int lower1 = d01 - d11;
      int x0 = Math.max(0, Math.min(255, (upper0 + upper1) >> 3));
      int x1 = Math.max(0, Math.min(255, (upper0 - upper1) >> 3));
      int y0 = Math.max(0, Math.min(255, (lower0 + lower1) >> 3));
      int y1 = Math.max(0, Math.min(255, (lower0 - lower1) >> 3));
      t[i] = x0 | x1 << 8;
      t[i + STEP] = y0 | y1 << 8;
    }
  }

  private static void store2(int[] t, int base, int blocks, byte[] out, int at) {
    for (int b = 0; b < blocks; b++) {
      SHORT.set(out, at + 2 * b, (short) t[base + b]);
    }
  }

  private static void store1(int[] t, int base, int blocks, byte[] out, int at) {
    for (int b = 0; b < blocks; b++) {
      out[at + b] = (byte) Math.max(0, Math.min(255, (t[base + b] + SMALL_ROUND) >> 3));
    }
  }
}
