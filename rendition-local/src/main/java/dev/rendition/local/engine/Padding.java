package dev.rendition.local.engine;

import dev.rendition.local.raster.Plane;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Puts a picture on a larger transparent ground. */
final class Padding {
  private Padding() {}

  static Picture around(Picture picture, Geometry.Finish.Pad pad) {
    List<Plane> planes = new ArrayList<>();
    for (Plane plane : picture.planes()) {
      planes.add(placed(plane, pad));
    }
    Plane opacity =
        picture
            .alpha()
            .orElseGet(
                () -> {
                  Plane opaque = Plane.ofSize(picture.width(), picture.height());
                  Arrays.fill(opaque.samples(), (byte) 255);
                  return opaque;
                });
    return new Picture(picture.kind(), planes, placed(opacity, pad), null);
  }

  private static Plane placed(Plane plane, Geometry.Finish.Pad pad) {
    Plane ground = Plane.ofSize(pad.ground().width(), pad.ground().height());
    for (int row = 0; row < plane.height(); row++) {
      int to = (pad.top() + row) * ground.width() + pad.left();
      System.arraycopy(plane.samples(), row * plane.width(), ground.samples(), to, plane.width());
    }
    return ground;
  }
}
