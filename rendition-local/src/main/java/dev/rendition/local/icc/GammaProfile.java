package dev.rendition.local.icc;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Writes an ICC profile of a tone curve and a colour space given as numbers, as the chunks {@code
 * gAMA} and {@code cHRM} of a PNG give them (PNG 3rd edition, 11.3.2.1 and 11.3.2.2). Safe for use
 * by many threads.
 */
public final class GammaProfile {
  /** D50 as profiles have it (ICC.1:2022, 7.2.16). */
  private static final double[] D50 = {0.9642, 1, 0.8249};

  /** From XYZ to the cone responses of Bradford (ICC.1:2022, annex E). */
  private static final double[] BRADFORD = {
    0.8951, 0.2664, -0.1614, -0.7502, 1.7135, 0.0367, 0.0389, -0.0685, 1.0296
  };

  private static final int[] SRGB = {31_270, 32_900, 64_000, 33_000, 30_000, 60_000, 15_000, 6_000};

  private static final int HEADER = 128;
  private static final int TAG = 20;

  private GammaProfile() {}

  /**
   * Returns a profile of such colours.
   *
   * @param gamma the exponent of encoding × 100,000, such as 45,455 for 1/2.2
   * @param points x and y of white, red, green and blue (CIE 1931), × 100,000
   * @param grey true for a profile of one channel, which has the tone curve alone
   * @return nothing if they are those of sRGB, as writers give them to readers that do not know
   *     sRGB, or if there are no such colours
   */
  public static Optional<byte[]> of(long gamma, long[] points, boolean grey) {
    if (gamma < 1_000 || gamma > 10_000_000 || isSrgb(gamma, points)) {
      return Optional.empty();
    }
    double exponent = 100_000.0 / gamma;
    double[] colorants = colorants(points);
    for (double value : colorants) {
      if (!(Math.abs(value) < 16)) {
        return Optional.empty();
      }
    }
    return Optional.of(grey ? grey(exponent) : colour(exponent, colorants));
  }

  private static boolean isSrgb(long gamma, long[] points) {
    boolean same = Math.abs(gamma - 45_455) <= 1_000;
    for (int i = 0; i < SRGB.length; i++) {
      same &= Math.abs(points[i] - SRGB[i]) <= 1_000;
    }
    return same;
  }

  /** Returns X, Y, Z of red, then of green, then of blue, all adapted to D50. */
  private static double[] colorants(long[] points) {
    double[] white = xyz(points, 0);
    double[] primaries = new double[9];
    for (int c = 0; c < 3; c++) {
      double[] primary = xyz(points, 2 + 2 * c);
      for (int row = 0; row < 3; row++) {
        primaries[3 * row + c] = primary[row];
      }
    }
    double[] shares = times(inverse(primaries), white);
    double[] from = times(BRADFORD, white);
    double[] to = times(BRADFORD, D50);
    double[] back = inverse(BRADFORD);
    double[] found = new double[9];
    for (int c = 0; c < 3; c++) {
      double[] each = xyz(points, 2 + 2 * c);
      double[] cones =
          times(BRADFORD, new double[] {each[0] * shares[c], shares[c], each[2] * shares[c]});
      for (int k = 0; k < 3; k++) {
        cones[k] *= to[k] / from[k];
      }
      System.arraycopy(times(back, cones), 0, found, 3 * c, 3);
    }
    return found;
  }

  /** Returns the colour at a place of the diagram, its Y being 1. */
  private static double[] xyz(long[] points, int at) {
    double x = points[at];
    double y = points[at + 1];
    return new double[] {x / y, 1, (100_000 - x - y) / y};
  }

  private static double[] times(double[] m, double[] v) {
    double[] product = new double[3];
    for (int row = 0; row < 3; row++) {
      product[row] = m[3 * row] * v[0] + m[3 * row + 1] * v[1] + m[3 * row + 2] * v[2];
    }
    return product;
  }

  private static double[] inverse(double[] m) {
    double[] cofactors = new double[9];
    for (int row = 0; row < 3; row++) {
      for (int column = 0; column < 3; column++) {
        int r1 = (row + 1) % 3;
        int r2 = (row + 2) % 3;
        int c1 = (column + 1) % 3;
        int c2 = (column + 2) % 3;
        cofactors[3 * column + row] =
            m[3 * r1 + c1] * m[3 * r2 + c2] - m[3 * r1 + c2] * m[3 * r2 + c1];
      }
    }
    double determinant = m[0] * cofactors[0] + m[1] * cofactors[3] + m[2] * cofactors[6];
    for (int i = 0; i < 9; i++) {
      cofactors[i] /= determinant;
    }
    return cofactors;
  }

  private static byte[] grey(double exponent) {
    int at = HEADER + 4 + 12;
    byte[] profile = new byte[at + 16];
    ByteBuffer out = begin(profile, "GRAY", 1);
    tag(out, "kTRC", at, 16);
    curve(out, exponent);
    return profile;
  }

  private static byte[] colour(double exponent, double[] colorants) {
    int curve = HEADER + 4 + 6 * 12;
    byte[] profile = new byte[curve + 16 + 3 * TAG];
    ByteBuffer out = begin(profile, "RGB ", 6);
    String[] names = {"r", "g", "b"};
    for (int c = 0; c < 3; c++) {
      tag(out, names[c] + "TRC", curve, 16);
      tag(out, names[c] + "XYZ", curve + 16 + c * TAG, TAG);
    }
    curve(out, exponent);
    for (int c = 0; c < 3; c++) {
      out.put(ascii("XYZ ")).putInt(0);
      for (int k = 0; k < 3; k++) {
        out.putInt(fixed(colorants[3 * c + k]));
      }
    }
    return profile;
  }

  /** Writes a header: version 4, a display's profile, by way of XYZ (ICC.1:2022, 7.2). */
  private static ByteBuffer begin(byte[] profile, String space, int tags) {
    ByteBuffer out = ByteBuffer.wrap(profile);
    out.putInt(profile.length).putInt(0).putInt(0x04000000);
    out.put(ascii("mntr")).put(ascii(space)).put(ascii("XYZ "));
    out.position(36).put(ascii("acsp"));
    out.position(68);
    for (double value : D50) {
      out.putInt(fixed(value));
    }
    return out.position(HEADER).putInt(tags);
  }

  private static void tag(ByteBuffer out, String name, int offset, int size) {
    out.put(ascii(name)).putInt(offset).putInt(size);
  }

  /** Writes a parametric curve of the first kind, a plain power (ICC.1:2022, 10.18). */
  private static void curve(ByteBuffer out, double exponent) {
    out.put(ascii("para")).putInt(0).putInt(0).putInt(fixed(exponent));
  }

  private static int fixed(double value) {
    return (int) StrictMath.rint(value * 65_536);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
