package dev.rendition.local.engine;

import dev.rendition.local.raster.Plane;
import dev.rendition.local.raster.RowSink;
import dev.rendition.local.resample.AlphaResampler;
import dev.rendition.local.resample.Orientation;
import dev.rendition.local.resample.RowResampler;
import dev.rendition.local.resample.Scratch;
import dev.rendition.local.resample.Window;
import dev.rendition.recipe.PixelSize;
import java.util.ArrayList;
import java.util.List;

/**
 * Takes the rows of a source and makes the pixels of one root from them. Not safe for use by many
 * threads; closing it gives its buffers back.
 */
final class RootFeed implements RowSink, AutoCloseable {
  private final Node root;
  private final Lane lane;
  private final boolean direct;
  private final List<Plane> targets = new ArrayList<>();
  private final List<RowResampler> resamplers = new ArrayList<>();
  private final List<AlphaResampler> withAlpha = new ArrayList<>();

  RootFeed(Node root, LaneSource source, Lane lane, int[] scales, Scratch scratch) {
    this.root = root;
    this.lane = lane;
    this.direct = direct(lane, root.form);
    if (isWhole(root, source, lane)) {
      targets.addAll(lane.whole());
      return;
    }
    boolean half = direct && root.form.kind() == Form.Kind.YCC_HALF;
    for (int plane = 0; plane < lane.planes(); plane++) {
      int width = Ycc.chroma(root.shot.size().width(), half && plane > 0);
      int height = Ycc.chroma(root.shot.size().height(), half && plane > 0);
      targets.add(Plane.ofSize(width, height));
    }
    Window stored =
        root.shot
            .turn()
            .stored(root.shot.window(), source.stored().width(), source.stored().height());
    if (lane.alpha()) {
      Lane.Shape shape = lane.shape(0, scales[0]);
      withAlpha.add(
          new AlphaResampler(
              shape.width(), shape.height(), stored, root.shot.turn(), targets, scratch));
      return;
    }
    for (int plane = 0; plane < lane.planes(); plane++) {
      Lane.Shape shape = lane.shape(plane, scales[plane]);
      Window window = stored.scaled(shape.across(), shape.down());
      resamplers.add(
          new RowResampler(
              shape.width(),
              shape.height(),
              window,
              root.shot.turn(),
              targets.get(plane),
              scratch));
    }
  }

  /**
   * Tells whether the lane's own planes are what a form wants, so that no colour is converted at
   * all.
   */
  static boolean direct(Lane lane, Form form) {
    return form.isYcc()
        && lane.conversion().isEmpty()
        && !lane.alpha()
        && (lane.colours() == Lane.Colours.YCBCR || lane.colours() == Lane.Colours.GREY);
  }

  /**
   * Tells whether a root is the lane's picture as it is, so that nothing has to be resampled or
   * copied.
   */
  private static boolean isWhole(Node root, LaneSource source, Lane lane) {
    PixelSize stored = source.stored();
    Window all = Window.whole(stored.width(), stored.height());
    return !lane.whole().isEmpty()
        && root.form.kind() == Form.Kind.FULL
        && root.shot.equals(new Shot(all, Orientation.UPRIGHT, stored));
  }

  @Override
  public void rows(int plane, int firstRow, int rowCount, byte[] samples, int offset, int stride) {
    if (!resamplers.isEmpty()) {
      resamplers.get(plane).rows(firstRow, rowCount, samples, offset, stride);
    } else if (!withAlpha.isEmpty()) {
      withAlpha.get(0).rows(plane, firstRow, rowCount, samples, offset, stride);
    }
  }

  /** Brings what was made to the root's form. Call once, after the last row. */
  void finish() {
    if (direct) {
      root.ycc = new Ycc(targets);
      return;
    }
    Picture picture = converted();
    if (root.form.isYcc()) {
      root.ycc = Ycc.of(picture, root.form);
    } else {
      root.picture = picture;
    }
  }

  private Picture converted() {
    List<Plane> colours = targets.subList(0, lane.planes() - (lane.alpha() ? 1 : 0));
    Plane alpha = lane.alpha() ? targets.get(targets.size() - 1) : null;
    if (lane.colours() == Lane.Colours.YCBCR) {
      YcbcrColours.toRgb(colours);
    }
    lane.conversion().ifPresent(way -> way.apply(colours));
    boolean grey = lane.colours() == Lane.Colours.GREY;
    return new Picture(
        grey ? Picture.Kind.GREY : Picture.Kind.RGB,
        grey ? colours : colours.subList(0, 3),
        alpha,
        null);
  }

  @Override
  public void close() {
    resamplers.forEach(RowResampler::close);
    withAlpha.forEach(AlphaResampler::close);
  }
}
