package dev.rendition.local.engine;

import dev.rendition.local.raster.Plane;
import java.util.List;

/** The colours of JPEG (JFIF 1.02, page 3): full range, in integers of 16 fraction bits. */
final class YcbcrColours {
  private static final int HALF = 1 << 15;

  private YcbcrColours() {}

  /** Turns the first three planes from Y, Cb, Cr to red, green, blue, in place. */
  static void toRgb(List<Plane> planes) {
    byte[] first = planes.get(0).samples();
    byte[] second = planes.get(1).samples();
    byte[] third = planes.get(2).samples();
    for (int i = 0; i < first.length; i++) {
      int y = (first[i] & 0xff) << 16;
      int cb = (second[i] & 0xff) - 128;
      int cr = (third[i] & 0xff) - 128;
      first[i] = clamp(y + 91_881 * cr + HALF >> 16);
      second[i] = clamp(y - 22_554 * cb - 46_802 * cr + HALF >> 16);
      third[i] = clamp(y + 116_130 * cb + HALF >> 16);
    }
  }

  static byte clamp(int v) {
    return (byte) (v < 0 ? 0 : Math.min(v, 255));
  }

  /**
   * Brings CMYK to 0 for no ink.
   *
   * @param ycck whether the first three planes come from YCCK, that is inverted once
   * @param adobe whether the file stores all inks inverted
   */
  static void invert(List<Plane> planes, boolean ycck, boolean adobe) {
    for (int c = 0; c < 4; c++) {
      boolean once = ycck && c < 3 ? !adobe : adobe;
      if (once) {
        byte[] samples = planes.get(c).samples();
        for (int i = 0; i < samples.length; i++) {
          samples[i] = (byte) ~samples[i];
        }
      }
    }
  }
}
