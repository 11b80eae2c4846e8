package dev.rendition.local.png;

import static java.util.Objects.requireNonNull;

import dev.rendition.local.raster.Plane;
import java.util.Arrays;
import java.util.List;

/** One to four planes seen as a picture. */
final class PngPicture {
  private final List<Plane> planes;
  private final int width;
  private final int height;
  private final byte[] red;
  private final byte[] green;
  private final byte[] blue;

  /** The index of the alpha plane, −1 if there is none. */
  private final int alphaIndex;

  private PngPicture(List<Plane> planes) {
    this.planes = planes;
    width = planes.get(0).width();
    height = planes.get(0).height();
    boolean colour = planes.size() > 2;
    red = planes.get(0).samples();
    green = planes.get(colour ? 1 : 0).samples();
    blue = planes.get(colour ? 2 : 0).samples();
    alphaIndex = planes.size() % 2 == 0 ? planes.size() - 1 : -1;
  }

  static PngPicture of(List<Plane> planes) {
    List<Plane> copy = List.copyOf(requireNonNull(planes, "planes"));
    if (copy.isEmpty() || copy.size() > 4) {
      throw new IllegalArgumentException("a PNG picture has 1..4 planes, was " + copy.size());
    }
    Plane first = copy.get(0);
    if (first.width() > PngEncoder.MAX_SIDE || first.height() > PngEncoder.MAX_SIDE) {
      throw new IllegalArgumentException(
          "a side must be at most "
              + PngEncoder.MAX_SIDE
              + " pixels, was "
              + first.width()
              + " x "
              + first.height());
    }
    for (Plane plane : copy) {
      if (plane.width() != first.width() || plane.height() != first.height()) {
        throw new IllegalArgumentException(
            "all planes must be "
                + first.width()
                + " x "
                + first.height()
                + ", one was "
                + plane.width()
                + " x "
                + plane.height());
      }
    }
    return new PngPicture(copy);
  }

  int width() {
    return width;
  }

  int height() {
    return height;
  }

  /** Returns red, green, blue and alpha of a pixel from the highest to the lowest byte. */
  int rgba(int index) {
    int alpha = alphaIndex < 0 ? 0xff : planes.get(alphaIndex).samples()[index] & 0xff;
    return red[index] << 24 | (green[index] & 0xff) << 16 | (blue[index] & 0xff) << 8 | alpha;
  }

  boolean isGrey() {
    return planes.size() < 3 || equal(red, green) && equal(red, blue);
  }

  private boolean equal(byte[] one, byte[] other) {
    return Arrays.equals(one, 0, width * height, other, 0, width * height);
  }

  boolean isOpaque() {
    if (alphaIndex >= 0) {
      byte[] alpha = planes.get(alphaIndex).samples();
      for (int i = 0; i < width * height; i++) {
        if (alpha[i] != -1) {
          return false;
        }
      }
    }
    return true;
  }

  /** Returns the planes that must be stored. */
  List<Plane> stored(boolean grey, boolean opaque) {
    List<Plane> colours = grey ? planes.subList(0, 1) : planes.subList(0, 3);
    if (opaque) {
      return colours;
    }
    Plane alpha = planes.get(alphaIndex);
    return grey
        ? List.of(colours.get(0), alpha)
        : List.of(colours.get(0), colours.get(1), colours.get(2), alpha);
  }

  /** Returns rows of all planes, sample beside sample. */
  PngRows rows() {
    return new PngRows() {
      @Override
      public int height() {
        return height;
      }

      @Override
      public int rowBytes() {
        return width * planes.size();
      }

      @Override
      public int pixelBytes() {
        return planes.size();
      }

      @Override
      public void fill(int y, byte[] out) {
        for (int plane = 0; plane < planes.size(); plane++) {
          interleave(planes.get(plane).samples(), y * width, width, out, 1 + plane, planes.size());
        }
      }
    };
  }

  private static void interleave(
      byte[] samples, int from, int count, byte[] out, int to, int step) {
    int at = to;
    for (int i = from; i < from + count; i++) {
      out[at] = samples[i];
      at += step;
    }
  }

  /** Returns rows of indices into a palette, the leftmost in the highest bits. */
  PngRows paletteRows(PngPalette palette) {
    int bits = palette.bitDepth();
    return new PngRows() {
      @Override
      public int height() {
        return height;
      }

      @Override
      public int rowBytes() {
        return (width * bits + 7) / 8;
      }

      @Override
      public int pixelBytes() {
        return 1;
      }

      @Override
      public void fill(int y, byte[] out) {
        int perByte = 8 / bits;
        int at = 1;
        for (int x = 0; x < width; x += perByte) {
          int packed = 0;
          for (int i = 0; i < perByte; i++) {
            int index = x + i < width ? palette.indexOf(rgba(y * width + x + i)) : 0;
            packed = packed << bits | index;
          }
          out[at++] = (byte) packed;
        }
      }
    };
  }
}
