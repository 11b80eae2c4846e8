package dev.rendition.local.icc;

/**
 * The transfer curve of sRGB (IEC 61966-2-1, 5.2) and the way from the profile connection space to
 * sRGB. Tables are made with {@link StrictMath}: the same on every machine.
 */
final class SrgbCurve {
  /** Steps of the table from light to code: fine enough for a quarter of a level near black. */
  private static final int STEPS = 1 << 15;

  private static final byte[] ENCODED = new byte[STEPS + 1];

  static {
    for (int i = 0; i <= STEPS; i++) {
      double light = (double) i / STEPS;
      double v =
          light <= 0.0031308 ? 12.92 * light : 1.055 * StrictMath.pow(light, 1 / 2.4) - 0.055;
      ENCODED[i] = (byte) (int) (v * 255 + 0.5);
    }
  }

  /**
   * XYZ relative to D50 to linear sRGB: the inverse of the matrix that the colorants of the sRGB
   * profile make (IEC 61966-2-1 primaries, adapted from D65 to D50 by the Bradford method of ICC.1
   * annex E).
   */
  static final double[] FROM_XYZ = {
    3.1338561, -1.6168667, -0.4906146,
    -0.9787684, 1.9161415, 0.0334540,
    0.0719453, -0.2289914, 1.4052427
  };

  /** The white of the profile connection space: D50 (ICC.1:2022, 7.2.16). */
  static final double[] D50 = {0.9642, 1.0, 0.8249};

  private SrgbCurve() {}

  /** Returns the code, 0 to 255, of an amount of light; values outside 0 to 1 are clipped. */
  static byte encode(double light) {
    if (!(light > 0)) {
      return 0;
    }
    return ENCODED[light >= 1 ? STEPS : (int) (light * STEPS + 0.5)];
  }

  /** Writes the three codes of a colour of the connection space. */
  static void fromXyz(double x, double y, double z, byte[][] planes, int at) {
    for (int c = 0; c < 3; c++) {
      int row = 3 * c;
      planes[c][at] = encode(FROM_XYZ[row] * x + FROM_XYZ[row + 1] * y + FROM_XYZ[row + 2] * z);
    }
  }
}
