package dev.rendition.local.engine;

import dev.rendition.local.raster.Plane;
import dev.rendition.local.resample.AlphaResampler;
import dev.rendition.local.resample.Orientation;
import dev.rendition.local.resample.Resampler;
import dev.rendition.local.resample.Scratch;
import dev.rendition.local.resample.Window;
import dev.rendition.recipe.PixelSize;
import java.util.ArrayList;
import java.util.List;

/** Resamples pictures that are in memory. */
final class Resampling {
  private Resampling() {}

  /** Returns the picture after a geometry, whose finish is not looked at. */
  static Picture of(Picture picture, Geometry geometry, Scratch scratch) {
    Orientation turn = geometry.turn();
    Window stored = turn.stored(geometry.window(), picture.width(), picture.height());
    return of(picture, stored, turn, geometry.size(), scratch);
  }

  /** Returns what a window of a picture becomes. */
  static Picture of(
      Picture picture, Window window, Orientation turn, PixelSize size, Scratch scratch) {
    List<Plane> sources = picture.allPlanes();
    List<Plane> targets = new ArrayList<>();
    sources.forEach(source -> targets.add(Plane.ofSize(size.width(), size.height())));
    int colours = picture.planes().size();
    if (picture.alpha().isPresent()) {
      withAlpha(sources, window, turn, targets, scratch);
      return new Picture(picture.kind(), targets.subList(0, colours), targets.get(colours), null);
    }
    Resampler resampler = new Resampler(scratch);
    for (int i = 0; i < colours; i++) {
      resampler.scale(sources.get(i), window, turn, targets.get(i));
    }
    return new Picture(picture.kind(), targets, null, null);
  }

  private static void withAlpha(
      List<Plane> sources, Window window, Orientation turn, List<Plane> targets, Scratch scratch) {
    Plane first = sources.get(0);
    try (AlphaResampler rows =
        new AlphaResampler(first.width(), first.height(), window, turn, targets, scratch)) {
      int band = 16;
      for (int row = 0; row < first.height(); row += band) {
        int count = Math.min(band, first.height() - row);
        for (int i = 0; i < sources.size(); i++) {
          rows.rows(i, row, count, sources.get(i).samples(), row * first.width(), first.width());
        }
      }
    }
  }
}
