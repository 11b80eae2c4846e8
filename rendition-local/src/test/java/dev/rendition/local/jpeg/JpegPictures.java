package dev.rendition.local.jpeg;

import dev.rendition.local.raster.Plane;

/** Pictures drawn by whole-number arithmetic, the same everywhere. */
final class JpegPictures {
  private JpegPictures() {}

  /** Slopes, an edge, a grid of fine lines and a little noise. */
  static Plane drawn(int width, int height, int seed) {
    Plane plane = Plane.ofSize(width, height);
    int noise = seed * 2_654_435 + 12_345;
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        noise = noise * 1_103_515_245 + 12_345;
        int value = (x * (2 + seed) + y * 3) / 4 % 200;
        if ((x - width / 2) * (x - width / 2) + (y - height / 2) * (y - height / 2)
            < width * height / 9) {
          value = 230 - value / 2;
        }
        if (x * 3 > 2 * width && (x % 4 == 0 || y % 8 == 0)) {
          value = 20;
        }
        plane.samples()[y * width + x] = (byte) (value + (noise >>> 28));
      }
    }
    return plane;
  }

  /** Gentle waves, as chroma has. */
  static Plane smooth(int width, int height, int seed) {
    Plane plane = Plane.ofSize(width, height);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int value = 128 + (x * x / 50 + y * seed) % 64 - 32;
        plane.samples()[y * width + x] = (byte) value;
      }
    }
    return plane;
  }

  static Plane[] colour(int width, int height, JpegSubsampling subsampling) {
    int chromaWidth = subsampling.chromaWidth(width);
    int chromaHeight = subsampling.chromaHeight(height);
    return new Plane[] {
      drawn(width, height, 1),
      smooth(chromaWidth, chromaHeight, 1),
      smooth(chromaWidth, chromaHeight, 2)
    };
  }
}
