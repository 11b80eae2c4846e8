package dev.rendition.local.webp;

/** The loop filter over a whole frame (RFC 6386, section 15). */
final class Vp8Filter {
  private final boolean simple;
  private final int sharpness;

  Vp8Filter(boolean simple, int sharpness) {
    this.simple = simple;
    this.sharpness = sharpness;
  }

  /**
   * Filters the edges of one macroblock; macroblocks come row by row.
   *
   * @param planes Y, Cb, Cr
   * @param level 0 to 63; 0 does nothing
   * @param inner whether the edges between the blocks of 4 x 4 are filtered too
   */
  void apply(Vp8Plane[] planes, int column, int row, int level, boolean inner) {
    if (level == 0) {
      return;
    }
    int interior = interior(level);
    int variance = level >= 40 ? 2 : level >= 15 ? 1 : 0;
    for (int p = 0; p < (simple ? 1 : 3); p++) {
      Vp8Plane plane = planes[p];
      int size = p == 0 ? 16 : 8;
      int at = plane.origin + row * size * plane.stride + column * size;
      for (int direction = 0; direction < 2; direction++) {
        boolean vertical = direction == 0;
        int along = vertical ? plane.stride : 1;
        int across = vertical ? 1 : plane.stride;
        if (vertical ? column > 0 : row > 0) {
          int limit = 2 * (level + 2) + interior;
          edge(plane.samples, at, size, along, across, limit, interior, variance, true);
        }
        for (int i = 4; inner && i < size; i += 4) {
          int limit = 2 * level + interior;
          int start = at + i * across;
          edge(plane.samples, start, size, along, across, limit, interior, variance, false);
        }
      }
    }
  }

  private int interior(int level) {
    int interior = level;
    if (sharpness > 0) {
      interior >>= sharpness > 4 ? 2 : 1;
      interior = Math.min(interior, 9 - sharpness);
    }
    return Math.max(1, interior);
  }

  private void edge(
      byte[] s,
      int start,
      int size,
      int along,
      int across,
      int limit,
      int interior,
      int variance,
      boolean outer) {
    for (int n = 0, at = start; n < size; n++, at += along) {
      int p1 = s[at - 2 * across] & 0xff;
      int p0 = s[at - across] & 0xff;
      int q0 = s[at] & 0xff;
      int q1 = s[at + across] & 0xff;
      if (2 * Math.abs(p0 - q0) + (Math.abs(p1 - q1) >> 1) > limit) {
        continue;
      }
      if (simple) {
        two(s, at, across, p1, p0, q0, q1);
        continue;
      }
      int p3 = s[at - 4 * across] & 0xff;
      int p2 = s[at - 3 * across] & 0xff;
      int q2 = s[at + 2 * across] & 0xff;
      int q3 = s[at + 3 * across] & 0xff;
      if (Math.abs(p3 - p2) > interior
          || Math.abs(p2 - p1) > interior
          || Math.abs(p1 - p0) > interior
          || Math.abs(q3 - q2) > interior
          || Math.abs(q2 - q1) > interior
          || Math.abs(q1 - q0) > interior) {
        continue;
      }
      if (Math.abs(p1 - p0) > variance || Math.abs(q1 - q0) > variance) {
        two(s, at, across, p1, p0, q0, q1);
      } else if (outer) {
        six(s, at, across, p2, p1, p0, q0, q1, q2);
      } else {
        four(s, at, across, p1, p0, q0, q1);
      }
    }
  }

  private static void two(byte[] s, int at, int across, int p1, int p0, int q0, int q1) {
    int a = limit(limit(p1 - q1) + 3 * (q0 - p0));
    s[at] = Vp8Plane.clamp(q0 - (limit(a + 4) >> 3));
    s[at - across] = Vp8Plane.clamp(p0 + (limit(a + 3) >> 3));
  }

  private static void four(byte[] s, int at, int across, int p1, int p0, int q0, int q1) {
    int a = limit(3 * (q0 - p0));
    int q = limit(a + 4) >> 3;
    s[at] = Vp8Plane.clamp(q0 - q);
    s[at - across] = Vp8Plane.clamp(p0 + (limit(a + 3) >> 3));
    int outer = q + 1 >> 1;
    s[at + across] = Vp8Plane.clamp(q1 - outer);
    s[at - 2 * across] = Vp8Plane.clamp(p1 + outer);
  }

  private static void six(
      byte[] s, int at, int across, int p2, int p1, int p0, int q0, int q1, int q2) {
    int w = limit(limit(p1 - q1) + 3 * (q0 - p0));
    int a = 27 * w + 63 >> 7;
    s[at] = Vp8Plane.clamp(q0 - a);
    s[at - across] = Vp8Plane.clamp(p0 + a);
    a = 18 * w + 63 >> 7;
    s[at + across] = Vp8Plane.clamp(q1 - a);
    s[at - 2 * across] = Vp8Plane.clamp(p1 + a);
    a = 9 * w + 63 >> 7;
    s[at + 2 * across] = Vp8Plane.clamp(q2 - a);
    s[at - 3 * across] = Vp8Plane.clamp(p2 + a);
  }

  private static int limit(int v) {
    return Math.max(-128, Math.min(127, v));
  }
}
