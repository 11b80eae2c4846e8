package dev.rendition.local.icc;

/** CIE L*a*b* relative to D50 (CIE 15, 8.2.1; ICC.1:2022, 6.3.4). */
public final class LabColours {
  private LabColours() {}

  /**
   * Replaces L, a, b by red, green, blue of sRGB.
   *
   * @param first L as 0 to 255 for 0 to 100; then red
   * @param second a plus 128; then green
   * @param third b plus 128; then blue
   */
  public static void toSrgb(byte[] first, byte[] second, byte[] third) {
    byte[][] planes = {first, second, third};
    double[] xyz = new double[3];
    for (int i = 0; i < first.length; i++) {
      toXyz(
          (first[i] & 0xff) * (100 / 255.0),
          (second[i] & 0xff) - 128,
          (third[i] & 0xff) - 128,
          xyz);
      SrgbCurve.fromXyz(xyz[0], xyz[1], xyz[2], planes, i);
    }
  }

  static void toXyz(double l, double a, double b, double[] xyz) {
    double y = (l + 16) / 116;
    xyz[0] = SrgbCurve.D50[0] * cube(y + a / 500);
    xyz[1] = SrgbCurve.D50[1] * cube(y);
    xyz[2] = SrgbCurve.D50[2] * cube(y - b / 200);
  }

  private static double cube(double t) {
    double edge = 6.0 / 29;
    return t > edge ? t * t * t : 3 * edge * edge * (t - 4.0 / 29);
  }
}
