package dev.rendition.local.engine;

import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import org.jspecify.annotations.Nullable;

/** Copies samples out of rasters as they are: no colour model of AWT touches them. */
final class Rasters {
  private Rasters() {}

  /** Copies the first bands; further ones are left. */
  static Picture copy(Raster raster, Picture.Kind kind, byte @Nullable [] icc) {
    return copy(raster, kind, false, icc);
  }

  /** Copies the colour bands and, if asked, the one behind them as alpha. */
  static Picture copy(Raster raster, Picture.Kind kind, boolean alpha, byte @Nullable [] icc) {
    Canvas canvas = new Canvas(kind, raster.getWidth(), raster.getHeight(), alpha);
    for (int band = 0; band < kind.planes(); band++) {
      band(raster, band, canvas.samples[band]);
    }
    if (canvas.alpha != null) {
      band(raster, kind.planes(), canvas.alpha);
    }
    return canvas.toPicture(icc);
  }

  /** Reduces one band to 8 bits. */
  static void band(Raster raster, int band, byte[] into) {
    int type = raster.getDataBuffer().getDataType();
    int width = raster.getWidth();
    int height = raster.getHeight();
    int x = raster.getMinX();
    if (type == DataBuffer.TYPE_FLOAT || type == DataBuffer.TYPE_DOUBLE) {
      double[] row = new double[width];
      for (int y = 0; y < height; y++) {
        raster.getSamples(x, y + raster.getMinY(), width, 1, band, row);
        for (int i = 0; i < width; i++) {
          into[y * width + i] = FloatSamples.toByte(row[i]);
        }
      }
      return;
    }
    int bits = raster.getSampleModel().getSampleSize(band);
    long max = (1L << bits) - 1;
    int[] row = new int[width];
    for (int y = 0; y < height; y++) {
      raster.getSamples(x, y + raster.getMinY(), width, 1, band, row);
      for (int i = 0; i < width; i++) {
        long v = row[i] & max;
        into[y * width + i] = bits == 8 ? (byte) v : Canvas.scale(v, max);
      }
    }
  }
}
