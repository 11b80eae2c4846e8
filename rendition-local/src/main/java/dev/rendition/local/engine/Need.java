package dev.rendition.local.engine;

import dev.rendition.local.resample.RowResampler;
import dev.rendition.local.resample.Window;
import dev.rendition.recipe.PixelSize;
import java.util.Arrays;
import java.util.List;

/** Upper bounds of the heap one task takes, worked out before a pixel is allocated. */
final class Need {
  /**
   * Tables of encoders and decoders, input buffers, bookkeeping: what does not grow with the
   * picture.
   */
  private static final long FIXED = 1 << 20;

  private Need() {}

  /** Returns the bytes to hold while rows pass and targets are made. */
  static long of(LaneSource source, Lane lane, Plan plan, int[] scales) {
    long bytes = FIXED + source.memoryHeld() + lane.memoryToFeed(scales);
    long most = 0;
    for (Node node : plan.nodes()) {
      bytes += planes(lane, node);
      if (node.parent == null) {
        bytes += resamplers(source, lane, scales, node);
      } else {
        most = Math.max(most, fromParent(node));
      }
      for (Job job : node.jobs) {
        most = Math.max(most, Finishing.bytes(job, lane.planes()));
      }
    }
    return bytes + most;
  }

  /**
   * Returns the bytes to hold beside those when a worker helps: while rows pass, or later while a
   * second rendition is encoded.
   */
  static long ofHelp(Lane lane, Plan plan, int[] scales) {
    long bytes = lane.memoryForHelp(scales);
    long most = 0;
    for (Node node : plan.nodes()) {
      bytes += node.parent != null && RootFeed.passes(lane, node) ? fromParent(node) : 0;
      for (Job job : node.jobs) {
        most = Math.max(most, job.isPlain() ? Finishing.bytes(job, lane.planes()) : 0);
      }
    }
    return bytes + most;
  }

  /**
   * Returns the bytes to hold for jobs whose lane is not open yet, with as many planes as it can
   * have.
   */
  static long guess(LaneSource source, List<Job> jobs) {
    long bytes = FIXED + source.memoryHeld() + source.memoryToOpen();
    long most = 0;
    PixelSize stored = source.stored();
    Window whole = Window.whole(stored.width(), stored.height());
    int planes = source.planesAtMost();
    for (Job job : jobs) {
      PixelSize size = job.geometry().size();
      if (!job.geometry().isIdentity(source.upright())) {
        long rows =
            RowResampler.bytesAtMost(
                stored.width(), stored.height(), whole, size.width(), size.height());
        bytes += planes * (size.pixels() + rows + 4L * 64 * stored.width());
      }
      bytes += job.isPlainJpeg() ? 3 * size.pixels() : 0;
      most = Math.max(most, Finishing.bytes(job, planes));
    }
    return bytes + most;
  }

  /** Returns the bytes to hold for one picture made of a source, whatever its lane. */
  static long whole(LaneSource source, PixelSize size) {
    PixelSize stored = source.stored();
    int planes = source.planesAtMost();
    long rows =
        RowResampler.bytesAtMost(
            stored.width(),
            stored.height(),
            Window.whole(stored.width(), stored.height()),
            size.width(),
            size.height());
    int[] full = new int[planes];
    Arrays.fill(full, 1);
    long reading = source instanceof JpegLane lane ? lane.memoryToFeed(full) : 0;
    return FIXED
        + source.memoryHeld()
        + source.memoryToOpen()
        + reading
        + planes * (2 * size.pixels() + rows + 4L * 64 * stored.width());
  }

  /**
   * Returns the bytes of a node's planes, those of another kind that come before them counted in.
   */
  private static long planes(Lane lane, Node node) {
    long pixels = node.shot.size().pixels();
    boolean half = node.form.kind() == Form.Kind.YCC_HALF;
    long ycc =
        lane.planes() == 1 ? pixels : half ? pixels + pixels / 2 + 2 * PixelSize.MAX : 3 * pixels;
    boolean convert = node.parent == null && !RootFeed.direct(lane, node.form);
    long full = convert || !node.form.isYcc() ? lane.planes() * pixels : 0;
    return full + (node.form.isYcc() ? ycc + (convert && lane.alpha() ? 3 * pixels : 0) : 0);
  }

  private static long resamplers(LaneSource source, Lane lane, int[] scales, Node node) {
    Shot shot = node.shot;
    boolean turned = shot.turn().transposes();
    int across = turned ? shot.size().height() : shot.size().width();
    int down = turned ? shot.size().width() : shot.size().height();
    Window stored =
        shot.turn().stored(shot.window(), source.stored().width(), source.stored().height());
    long bytes = 0;
    for (int plane = 0; plane < lane.planes(); plane++) {
      Lane.Shape shape = lane.shape(plane, scales[plane]);
      Window window = stored.scaled(shape.across(), shape.down());
      bytes += RowResampler.bytesAtMost(shape.width(), shape.height(), window, across, down);
    }
    return bytes;
  }

  private static long fromParent(Node node) {
    Node parent = node.parent;
    if (parent == null || parent.shot.equals(node.shot)) {
      return 3 * node.shot.size().pixels();
    }
    PixelSize from = parent.shot.size();
    Window window = node.shot.on(parent.shot);
    return 4
        * RowResampler.bytesAtMost(
            from.width(),
            from.height(),
            window,
            node.shot.size().width(),
            node.shot.size().height());
  }
}
