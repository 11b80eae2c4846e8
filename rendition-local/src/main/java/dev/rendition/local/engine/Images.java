package dev.rendition.local.engine;

import dev.rendition.local.raster.Plane;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Carries sRGB pictures to and from the images of Java 2D, sample by sample: no colour model
 * touches them.
 */
final class Images {
  private Images() {}

  /** Returns an image of the type INT_RGB, or INT_ARGB where there is alpha; not multiplied. */
  static BufferedImage image(Picture picture) {
    Picture rgb = Colours.toRgb(picture);
    Optional<Plane> alpha = rgb.alpha();
    int type = alpha.isPresent() ? BufferedImage.TYPE_INT_ARGB : BufferedImage.TYPE_INT_RGB;
    BufferedImage image = new BufferedImage(rgb.width(), rgb.height(), type);
    int[] row = new int[rgb.width()];
    byte[] r = rgb.planes().get(0).samples();
    byte[] g = rgb.planes().get(1).samples();
    byte[] b = rgb.planes().get(2).samples();
    for (int y = 0; y < rgb.height(); y++) {
      int at = y * row.length;
      for (int x = 0; x < row.length; x++) {
        row[x] = (r[at + x] & 0xff) << 16 | (g[at + x] & 0xff) << 8 | (b[at + x] & 0xff);
      }
      if (alpha.isPresent()) {
        opacity(alpha.get().samples(), at, row);
      }
      image.getRaster().setDataElements(0, y, row.length, 1, row);
    }
    return image;
  }

  private static void opacity(byte[] alpha, int at, int[] row) {
    for (int x = 0; x < row.length; x++) {
      row[x] |= (alpha[at + x] & 0xff) << 24;
    }
  }

  /** Returns the picture of an image of the type INT_RGB or INT_ARGB. */
  static Picture picture(BufferedImage image) {
    int width = image.getWidth();
    int height = image.getHeight();
    boolean alpha = image.getType() == BufferedImage.TYPE_INT_ARGB;
    List<Plane> planes = new ArrayList<>();
    for (int i = 0; i < (alpha ? 4 : 3); i++) {
      planes.add(Plane.ofSize(width, height));
    }
    int[] row = new int[width];
    for (int y = 0; y < height; y++) {
      image.getRaster().getDataElements(0, y, width, 1, row);
      for (int x = 0; x < width; x++) {
        for (int i = 0; i < planes.size(); i++) {
          planes.get(i).samples()[y * width + x] = (byte) (row[x] >> (i == 3 ? 24 : 16 - 8 * i));
        }
      }
    }
    return new Picture(Picture.Kind.RGB, planes.subList(0, 3), alpha ? planes.get(3) : null, null);
  }
}
