package dev.rendition.local.resample;

import dev.rendition.local.raster.Plane;
import java.util.Random;
import java.util.function.IntBinaryOperator;

/** Planes drawn for tests, and the plainest ways to change them. */
final class Drawn {
  private Drawn() {}

  static Plane plane(int width, int height, IntBinaryOperator sample) {
    Plane plane = Plane.ofSize(width, height);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        plane.samples()[y * width + x] = (byte) sample.applyAsInt(x, y);
      }
    }
    return plane;
  }

  static Plane noise(int width, int height, long seed) {
    Plane plane = Plane.ofSize(width, height);
    new Random(seed).nextBytes(plane.samples());
    return plane;
  }

  /** Edges, ramps, rings and a checkerboard, in whole numbers only. */
  static Plane chart(int width, int height) {
    return plane(
        width,
        height,
        (x, y) -> {
          if (x < width / 2) {
            return y < height / 2 ? x * 510 / width : ((x / 3 + y / 2) & 1) * 255;
          }
          return y < height / 2 ? (x * x + y * y) / 16 & 0xff : (x * 7 ^ y * 13) & 0xff;
        });
  }

  static Plane crop(Plane plane, int left, int top, int width, int height) {
    return plane(width, height, (x, y) -> plane.at(left + x, top + y));
  }

  static Plane mirrored(Plane plane) {
    return plane(plane.width(), plane.height(), (x, y) -> plane.at(plane.width() - 1 - x, y));
  }

  static Plane turnedClockwise(Plane plane) {
    int across = plane.height();
    int down = plane.width();
    return plane(across, down, (x, y) -> plane.at(y, across - 1 - x));
  }

  /**
   * Turns a stored plane upright by the words of EXIF 2.32, from mirrors and quarter turns alone.
   */
  static Plane upright(Plane stored, int exif) {
    boolean mirror = exif == 2 || exif == 4 || exif == 5 || exif == 7;
    int quarters = new int[] {0, 0, 0, 2, 2, 3, 1, 1, 3}[exif];
    Plane plane = mirror ? mirrored(stored) : stored;
    for (int i = 0; i < quarters; i++) {
      plane = turnedClockwise(plane);
    }
    return plane;
  }
}
