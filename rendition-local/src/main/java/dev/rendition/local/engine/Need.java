package dev.rendition.local.engine;

import dev.rendition.recipe.PixelSize;
import java.util.List;

/** An upper bound of the heap one task takes, worked out before a pixel is allocated. */
final class Need {
  /** Rows in flight, tables, encoder buffers: what does not grow with the picture. */
  private static final long FIXED = 2 << 20;

  private Need() {}

  /**
   * Returns bytes: the lane at the scale it will probably decode at, and for each spec its planes,
   * what pixel operations hold beside them, and the encoded result.
   */
  static long of(LaneSource source, List<Job> jobs) {
    long lane = 0;
    for (int scale : source.scales()) {
      lane = Math.max(lane, source.memoryNeeded(scale));
    }
    long rows = 0;
    long targets = 0;
    for (Job job : jobs) {
      PixelSize size = job.geometry().size();
      long pixels = size.pixels();
      boolean operations = job.geometry().next() < job.spec().recipe().operations().size();
      boolean padded = job.geometry().finish() instanceof Geometry.Finish.Pad;
      long ground =
          job.geometry().finish() instanceof Geometry.Finish.Pad pad
              ? pad.ground().pixels()
              : pixels;
      targets += job.isPlainJpeg() ? 3 * pixels : 8 * pixels;
      targets += operations || padded ? 20 * Math.max(ground, pixels) : 0;
      targets = Math.max(targets, targets + ground);
      rows += 4L * 48 * 4 * Math.min(source.stored().width(), 8L * size.width());
    }
    return FIXED + lane + rows + targets;
  }
}
