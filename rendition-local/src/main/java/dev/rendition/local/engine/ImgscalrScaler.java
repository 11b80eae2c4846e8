package dev.rendition.local.engine;

import dev.rendition.local.resample.Orientation;
import dev.rendition.local.resample.Window;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import org.imgscalr.Scalr;

/**
 * Does geometry by imgscalr instead of our resampler: for comparison, and for who wants its look.
 */
final class ImgscalrScaler {
  private ImgscalrScaler() {}

  /** Returns what a geometry makes of an upright sRGB picture; its finish is not looked at. */
  static Picture scale(Picture upright, Geometry geometry) {
    Orientation turn = geometry.turn();
    Window window = turn.stored(geometry.window(), upright.width(), upright.height());
    int left = (int) Math.min(upright.width() - 1, Math.round(window.left()));
    int top = (int) Math.min(upright.height() - 1, Math.round(window.top()));
    int right =
        (int)
            Math.min(
                upright.width(), Math.max(left + 1, Math.round(window.left() + window.width())));
    int bottom =
        (int)
            Math.min(
                upright.height(), Math.max(top + 1, Math.round(window.top() + window.height())));
    int width = turn.transposes() ? geometry.size().height() : geometry.size().width();
    int height = turn.transposes() ? geometry.size().width() : geometry.size().height();
    BufferedImage image = Images.image(upright);
    if (right - left < image.getWidth() || bottom - top < image.getHeight()) {
      image = Scalr.crop(image, left, top, right - left, bottom - top);
    }
    if (image.getWidth() != width || image.getHeight() != height) {
      image = Scalr.resize(image, Scalr.Method.QUALITY, Scalr.Mode.FIT_EXACT, width, height);
    }
    for (Scalr.Rotation rotation : rotations(turn)) {
      image = Scalr.rotate(image, rotation);
    }
    return Images.picture(image);
  }

  private static List<Scalr.Rotation> rotations(Orientation turn) {
    List<Scalr.Rotation> rotations = new ArrayList<>();
    switch (turn) {
      case MIRRORED -> rotations.add(Scalr.Rotation.FLIP_HORZ);
      case HALF_TURN -> rotations.add(Scalr.Rotation.CW_180);
      case FLIPPED -> rotations.add(Scalr.Rotation.FLIP_VERT);
      case TRANSPOSED -> rotations.addAll(List.of(Scalr.Rotation.CW_90, Scalr.Rotation.FLIP_HORZ));
      case QUARTER_TURN -> rotations.add(Scalr.Rotation.CW_90);
      case TRANSVERSED ->
          rotations.addAll(List.of(Scalr.Rotation.CW_270, Scalr.Rotation.FLIP_HORZ));
      case THREE_QUARTER_TURN -> rotations.add(Scalr.Rotation.CW_270);
      case UPRIGHT -> {}
    }
    return rotations;
  }
}
