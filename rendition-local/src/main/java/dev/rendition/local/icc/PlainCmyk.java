package dev.rendition.local.icc;

/**
 * CMYK without a profile. The sixteen full overprints of a coated offset press have known colours;
 * what lies between follows the Neugebauer equations with the weights of Demichel, with the light
 * spread in the paper after Yule and Nielsen (J. A. C. Yule, Principles of Color Reproduction,
 * 1967, chapters 8 and 10).
 */
final class PlainCmyk implements ToSrgb.Transform {
  static final PlainCmyk INSTANCE = new PlainCmyk();

  /** sRGB of the overprints; bit 0 is cyan, 1 magenta, 2 yellow, 3 black. */
  private static final int[] OVERPRINTS = {
    0xffffff, 0x00aeef, 0xec008c, 0x2e3192, 0xfff200, 0x00a651, 0xed1c24, 0x363639,
    0x231f20, 0x00131c, 0x1f0008, 0x04000e, 0x1c1a00, 0x001a08, 0x1f0500, 0x000000
  };

  private PlainCmyk() {}

  @Override
  public void apply(byte[][] planes, int from, int to) {
    for (int i = from; i < to; i++) {
      double r = 0;
      double g = 0;
      double b = 0;
      for (int inks = 0; inks < 16; inks++) {
        double weight = 1;
        for (int c = 0; c < 4; c++) {
          double ink = (planes[c][i] & 0xff) / 255.0;
          weight *= (inks >> c & 1) != 0 ? ink : 1 - ink;
        }
        r += weight * (OVERPRINTS[inks] >> 16 & 0xff);
        g += weight * (OVERPRINTS[inks] >> 8 & 0xff);
        b += weight * (OVERPRINTS[inks] & 0xff);
      }
      planes[0][i] = (byte) (int) (r + 0.5);
      planes[1][i] = (byte) (int) (g + 0.5);
      planes[2][i] = (byte) (int) (b + 0.5);
    }
  }
}
