package dev.rendition.local.engine;

import dev.rendition.local.raster.Plane;
import dev.rendition.local.resample.Orientation;
import dev.rendition.local.resample.RowResampler;
import dev.rendition.local.resample.Scratch;
import dev.rendition.local.resample.Window;
import java.util.ArrayList;
import java.util.List;

/**
 * Resamples one plane while its rows come, and smaller ones from the rows it has made. Not safe for
 * use by many threads; closing it gives its buffers back.
 */
final class PlaneFeed implements AutoCloseable {
  private final RowResampler resampler;
  private final Plane target;
  private final List<PlaneFeed> smaller = new ArrayList<>();
  private int given;

  /** Begins with a plane of a size, of which a window fills the target once it is turned. */
  PlaneFeed(
      int width,
      int height,
      Window window,
      Orientation turn,
      Plane target,
      Scratch scratch,
      boolean subsampled) {
    this.target = target;
    this.resampler = new RowResampler(width, height, window, turn, target, scratch, subsampled);
  }

  /** Makes another plane from this one's target, which is upright. */
  PlaneFeed then(Window window, Plane further, Scratch scratch) {
    PlaneFeed feed =
        new PlaneFeed(
            target.width(), target.height(), window, Orientation.UPRIGHT, further, scratch, false);
    smaller.add(feed);
    return feed;
  }

  Plane target() {
    return target;
  }

  /** Takes rows as {@link RowResampler#rows(int, int, byte[], int, int)}. */
  void rows(int firstRow, int rowCount, byte[] samples, int offset, int stride) {
    resampler.rows(firstRow, rowCount, samples, offset, stride);
  }

  /** Gives what is finished of the target to the planes that are made from it. */
  void passOn() {
    int made = smaller.isEmpty() ? given : resampler.upperRows();
    if (made > given) {
      int width = target.width();
      for (PlaneFeed feed : smaller) {
        feed.rows(given, made - given, target.samples(), given * width, width);
        feed.passOn();
      }
      given = made;
    }
  }

  @Override
  public void close() {
    resampler.close();
    smaller.forEach(PlaneFeed::close);
  }
}
