package dev.rendition.local.engine;

import dev.rendition.local.raster.Plane;
import dev.rendition.recipe.Rgb;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Lays a picture on a colour, so that nothing shows through any more. */
final class Flatten {
  private Flatten() {}

  /**
   * Returns the picture itself if it has no alpha; else one without, red, green and blue if the
   * colour is no grey.
   */
  static Picture on(Picture picture, Rgb ground) {
    Optional<Plane> alpha = picture.alpha();
    if (alpha.isEmpty()) {
      return picture;
    }
    boolean greyGround = ground.red() == ground.green() && ground.green() == ground.blue();
    Picture source = greyGround ? picture : Colours.toRgb(picture);
    int[] behind = {ground.red(), ground.green(), ground.blue()};
    List<Plane> flat = new ArrayList<>();
    for (int i = 0; i < source.planes().size(); i++) {
      flat.add(on(source.planes().get(i), alpha.get(), behind[i]));
    }
    return Picture.of(source.kind(), flat);
  }

  private static Plane on(Plane plane, Plane alpha, int behind) {
    byte[] from = plane.samples();
    byte[] opacity = alpha.samples();
    Plane result = Plane.ofSize(plane.width(), plane.height());
    byte[] to = result.samples();
    for (int i = 0; i < to.length; i++) {
      int a = opacity[i] & 0xff;
      to[i] = (byte) (((from[i] & 0xff) * a + behind * (255 - a) + 127) / 255);
    }
    return result;
  }
}
