package dev.rendition.local.icc;

/**
 * Colours of light on a logarithmic scale with CIE 1976 u' v' (G. W. Larson, "LogLuv Encoding for
 * Full-Gamut, High-Dynamic Range Images", Journal of Graphics Tools 3, 1998), brought to sRGB:
 * equal amounts of X, Y and Z are neutral, Y = 1 is white, and what is brighter is clipped.
 */
public final class LuvColours {
  /** XYZ relative to the white of equal energy to the primaries of ITU-R BT.709. */
  private static final double[] FROM_XYZ = {
    2.6896552, -1.2758621, -0.4137931,
    -1.0221082, 1.9782866, 0.0438216,
    0.0612245, -0.2244898, 1.1632653
  };

  /** How far apart the colours of the 24-bit kind are, in u' and v'. */
  private static final double CELL = 0.0035;

  private static final double FIRST_V = 0.01694;
  private static final double NEUTRAL_U = 4 / 19.0;
  private static final double NEUTRAL_V = 9 / 19.0;

  /**
   * The rows of colours of the 24-bit kind, from the least v' on: millionths of u' where a row
   * begins, how many colours it has, and how many rows there are of the kind.
   */
  private static final int[] ROWS = {
    247663, 4, 1, 243779, 6, 1, 241684, 7, 1, 237874, 9, 1, 235906, 10, 1, 232153, 12, 1, 228352,
    14, 1, 226259, 15, 1, 222371, 17, 1, 220410, 18, 1, 214710, 21, 1, 212714, 22, 1, 210721, 23, 1,
    204976, 26, 1, 202986, 27, 1, 199245, 29, 1, 195525, 31, 1, 193560, 32, 1, 189878, 34, 1,
    186216, 36, 2, 182592, 38, 1, 179003, 40, 1, 175466, 42, 1, 172001, 44, 2, 168612, 46, 2,
    163575, 49, 1, 158642, 52, 3, 153815, 55, 2, 149097, 58, 2, 142746, 62, 3, 138270, 65, 3,
    132166, 69, 2, 126204, 73, 3, 120381, 77, 4, 112962, 82, 3, 107450, 86, 4, 100343, 91, 3, 95126,
    95, 4, 88276, 100, 4, 81523, 105, 4, 74861, 110, 4, 68290, 115, 4, 63573, 119, 4, 57219, 124, 4,
    50985, 129, 5, 44859, 134, 4, 40571, 138, 4, 36339, 142, 4, 32139, 146, 4, 27947, 150, 3, 23739,
    154, 4, 19504, 158, 3, 16976, 161, 4, 12639, 165, 3, 9991, 168, 3, 9016, 170, 3, 6217, 173, 2,
    5097, 175, 3, 3909, 177, 2, 2340, 177, 1, 2389, 170, 1, 1068, 164, 1, 1653, 157, 1, 717, 150, 1,
    1614, 143, 1, 270, 136, 1, 484, 129, 1, 1103, 123, 1, 1242, 115, 1, 1188, 109, 1, 1011, 103, 1,
    709, 97, 1, 301, 89, 1, 2416, 82, 1, 3251, 76, 1, 3246, 69, 1, 4141, 62, 1, 5963, 55, 1, 8839,
    47, 1, 10490, 40, 1, 16994, 31, 1, 23659, 21, 1
  };

  /** Powers of two from 0.5 / 256 on, each 1 / 256 farther. */
  private static final double[] POWERS = new double[256];

  static {
    for (int i = 0; i < POWERS.length; i++) {
      POWERS[i] = StrictMath.pow(2, (i + 0.5) / 256);
    }
  }

  private LuvColours() {}

  /** Returns the code of sRGB for 16 bits: a sign, and light on the scale. */
  public static byte grey(int code) {
    return SrgbCurve.encode(light(code));
  }

  /**
   * Writes red, green and blue of 32 bits: as {@link #grey}, then 8 bits each of u' and v'.
   *
   * @param planes red, green, blue
   * @param at where to write in each
   */
  public static void toSrgb32(int code, byte[][] planes, int at) {
    double u = ((code >> 8 & 0xff) + 0.5) / 410;
    double v = ((code & 0xff) + 0.5) / 410;
    write(light(code >>> 16), u, v, planes, at);
  }

  /**
   * Writes red, green and blue of 24 bits: 10 of light, 14 for the number of a colour.
   *
   * @param planes red, green, blue
   * @param at where to write in each
   */
  public static void toSrgb24(int code, byte[][] planes, int at) {
    int scale = code >> 14 & 0x3ff;
    double light = scale == 0 ? 0 : Math.scalb(power64(scale), (scale >> 6) - 12);
    int left = code & 0x3fff;
    double v = FIRST_V + CELL / 2;
    for (int row = 0; row < ROWS.length; row += 3) {
      int count = ROWS[row + 1];
      if (left < count * ROWS[row + 2]) {
        double u = ROWS[row] / 1e6 + (left % count + 0.5) * CELL;
        int within = left / count;
        write(light, u, v + within * CELL, planes, at);
        return;
      }
      left -= count * ROWS[row + 2];
      v += ROWS[row + 2] * CELL;
    }
    write(light, NEUTRAL_U, NEUTRAL_V, planes, at);
  }

  private static double power64(int scale) {
    return StrictMath.pow(2, ((scale & 63) + 0.5) / 64);
  }

  private static double light(int code) {
    int scale = code & 0x7fff;
    if (scale == 0 || (code & 0x8000) != 0) {
      return 0;
    }
    return Math.scalb(POWERS[scale & 255], (scale >> 8) - 64);
  }

  private static void write(double light, double u, double v, byte[][] planes, int at) {
    double part = 1 / (6 * u - 16 * v + 12);
    double x = 9 * u * part;
    double y = 4 * v * part;
    double red = x / y * light;
    double blue = (1 - x - y) / y * light;
    for (int c = 0; c < 3; c++) {
      int row = 3 * c;
      planes[c][at] =
          SrgbCurve.encode(
              FROM_XYZ[row] * red + FROM_XYZ[row + 1] * light + FROM_XYZ[row + 2] * blue);
    }
  }
}
