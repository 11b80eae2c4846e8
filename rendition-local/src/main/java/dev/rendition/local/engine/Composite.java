package dev.rendition.local.engine;

import dev.rendition.local.raster.Plane;
import dev.rendition.recipe.Gravity;
import dev.rendition.recipe.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Lays one picture over another (Porter and Duff, "over"); what stands out of the lower one is cut
 * off.
 */
final class Composite {
  private Composite() {}

  static Picture over(Picture lower, Picture upper, Operation.Watermark watermark) {
    Picture ground = Colours.toRgb(lower);
    Picture overlay = Colours.toRgb(upper);
    int left = place(watermark.gravity(), true, ground.width() - overlay.width());
    int top = place(watermark.gravity(), false, ground.height() - overlay.height());
    List<Plane> planes = new ArrayList<>();
    ground.planes().forEach(plane -> planes.add(copy(plane)));
    Optional<Plane> alpha = ground.alpha().map(Composite::copy);
    for (int y = Math.max(0, -top); y < overlay.height() && top + y < ground.height(); y++) {
      for (int x = Math.max(0, -left); x < overlay.width() && left + x < ground.width(); x++) {
        int from = y * overlay.width() + x;
        int at = (top + y) * ground.width() + left + x;
        int own = overlay.alpha().map(plane -> plane.samples()[from] & 0xff).orElse(255);
        mix(planes, alpha, overlay, at, from, own * watermark.opacity() / 100);
      }
    }
    return new Picture(Picture.Kind.RGB, planes, alpha.orElse(null), null);
  }

  private static void mix(
      List<Plane> planes, Optional<Plane> alpha, Picture overlay, int at, int from, int opacity) {
    int below = alpha.map(plane -> plane.samples()[at] & 0xff).orElse(255);
    int shown = below * (255 - opacity) / 255;
    int total = opacity + shown;
    for (int i = 0; i < 3 && total > 0; i++) {
      int upper = overlay.planes().get(i).samples()[from] & 0xff;
      byte[] to = planes.get(i).samples();
      to[at] = (byte) ((upper * opacity + (to[at] & 0xff) * shown + total / 2) / total);
    }
    alpha.ifPresent(plane -> plane.samples()[at] = (byte) total);
  }

  private static int place(Gravity gravity, boolean horizontal, int room) {
    boolean start =
        switch (gravity) {
          case NW -> true;
          case N, NE -> !horizontal;
          case W, SW -> horizontal;
          default -> false;
        };
    boolean end =
        switch (gravity) {
          case SE -> true;
          case E, NE -> horizontal;
          case S, SW -> !horizontal;
          default -> false;
        };
    return start ? 0 : end ? room : room / 2;
  }

  private static Plane copy(Plane plane) {
    return PixelSteps.like(plane, plane.samples().clone());
  }
}
