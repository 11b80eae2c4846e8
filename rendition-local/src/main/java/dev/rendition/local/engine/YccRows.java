package dev.rendition.local.engine;

import dev.rendition.local.raster.Plane;

/**
 * The arithmetic of JFIF 1.02, "Conversion to and from RGB", in 16-bit fixed point. Half-size
 * colour differences are taken from the mean of two by two pixels, those of an odd edge from what
 * there is.
 */
final class YccRows {
  private static final int HALF = 1 << 15;
  private static final int Y_R = 19_595;
  private static final int Y_G = 38_470;
  private static final int Y_B = 7_471;
  private static final int CB_R = -11_059;
  private static final int CB_G = -21_709;
  private static final int CB_B = 32_768;
  private static final int CR_R = 32_768;
  private static final int CR_G = -27_439;
  private static final int CR_B = -5_329;

  private YccRows() {}

  static void full(Picture rgb, Plane y, Plane cb, Plane cr) {
    luma(rgb, y);
    byte[] r = rgb.planes().get(0).samples();
    byte[] g = rgb.planes().get(1).samples();
    byte[] b = rgb.planes().get(2).samples();
    byte[] blue = cb.samples();
    byte[] red = cr.samples();
    int count = rgb.width() * rgb.height();
    for (int i = 0; i < count; i++) {
      int rr = r[i] & 0xff;
      int gg = g[i] & 0xff;
      int bb = b[i] & 0xff;
      blue[i] = difference(CB_R * rr + CB_G * gg + CB_B * bb, 0);
      red[i] = difference(CR_R * rr + CR_G * gg + CR_B * bb, 0);
    }
  }

  static void half(Picture rgb, Plane y, Plane cb, Plane cr) {
    luma(rgb, y);
    byte[] r = rgb.planes().get(0).samples();
    byte[] g = rgb.planes().get(1).samples();
    byte[] b = rgb.planes().get(2).samples();
    int width = rgb.width();
    int height = rgb.height();
    for (int row = 0; row < cb.height(); row++) {
      int upper = 2 * row * width;
      int lower = Math.min(2 * row + 1, height - 1) * width;
      for (int column = 0; column < cb.width(); column++) {
        int left = 2 * column;
        int right = Math.min(left + 1, width - 1);
        int rr = four(r, upper, lower, left, right);
        int gg = four(g, upper, lower, left, right);
        int bb = four(b, upper, lower, left, right);
        int at = row * cb.width() + column;
        cb.samples()[at] = difference(CB_R * rr + CB_G * gg + CB_B * bb, 2);
        cr.samples()[at] = difference(CR_R * rr + CR_G * gg + CR_B * bb, 2);
      }
    }
  }

  static void luma(Picture rgb, Plane y) {
    byte[] r = rgb.planes().get(0).samples();
    byte[] g = rgb.planes().get(1).samples();
    byte[] b = rgb.planes().get(2).samples();
    byte[] luma = y.samples();
    int count = rgb.width() * rgb.height();
    for (int i = 0; i < count; i++) {
      luma[i] =
          (byte) ((Y_R * (r[i] & 0xff) + Y_G * (g[i] & 0xff) + Y_B * (b[i] & 0xff) + HALF) >> 16);
    }
  }

  private static int four(byte[] samples, int upper, int lower, int left, int right) {
    return (samples[upper + left] & 0xff)
        + (samples[upper + right] & 0xff)
        + (samples[lower + left] & 0xff)
        + (samples[lower + right] & 0xff);
  }

  /** Returns a colour difference of a sum over 2^bits pixels, around 128. */
  private static byte difference(int sum, int bits) {
    int value = (sum + (128 << (16 + bits)) + (HALF << bits) - 1) >> (16 + bits);
    return (byte) Math.max(0, Math.min(255, value));
  }
}
