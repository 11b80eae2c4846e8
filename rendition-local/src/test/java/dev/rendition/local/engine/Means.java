package dev.rendition.local.engine;

import dev.rendition.local.raster.Plane;
import java.util.ArrayList;
import java.util.List;

/** Mean colours of an upright picture on white: all of it, and its four quadrants. */
final class Means {
  final int width;
  final int height;
  private final Picture picture;
  private final int orientation;

  /**
   * @param picture in sRGB, as stored
   * @param orientation 1 to 8
   */
  Means(Picture picture, int orientation) {
    this.picture = picture;
    this.orientation = orientation;
    this.width = orientation >= 5 ? picture.height() : picture.width();
    this.height = orientation >= 5 ? picture.width() : picture.height();
  }

  /** Returns the index in the stored planes of an upright pixel (Exif 2.32, 4.6.4, tag 274). */
  private int index(int x, int y) {
    int w = picture.width();
    int h = picture.height();
    int sx = orientation >= 5 ? y : x;
    int sy = orientation >= 5 ? x : y;
    return switch (orientation) {
      case 2 -> sy * w + (w - 1 - sx);
      case 3 -> (h - 1 - sy) * w + (w - 1 - sx);
      case 4 -> (h - 1 - sy) * w + sx;
      case 6 -> (h - 1 - sy) * w + sx;
      case 7 -> (h - 1 - sy) * w + (w - 1 - sx);
      case 8 -> sy * w + (w - 1 - sx);
      default -> sy * w + sx;
    };
  }

  /** Returns all, top left, top right, bottom left, bottom right; odd middles belong to none. */
  List<double[]> all() {
    int mx = width / 2;
    int my = height / 2;
    List<double[]> means = new ArrayList<>();
    means.add(of(0, 0, width, height));
    means.add(of(0, 0, mx, my));
    means.add(of(width - mx, 0, width, my));
    means.add(of(0, height - my, mx, height));
    means.add(of(width - mx, height - my, width, height));
    return means;
  }

  private double[] of(int x0, int y0, int x1, int y1) {
    byte[] alpha = picture.alpha().map(Plane::samples).orElse(null);
    double[] sums = new double[3];
    for (int c = 0; c < 3; c++) {
      byte[] samples = picture.planes().get(picture.kind() == Picture.Kind.GREY ? 0 : c).samples();
      double sum = 0;
      for (int y = y0; y < y1; y++) {
        for (int x = x0; x < x1; x++) {
          int i = index(x, y);
          int a = alpha == null ? 255 : alpha[i] & 0xff;
          sum += ((samples[i] & 0xff) * a + 255 * (255 - a)) / 255.0;
        }
      }
      sums[c] = sum / Math.max(1, (double) (x1 - x0) * (y1 - y0));
    }
    return sums;
  }
}
