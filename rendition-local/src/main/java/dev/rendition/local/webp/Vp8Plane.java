package dev.rendition.local.webp;

import java.util.Arrays;

/** The samples of one plane with the borders that prediction needs (RFC 6386, 12.2 and 12.3). */
final class Vp8Plane {
  final int stride;
  final byte[] samples;
  private final int[] scratch = new int[16];

  /** Index of the sample in the first column and row. */
  final int origin;

  Vp8Plane(int width, int height) {
    stride = width + 8;
    origin = stride + 4;
    samples = new byte[Math.multiplyExact(stride, height + 1)];
    Arrays.fill(samples, 0, stride, (byte) 127);
    for (int y = 0; y < height; y++) {
      samples[origin + y * stride - 1] = (byte) 129;
    }
  }

  private int get(int at) {
    return samples[at] & 0xff;
  }

  static byte clamp(int v) {
    return (byte) (v < 0 ? 0 : Math.min(255, v));
  }

  /**
   * Predicts a square block as a whole.
   *
   * @param mode 0 average, 1 from above, 2 from the left, 3 true motion
   */
  void predict(int at, int size, int mode, boolean hasAbove, boolean hasLeft) {
    int up = at - stride;
    switch (mode) {
      case 0 -> fill(at, size, average(at, size, hasAbove, hasLeft));
      case 1 -> {
        for (int y = 0; y < size; y++) {
          System.arraycopy(samples, up, samples, at + y * stride, size);
        }
      }
      case 2 -> {
        for (int y = 0; y < size; y++) {
          int row = at + y * stride;
          Arrays.fill(samples, row, row + size, samples[row - 1]);
        }
      }
      default -> trueMotion(at, size);
    }
  }

  private void fill(int at, int size, int value) {
    for (int y = 0; y < size; y++) {
      Arrays.fill(samples, at + y * stride, at + y * stride + size, (byte) value);
    }
  }

  private int average(int at, int size, boolean hasAbove, boolean hasLeft) {
    int sum = 0;
    for (int i = 0; i < size; i++) {
      sum += hasAbove ? get(at - stride + i) : 0;
      sum += hasLeft ? get(at + i * stride - 1) : 0;
    }
    int count = (hasAbove ? size : 0) + (hasLeft ? size : 0);
    return count == 0 ? 128 : (sum + count / 2) / count;
  }

  private void trueMotion(int at, int size) {
    int up = at - stride;
    int corner = get(up - 1);
    for (int y = 0; y < size; y++) {
      int row = at + y * stride;
      int base = get(row - 1) - corner;
      for (int x = 0; x < size; x++) {
        samples[row + x] = clamp(base + get(up + x));
      }
    }
  }

  /**
   * Predicts a block of 4 x 4 (RFC 6386, 12.3).
   *
   * @param edge scratch: takes the 13 samples around the block, from the lower left to the upper
   *     right; the last four are given by the caller
   */
  void predictBlock(int at, int mode, int[] edge) {
    for (int i = 0; i < 4; i++) {
      edge[i] = get(at + (3 - i) * stride - 1);
      edge[5 + i] = get(at - stride + i);
    }
    edge[4] = get(at - stride - 1);
    switch (mode) {
      case 0 -> {
        int sum = 4;
        for (int i = 0; i < 4; i++) {
          sum += edge[i] + edge[5 + i];
        }
        fill(at, 4, sum >> 3);
      }
      case 1 -> trueMotion(at, 4);
      case 2 -> {
        for (int x = 0; x < 4; x++) {
          column(at + x, three(edge, 5 + x));
        }
      }
      case 3 -> {
        for (int y = 0; y < 3; y++) {
          Arrays.fill(samples, at + y * stride, at + y * stride + 4, (byte) three(edge, 3 - y));
        }
        byte last = (byte) (edge[1] + 3 * edge[0] + 2 >> 2);
        Arrays.fill(samples, at + 3 * stride, at + 3 * stride + 4, last);
      }
      case 4 -> leftDown(at, edge);
      case 5 -> {
        for (int i = 0; i < 7; i++) {
          diagonal(at, i, three(edge, 1 + i));
        }
      }
      case 6 -> verticalRight(at, edge);
      case 7 -> verticalLeft(at, edge);
      case 8 -> horizontalDown(at, edge);
      default -> horizontalUp(at, edge);
    }
  }

  private static int three(int[] e, int i) {
    return e[i - 1] + 2 * e[i] + e[i + 1] + 2 >> 2;
  }

  private static int two(int[] e, int i) {
    return e[i] + e[i + 1] + 1 >> 1;
  }

  private void set(int at, int x, int y, int value) {
    samples[at + y * stride + x] = (byte) value;
  }

  private void column(int at, int value) {
    for (int y = 0; y < 4; y++) {
      set(at, 0, y, value);
    }
  }

  /** Sets the diagonal {@code x - y + 3 == n}. */
  private void diagonal(int at, int n, int value) {
    for (int x = Math.max(0, n - 3); x <= Math.min(3, n); x++) {
      set(at, x, x + 3 - n, value);
    }
  }

  private void leftDown(int at, int[] e) {
    for (int n = 0; n < 7; n++) {
      int value = n == 6 ? e[11] + 3 * e[12] + 2 >> 2 : three(e, 6 + n);
      for (int x = Math.max(0, n - 3); x <= Math.min(3, n); x++) {
        set(at, x, n - x, value);
      }
    }
  }

  private void verticalRight(int at, int[] e) {
    set(at, 0, 3, three(e, 2));
    set(at, 0, 2, three(e, 3));
    for (int x = 0; x < 4; x++) {
      int odd = three(e, 4 + x);
      int even = two(e, 4 + x);
      set(at, x, 1, odd);
      set(at, x, 0, even);
      if (x < 3) {
        set(at, x + 1, 3, odd);
        set(at, x + 1, 2, even);
      }
    }
  }

  private void verticalLeft(int at, int[] e) {
    for (int x = 0; x < 4; x++) {
      set(at, x, 0, two(e, 5 + x));
      set(at, x, 1, three(e, 6 + x));
    }
    for (int x = 0; x < 3; x++) {
      set(at, x, 2, two(e, 6 + x));
      set(at, x, 3, three(e, 7 + x));
    }
    set(at, 3, 2, three(e, 10));
    set(at, 3, 3, three(e, 11));
  }

  private void horizontalDown(int at, int[] e) {
    for (int y = 0; y < 4; y++) {
      int even = two(e, 3 - y);
      int odd = three(e, 4 - y);
      set(at, 0, y, even);
      set(at, 1, y, odd);
      if (y < 3) {
        set(at, 2, y + 1, even);
        set(at, 3, y + 1, odd);
      }
    }
    set(at, 2, 0, three(e, 5));
    set(at, 3, 0, three(e, 6));
  }

  private void horizontalUp(int at, int[] e) {
    int[] down = {e[3], e[2], e[1], e[0], e[0], e[0], e[0]};
    for (int y = 0; y < 4; y++) {
      for (int x = 0; x < 4; x++) {
        int i = y + x / 2;
        int value =
            i >= 3
                ? e[0]
                : (x & 1) == 0
                    ? down[i] + down[i + 1] + 1 >> 1
                    : down[i] + 2 * down[i + 1] + down[i + 2] + 2 >> 2;
        set(at, x, y, value);
      }
    }
  }

  /** Adds the inverse transform of 16 coefficients (RFC 6386, 14.3 and 14.5). */
  void add(int at, int[] c, int from) {
    boolean flat = true;
    for (int i = 1; i < 16; i++) {
      flat &= c[from + i] == 0;
    }
    if (flat) {
      int dc = c[from] + 4 >> 3;
      for (int y = 0; dc != 0 && y < 4; y++) {
        for (int x = 0; x < 4; x++) {
          int i = at + y * stride + x;
          samples[i] = clamp(get(i) + dc);
        }
      }
      return;
    }
    int[] t = scratch;
    for (int i = 0; i < 4; i++) {
      int a = c[from + i] + c[from + 8 + i];
      int b = c[from + i] - c[from + 8 + i];
      int d = sine(c[from + 4 + i]) - cosine(c[from + 12 + i]);
      int e = cosine(c[from + 4 + i]) + sine(c[from + 12 + i]);
      t[i] = a + e;
      t[4 + i] = b + d;
      t[8 + i] = b - d;
      t[12 + i] = a - e;
    }
    for (int y = 0; y < 4; y++) {
      int r = 4 * y;
      int a = t[r] + t[r + 2] + 4;
      int b = t[r] - t[r + 2] + 4;
      int d = sine(t[r + 1]) - cosine(t[r + 3]);
      int e = cosine(t[r + 1]) + sine(t[r + 3]);
      int row = at + y * stride;
      samples[row] = clamp(get(row) + (a + e >> 3));
      samples[row + 1] = clamp(get(row + 1) + (b + d >> 3));
      samples[row + 2] = clamp(get(row + 2) + (b - d >> 3));
      samples[row + 3] = clamp(get(row + 3) + (a - e >> 3));
    }
  }

  /** Multiplies by sqrt(2) * cos(pi / 8). */
  private static int cosine(int v) {
    return v + (v * 20_091 >> 16);
  }

  /** Multiplies by sqrt(2) * sin(pi / 8). */
  private static int sine(int v) {
    return v * 35_468 >> 16;
  }
}
