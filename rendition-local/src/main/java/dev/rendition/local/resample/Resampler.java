package dev.rendition.local.resample;

import dev.rendition.local.raster.Plane;

/** Resamples whole planes. Not safe for use by many threads. */
public final class Resampler {
  private final Scratch scratch;

  /** Makes a resampler over a worker's scratch. */
  public Resampler(Scratch scratch) {
    this.scratch = scratch;
  }

  /** Returns a new plane of {@code width} × {@code height} made from a window of {@code source}. */
  public Plane scale(Plane source, Window window, int width, int height) {
    Plane target = Plane.ofSize(width, height);
    scale(source, window, target);
    return target;
  }

  /** Fills {@code target} from a window of {@code source}, another plane. */
  public void scale(Plane source, Window window, Plane target) {
    scale(source, window, Orientation.UPRIGHT, target);
  }

  /** Fills {@code target}, turned upright, from a window of {@code source}, another plane. */
  public void scale(Plane source, Window window, Orientation orientation, Plane target) {
    try (RowResampler rows =
        new RowResampler(source.width(), source.height(), window, orientation, target, scratch)) {
      rows.rows(0, source.height(), source.samples(), 0, source.width());
    }
  }

  /** Fills {@code target} from a window of a plane that is stored at less than its size. */
  public void enlarge(Plane source, Window window, Plane target) {
    try (RowResampler rows =
        new RowResampler(
            source.width(), source.height(), window, Orientation.UPRIGHT, target, scratch, true)) {
      rows.rows(0, source.height(), source.samples(), 0, source.width());
    }
  }
}
