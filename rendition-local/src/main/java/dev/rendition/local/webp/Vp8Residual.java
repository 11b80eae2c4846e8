package dev.rendition.local.webp;

import java.util.Arrays;

/** Reads the coefficients of one macroblock (RFC 6386, section 13). */
final class Vp8Residual {
  /** 16 luma blocks, 4 of Cb, 4 of Cr, then the block of luma averages; 16 values each. */
  final int[] values = new int[25 * 16];

  /** Whether any coefficient was read for the macroblock last read. */
  boolean any;

  private final Vp8Header header;
  private final byte[] above;
  private final byte[] left = new byte[9];
  private final int[] scratch = new int[16];

  Vp8Residual(Vp8Header header, int columns) {
    this.header = header;
    this.above = new byte[9 * columns];
  }

  void startRow() {
    Arrays.fill(left, (byte) 0);
  }

  /** Notes a macroblock without coefficients. */
  void skip(int column, boolean withAverages) {
    Arrays.fill(values, 0);
    any = false;
    int kept = withAverages ? 9 : 8;
    Arrays.fill(above, 9 * column, 9 * column + kept, (byte) 0);
    Arrays.fill(left, 0, kept, (byte) 0);
  }

  /** Reads a macroblock; with averages, the luma blocks take their first value from them. */
  void read(BoolDecoder in, int column, int segment, boolean withAverages) {
    Arrays.fill(values, 0);
    any = false;
    int up = 9 * column;
    int[] steps = header.steps[segment];
    int first = 0;
    int type = 3;
    if (withAverages) {
      byte found = block(in, 1, above[up + 8] + left[8], 0, 384, steps[2], steps[3]);
      above[up + 8] = found;
      left[8] = found;
      averages();
      first = 1;
      type = 0;
    }
    for (int b = 0; b < 16; b++) {
      int x = up + (b & 3);
      int y = b >> 2;
      byte found = block(in, type, above[x] + left[y], first, 16 * b, steps[0], steps[1]);
      above[x] = found;
      left[y] = found;
    }
    for (int b = 16; b < 24; b++) {
      int plane = b < 20 ? 4 : 6;
      int x = up + plane + (b & 1);
      int y = plane + (b >> 1 & 1);
      byte found = block(in, 2, above[x] + left[y], 0, 16 * b, steps[4], steps[5]);
      above[x] = found;
      left[y] = found;
    }
  }

  /** Returns 1 if the block holds any coefficient, else 0. */
  private byte block(
      BoolDecoder in, int type, int context, int first, int at, int dcStep, int acStep) {
    int[] p = header.coefficients;
    int n = first;
    int i = Vp8Tables.index(type, Vp8Tables.BANDS[n], context);
    if (in.bit(p[i]) == 0) {
      return 0;
    }
    any = true;
    while (true) {
      while (in.bit(p[i + 1]) == 0) {
        if (++n == 16) {
          return 1;
        }
        i = Vp8Tables.index(type, Vp8Tables.BANDS[n], 0);
      }
      int v = 1;
      int next = 1;
      if (in.bit(p[i + 2]) != 0) {
        v = large(in, i);
        next = 2;
      }
      if (in.flag()) {
        v = -v;
      }
      values[at + Vp8Tables.ZIGZAG[n]] = v * (n == 0 ? dcStep : acStep);
      if (++n == 16) {
        return 1;
      }
      i = Vp8Tables.index(type, Vp8Tables.BANDS[n], next);
      if (in.bit(p[i]) == 0) {
        return 1;
      }
    }
  }

  private int large(BoolDecoder in, int i) {
    int[] p = header.coefficients;
    if (in.bit(p[i + 3]) == 0) {
      return in.bit(p[i + 4]) == 0 ? 2 : 3 + in.bit(p[i + 5]);
    }
    if (in.bit(p[i + 6]) == 0) {
      if (in.bit(p[i + 7]) == 0) {
        return 5 + in.bit(159);
      }
      int high = in.bit(165);
      return 7 + 2 * high + in.bit(145);
    }
    int high = in.bit(p[i + 8]);
    int category = 2 * high + in.bit(p[i + 9 + high]);
    int extra = 0;
    for (int probability : Vp8Tables.CATEGORIES[category]) {
      extra = 2 * extra + in.bit(probability);
    }
    return 3 + (8 << category) + extra;
  }

  /** The inverse Walsh-Hadamard transform (RFC 6386, 14.3). */
  private void averages() {
    int[] c = values;
    int[] t = scratch;
    for (int i = 0; i < 4; i++) {
      int a = c[384 + i] + c[396 + i];
      int b = c[388 + i] + c[392 + i];
      int d = c[388 + i] - c[392 + i];
      int e = c[384 + i] - c[396 + i];
      t[i] = a + b;
      t[4 + i] = d + e;
      t[8 + i] = a - b;
      t[12 + i] = e - d;
    }
    for (int i = 0; i < 4; i++) {
      int r = 4 * i;
      int a = t[r] + t[r + 3];
      int b = t[r + 1] + t[r + 2];
      int d = t[r + 1] - t[r + 2];
      int e = t[r] - t[r + 3];
      c[16 * r] = a + b + 3 >> 3;
      c[16 * (r + 1)] = d + e + 3 >> 3;
      c[16 * (r + 2)] = a - b + 3 >> 3;
      c[16 * (r + 3)] = e - d + 3 >> 3;
    }
  }
}
