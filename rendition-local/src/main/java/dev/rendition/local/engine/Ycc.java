package dev.rendition.local.engine;

import dev.rendition.local.raster.Plane;
import java.util.List;

/**
 * A picture as JPEG stores it: luma, and colour differences that may be smaller; or luma alone. The
 * planes are shared.
 *
 * @param planes one or three
 */
record Ycc(List<Plane> planes) {
  Ycc {
    planes = List.copyOf(planes);
    if (planes.size() != 1 && planes.size() != 3) {
      throw new IllegalArgumentException("one plane or three, were " + planes.size());
    }
  }

  Plane luma() {
    return planes.get(0);
  }

  boolean isGrey() {
    return planes.size() == 1;
  }

  /** Returns the sides of a colour plane for luma of a side. */
  static int chroma(int luma, boolean half) {
    return half ? (luma + 1) / 2 : luma;
  }

  /**
   * Converts an sRGB picture by JFIF 1.02 (ITU-R BT.601 in full range), transparent pixels laid on
   * a colour first.
   *
   * @param picture grey or RGB
   */
  static Ycc of(Picture picture, Form form) {
    Picture opaque = Flatten.on(picture, form.ground());
    if (opaque.kind() == Picture.Kind.GREY) {
      return new Ycc(opaque.planes());
    }
    boolean half = form.kind() == Form.Kind.YCC_HALF;
    int width = opaque.width();
    int height = opaque.height();
    Plane y = Plane.ofSize(width, height);
    Plane cb = Plane.ofSize(chroma(width, half), chroma(height, half));
    Plane cr = Plane.ofSize(chroma(width, half), chroma(height, half));
    if (half) {
      YccRows.half(opaque, y, cb, cr);
    } else {
      YccRows.full(opaque, y, cb, cr);
    }
    return new Ycc(List.of(y, cb, cr));
  }
}
