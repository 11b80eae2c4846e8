package dev.rendition.local.icc;

/** A grey profile: one tone curve to the light, or to the lightness L* (ICC.1:2022, 8.3.4). */
final class GreyTransform implements ToSrgb.Transform {
  private final byte[] codes = new byte[256];

  GreyTransform(Profile profile) {
    Curve curve = profile.curve("kTRC");
    boolean lab = profile.connectionSpace() == Profile.LAB;
    double[] xyz = new double[3];
    for (int i = 0; i < 256; i++) {
      double light = curve.at(i / 255.0);
      if (lab) {
        LabColours.toXyz(light * 100, 0, 0, xyz);
        light = xyz[1];
      }
      codes[i] = SrgbCurve.encode(light);
    }
  }

  @Override
  public void apply(byte[][] planes, int from, int to) {
    byte[] plane = planes[0];
    for (int i = from; i < to; i++) {
      plane[i] = codes[plane[i] & 0xff];
    }
  }
}
