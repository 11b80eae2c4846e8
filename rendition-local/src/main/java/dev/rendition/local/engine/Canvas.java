package dev.rendition.local.engine;

import dev.rendition.local.raster.Plane;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The sample arrays of a picture while it is being read. Not safe for use by many threads. */
final class Canvas {
  final int width;
  final int height;
  final byte[][] samples;
  final byte @Nullable [] alpha;
  private final Picture.Kind kind;

  Canvas(Picture.Kind kind, int width, int height, boolean alpha) {
    this.kind = kind;
    this.width = width;
    this.height = height;
    int size = Math.multiplyExact(width, height);
    this.samples = new byte[kind.planes()][size];
    this.alpha = alpha ? new byte[size] : null;
  }

  Picture toPicture(byte @Nullable [] icc) {
    List<Plane> planes = new ArrayList<>();
    for (byte[] plane : samples) {
      planes.add(new Plane(width, height, plane));
    }
    return new Picture(kind, planes, alpha == null ? null : new Plane(width, height, alpha), icc);
  }

  /** Returns a 16-bit sample as 8 bits, rounded to the nearest: {@code round(v / 257)}. */
  static byte from16(int v) {
    return (byte) (v * 255L + 32_895 >> 16);
  }

  /** Returns a sample of 0 to {@code max} as 8 bits, rounded to the nearest. */
  static byte scale(long v, long max) {
    return (byte) ((v * 510 + max) / (2 * max));
  }
}
