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
   * @param out takes {@code side} rows of {@code side * blocks} samples
   * @param at where the first sample goes
   * @param stride the distance from row to row
   */
  static void transform(
      int side, int[] tile, int base, int blocks, byte[] out, int at, int stride) {
    switch (side) {
      case 8 -> {
        for (int column = 0; column < 8; column++) {
          columns8(tile, base + column * STEP, blocks);
        }
        for (int row = 0; row < 8; row++) {
          rows8(tile, base + row * 8 * STEP, blocks);
          store8(tile, base + row * 8 * STEP, blocks, out, at + row * stride);
        }
      }
      case 4 -> {
        for (int column = 0; column < 4; column++) {
          columns4(tile, base + column * STEP, blocks);
        }
        for (int row = 0; row < 4; row++) {
          rows4(tile, base + row * 4 * STEP, blocks);
          store4(tile, base + row * 4 * STEP, blocks, out, at + row * stride);
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

  private static void columns8(int[] t, int base, int blocks) {
    for (int b = 0; b < blocks; b++) {
      int i = base + b;
      int d2 = t[i + 16 * STEP];
      int d6 = t[i + 48 * STEP];
      int z = (d2 + d6) * C_0_541;
      int e2 = z - d6 * C_1_847;
      int e3 = z + d2 * C_0_765;
      int d0 = t[i];
      int d4 = t[i + 32 * STEP];
      int s0 = ((d0 + d4) << BITS) + FIRST_ROUND;
      int s1 = ((d0 - d4) << BITS) + FIRST_ROUND;
      int a0 = s0 + e3;
      int a3 = s0 - e3;
      int a1 = s1 + e2;
      int a2 = s1 - e2;

      int d1 = t[i + 8 * STEP];
      int d3 = t[i + 24 * STEP];
      int d5 = t[i + 40 * STEP];
      int d7 = t[i + 56 * STEP];
      int z5 = (d7 + d3 + d5 + d1) * C_1_175;
      int z3 = z5 - (d7 + d3) * C_1_961;
      int z4 = z5 - (d5 + d1) * C_0_390;
      int z1 = (d7 + d1) * C_0_899;
      int z2 = (d5 + d3) * C_2_562;
      int o0 = d7 * C_0_298 - z1 + z3;
      int o1 = d5 * C_2_053 - z2 + z4;
      int o2 = d3 * C_3_072 - z2 + z3;
      int o3 = d1 * C_1_501 - z1 + z4;

      t[i] = (a0 + o3) >> FIRST_SHIFT;
      t[i + 8 * STEP] = (a1 + o2) >> FIRST_SHIFT;
      t[i + 16 * STEP] = (a2 + o1) >> FIRST_SHIFT;
      t[i + 24 * STEP] = (a3 + o0) >> FIRST_SHIFT;
      t[i + 32 * STEP] = (a3 - o0) >> FIRST_SHIFT;
      t[i + 40 * STEP] = (a2 - o1) >> FIRST_SHIFT;
      t[i + 48 * STEP] = (a1 - o2) >> FIRST_SHIFT;
      t[i + 56 * STEP] = (a0 - o3) >> FIRST_SHIFT;
    }
  }

  /** Leaves the eight samples of each block packed in the first two coefficients' places. */
  private static void rows8(int[] t, int base, int blocks) {
    for (int b = 0; b < blocks; b++) {
      int i = base + b;
      int d2 = t[i + 2 * STEP];
      int d6 = t[i + 6 * STEP];
      int z = (d2 + d6) * C_0_541;
      int e2 = z - d6 * C_1_847;
      int e3 = z + d2 * C_0_765;
      int d0 = t[i];
      int d4 = t[i + 4 * STEP];
      int s0 = ((d0 + d4) << BITS) + LAST_ROUND;
      int s1 = ((d0 - d4) << BITS) + LAST_ROUND;
      int a0 = s0 + e3;
      int a3 = s0 - e3;
      int a1 = s1 + e2;
      int a2 = s1 - e2;

      int d1 = t[i + STEP];
      int d3 = t[i + 3 * STEP];
      int d5 = t[i + 5 * STEP];
      int d7 = t[i + 7 * STEP];
      int z5 = (d7 + d3 + d5 + d1) * C_1_175;
      int z3 = z5 - (d7 + d3) * C_1_961;
      int z4 = z5 - (d5 + d1) * C_0_390;
      int z1 = (d7 + d1) * C_0_899;
      int z2 = (d5 + d3) * C_2_562;
      int o0 = d7 * C_0_298 - z1 + z3;
      int o1 = d5 * C_2_053 - z2 + z4;
      int o2 = d3 * C_3_072 - z2 + z3;
      int o3 = d1 * C_1_501 - z1 + z4;

      int x0 = Math.max(0, Math.min(255, (a0 + o3) >> LAST_SHIFT));
      int x1 = Math.max(0, Math.min(255, (a1 + o2) >> LAST_SHIFT));
      int x2 = Math.max(0, Math.min(255, (a2 + o1) >> LAST_SHIFT));
      int x3 = Math.max(0, Math.min(255, (a3 + o0) >> LAST_SHIFT));
      int x4 = Math.max(0, Math.min(255, (a3 - o0) >> LAST_SHIFT));
      int x5 = Math.max(0, Math.min(255, (a2 - o1) >> LAST_SHIFT));
      int x6 = Math.max(0, Math.min(255, (a1 - o2) >> LAST_SHIFT));
      int x7 = Math.max(0, Math.min(255, (a0 - o3) >> LAST_SHIFT));
      t[i] = x0 | x1 << 8 | x2 << 16 | x3 << 24;
      t[i + STEP] = x4 | x5 << 8 | x6 << 16 | x7 << 24;
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
      int d0 = t[i];
      int d1 = t[i + 4 * STEP];
      int d2 = t[i + 8 * STEP];
      int d3 = t[i + 12 * STEP];
      int z = (d1 + d3) * C_0_541;
      int o0 = z + d1 * C_0_765;
      int o1 = z - d3 * C_1_847;
      int e0 = ((d0 + d2) << BITS) + FIRST_ROUND;
      int e1 = ((d0 - d2) << BITS) + FIRST_ROUND;
      t[i] = (e0 + o0) >> FIRST_SHIFT;
      t[i + 4 * STEP] = (e1 + o1) >> FIRST_SHIFT;
      t[i + 8 * STEP] = (e1 - o1) >> FIRST_SHIFT;
      t[i + 12 * STEP] = (e0 - o0) >> FIRST_SHIFT;
    }
  }

  private static void rows4(int[] t, int base, int blocks) {
    for (int b = 0; b < blocks; b++) {
      int i = base + b;
      int d0 = t[i];
      int d1 = t[i + STEP];
      int d2 = t[i + 2 * STEP];
      int d3 = t[i + 3 * STEP];
      int z = (d1 + d3) * C_0_541;
      int o0 = z + d1 * C_0_765;
      int o1 = z - d3 * C_1_847;
      int e0 = ((d0 + d2) << BITS) + LAST_ROUND;
      int e1 = ((d0 - d2) << BITS) + LAST_ROUND;
      int x0 = Math.max(0, Math.min(255, (e0 + o0) >> LAST_SHIFT));
      int x1 = Math.max(0, Math.min(255, (e1 + o1) >> LAST_SHIFT));
      int x2 = Math.max(0, Math.min(255, (e1 - o1) >> LAST_SHIFT));
      int x3 = Math.max(0, Math.min(255, (e0 - o0) >> LAST_SHIFT));
      t[i] = x0 | x1 << 8 | x2 << 16 | x3 << 24;
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
