package dev.rendition.cli;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;

/**
 * Mean colours of a PNG on white, decoded by the JDK: all of it, and its four quadrants.
 *
 * @param means red, green, blue of all, top left, top right, bottom left, bottom right; middle rows
 *     and columns of odd sizes belong to no quadrant
 */
record PngMeans(int width, int height, List<List<Double>> means) {

  static PngMeans of(Path file) throws IOException {
    BufferedImage picture = ImageIO.read(file.toFile());
    int width = picture.getWidth();
    int height = picture.getHeight();
    int mx = width / 2;
    int my = height / 2;
    List<List<Double>> means = new ArrayList<>();
    means.add(mean(picture, 0, 0, width, height));
    means.add(mean(picture, 0, 0, mx, my));
    means.add(mean(picture, width - mx, 0, width, my));
    means.add(mean(picture, 0, height - my, mx, height));
    means.add(mean(picture, width - mx, height - my, width, height));
    return new PngMeans(width, height, means);
  }

  /** Reads samples, not colours: the JDK takes grey for linear and would brighten it. */
  private static List<Double> mean(BufferedImage picture, int x0, int y0, int x1, int y1) {
    if (x1 <= x0 || y1 <= y0) {
      return List.of();
    }
    Raster raster = picture.getRaster();
    int bands = raster.getNumBands();
    boolean indexed = picture.getColorModel() instanceof IndexColorModel;
    int shift = Math.max(0, raster.getSampleModel().getSampleSize(0) - 8);
    double[] sums = new double[3];
    int[] pixel = new int[bands];
    for (int y = y0; y < y1; y++) {
      for (int x = x0; x < x1; x++) {
        raster.getPixel(x, y, pixel);
        int argb = indexed ? picture.getRGB(x, y) : 0;
        int alpha = indexed ? argb >>> 24 : bands % 2 == 0 ? pixel[bands - 1] >> shift : 255;
        for (int c = 0; c < 3; c++) {
          int sample = indexed ? argb >> (16 - 8 * c) & 0xff : pixel[bands < 3 ? 0 : c] >> shift;
          sums[c] += (sample * alpha + 255 * (255 - alpha)) / 255.0;
        }
      }
    }
    double count = (double) (x1 - x0) * (y1 - y0);
    return List.of(sums[0] / count, sums[1] / count, sums[2] / count);
  }
}
