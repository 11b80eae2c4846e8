package dev.rendition.local.webp;

/**
 * Turns planes of Y, Cb and Cr at half the size into RGB: chroma is interpolated with the weights
 * 9, 3, 3, 1; colours are ITU-R BT.601 of limited range (RFC 6386, 9.2), in 14 fraction bits.
 */
final class Vp8Colours {
  private static final int HALF = 1 << 13;

  private final Vp8Plane[] planes;
  private final int width;
  private final int height;

  Vp8Colours(Vp8Plane[] planes, int width, int height) {
    this.planes = planes;
    this.width = width;
    this.height = height;
  }

  void convert(byte[] red, byte[] green, byte[] blue) {
    Vp8Plane luma = planes[0];
    int[] cb = new int[width];
    int[] cr = new int[width];
    for (int y = 0, at = 0; y < height; y++) {
      chroma(planes[1], y, cb);
      chroma(planes[2], y, cr);
      int row = luma.origin + y * luma.stride;
      for (int x = 0; x < width; x++, at++) {
        int l = 19_077 * ((luma.samples[row + x] & 0xff) - 16) + HALF;
        int u = cb[x] - 128;
        int v = cr[x] - 128;
        red[at] = Vp8Plane.clamp(l + 26_149 * v >> 14);
        green[at] = Vp8Plane.clamp(l - 6_419 * u - 13_320 * v >> 14);
        blue[at] = Vp8Plane.clamp(l + 33_050 * u >> 14);
      }
    }
  }

  private void chroma(Vp8Plane plane, int y, int[] into) {
    int lastRow = (height + 1) / 2 - 1;
    int lastColumn = (width + 1) / 2 - 1;
    int near = y >> 1;
    int far = Math.max(0, Math.min(lastRow, (y & 1) == 0 ? near - 1 : near + 1));
    int nearRow = plane.origin + near * plane.stride;
    int farRow = plane.origin + far * plane.stride;
    byte[] s = plane.samples;
    for (int x = 0; x < width; x++) {
      int here = x >> 1;
      int next = Math.max(0, Math.min(lastColumn, (x & 1) == 0 ? here - 1 : here + 1));
      int sum =
          9 * (s[nearRow + here] & 0xff)
              + 3 * (s[nearRow + next] & 0xff)
              + 3 * (s[farRow + here] & 0xff)
              + (s[farRow + next] & 0xff);
      into[x] = sum + 8 >> 4;
    }
  }
}
