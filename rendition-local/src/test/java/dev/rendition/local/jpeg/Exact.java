package dev.rendition.local.jpeg;

import dev.rendition.local.raster.Plane;

/** The transform by its definition (ITU-T T.81, A.3.3), in floating point, and measures. */
final class Exact {
  private static final int[] ROW = new int[64];
  private static final int[] COLUMN = new int[64];

  static {
    int row = 0;
    int column = 0;
    for (int k = 0; k < 64; k++) {
      ROW[k] = row;
      COLUMN[k] = column;
      boolean up = (row + column) % 2 == 0;
      if (up ? column == 7 : column == 0 && row < 7) {
        row++;
      } else if (up ? row == 0 : row == 7) {
        column++;
      } else {
        row += up ? -1 : 1;
        column += up ? 1 : -1;
      }
    }
  }

  private Exact() {}

  /**
   * Returns a plane of a hand-made stream, transformed with {@code side × side} coefficients of
   * each block.
   */
  static Plane plane(JpegStream stream, int component, int side) {
    int[] factors = stream.sampling[component];
    int fullWidth = JpegStream.ceil(stream.width * factors[0], stream.max(0));
    int fullHeight = JpegStream.ceil(stream.height * factors[1], stream.max(1));
    Plane plane =
        Plane.ofSize(JpegStream.ceil(fullWidth * side, 8), JpegStream.ceil(fullHeight * side, 8));
    for (int y = 0; y < plane.height(); y++) {
      for (int x = 0; x < plane.width(); x++) {
        int[] block = stream.blocks[component][y / side][x / side];
        double sample = sample(block, stream.quant, x % side, y % side, side);
        long rounded = Math.max(0, Math.min(255, Math.round(sample + 128)));
        plane.samples()[y * plane.width() + x] = (byte) rounded;
      }
    }
    return plane;
  }

  private static double sample(int[] block, int[] quant, int x, int y, int side) {
    double sum = 0;
    for (int k = 0; k < 64; k++) {
      if (block[k] != 0 && ROW[k] < side && COLUMN[k] < side) {
        sum += block[k] * quant[k] * basis(ROW[k], y, side) * basis(COLUMN[k], x, side);
      }
    }
    return sum / 4;
  }

  private static double basis(int frequency, int at, int side) {
    return frequency == 0
        ? Math.sqrt(0.5)
        : Math.cos((2 * at + 1) * frequency * Math.PI / (2 * side));
  }

  static int largestDifference(Plane a, Plane b) {
    int largest = a.width() == b.width() && a.height() == b.height() ? 0 : 256;
    for (int i = 0; i < a.samples().length && largest < 256; i++) {
      largest = Math.max(largest, Math.abs((a.samples()[i] & 0xff) - (b.samples()[i] & 0xff)));
    }
    return largest;
  }

  /** Returns the peak signal-to-noise ratio in decibels, 99 for equal planes. */
  static double psnr(Plane a, Plane b) {
    if (a.width() != b.width() || a.height() != b.height()) {
      return 0;
    }
    long squares = 0;
    for (int i = 0; i < a.samples().length; i++) {
      int difference = (a.samples()[i] & 0xff) - (b.samples()[i] & 0xff);
      squares += (long) difference * difference;
    }
    double peak = 255.0 * 255.0 * a.samples().length;
    return squares == 0 ? 99 : Math.min(99, 10 * Math.log10(peak / squares));
  }

  /** Returns the means of squares of {@code scale × scale} samples, cut off at the edges. */
  static Plane shrunk(Plane from, int scale) {
    Plane to =
        Plane.ofSize(JpegStream.ceil(from.width(), scale), JpegStream.ceil(from.height(), scale));
    for (int y = 0; y < to.height(); y++) {
      for (int x = 0; x < to.width(); x++) {
        int sum = 0;
        int count = 0;
        for (int j = y * scale; j < Math.min(from.height(), y * scale + scale); j++) {
          for (int i = x * scale; i < Math.min(from.width(), x * scale + scale); i++) {
            sum += from.at(i, j);
            count++;
          }
        }
        to.samples()[y * to.width() + x] = (byte) ((sum + count / 2) / count);
      }
    }
    return to;
  }
}
