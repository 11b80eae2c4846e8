package dev.rendition.local.icc;

/** A profile of three tone curves and a matrix (ICC.1:2022, F.3). */
final class MatrixTransform implements ToSrgb.Transform {
  private final float[][] light = new float[3][256];
  private final float[] matrix = new float[9];

  MatrixTransform(Profile profile) {
    String[] curves = {"rTRC", "gTRC", "bTRC"};
    String[] colorants = {"rXYZ", "gXYZ", "bXYZ"};
    boolean any = false;
    for (int c = 0; c < 3; c++) {
      Curve curve = profile.curve(curves[c]);
      for (int i = 0; i < 256; i++) {
        light[c][i] = (float) curve.at(i / 255.0);
      }
      double[] xyz = profile.xyz(colorants[c]);
      any |= xyz[1] != 0;
      for (int row = 0; row < 3; row++) {
        double sum = 0;
        for (int k = 0; k < 3; k++) {
          sum += SrgbCurve.FROM_XYZ[3 * row + k] * xyz[k];
        }
        matrix[3 * row + c] = (float) sum;
      }
    }
    if (!any) {
      throw new BadProfileException("all colorants are black");
    }
  }

  @Override
  public void apply(byte[][] planes, int from, int to) {
    float[] m = matrix;
    byte[] red = planes[0];
    byte[] green = planes[1];
    byte[] blue = planes[2];
    for (int i = from; i < to; i++) {
      float r = light[0][red[i] & 0xff];
      float g = light[1][green[i] & 0xff];
      float b = light[2][blue[i] & 0xff];
      red[i] = SrgbCurve.encode(m[0] * r + m[1] * g + m[2] * b);
      green[i] = SrgbCurve.encode(m[3] * r + m[4] * g + m[5] * b);
      blue[i] = SrgbCurve.encode(m[6] * r + m[7] * g + m[8] * b);
    }
  }
}
