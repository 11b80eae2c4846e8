package dev.rendition.local.engine;

import dev.rendition.local.raster.Plane;
import java.util.List;

/** Changes between the kinds of sRGB pictures. */
final class Colours {
  private Colours() {}

  /** Returns a grey picture as red, green and blue, in planes of their own; any other as it is. */
  static Picture toRgb(Picture picture) {
    if (picture.kind() != Picture.Kind.GREY) {
      return picture;
    }
    Plane grey = picture.planes().get(0);
    return new Picture(
        Picture.Kind.RGB,
        List.of(grey, copy(grey), copy(grey)),
        picture.alpha().orElse(null),
        null);
  }

  /** Returns the luma of a picture by ITU-R BT.601, its alpha kept. */
  static Picture toGrey(Picture picture) {
    if (picture.kind() == Picture.Kind.GREY) {
      return picture;
    }
    Plane luma = Plane.ofSize(picture.width(), picture.height());
    YccRows.luma(picture, luma);
    return new Picture(Picture.Kind.GREY, List.of(luma), picture.alpha().orElse(null), null);
  }

  private static Plane copy(Plane plane) {
    return new Plane(plane.width(), plane.height(), plane.samples().clone());
  }
}
