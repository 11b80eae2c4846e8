package dev.rendition.local.engine;

import dev.rendition.local.raster.Plane;
import dev.rendition.local.raster.RowSink;
import dev.rendition.local.resample.AlphaResampler;
import dev.rendition.local.resample.Orientation;
import dev.rendition.local.resample.Scratch;
import dev.rendition.local.resample.Window;
import dev.rendition.recipe.PixelSize;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Takes the rows of a source and makes the pixels of one root from them. Rows that come on a
 * helping thread, which has time, make the pixels of smaller nodes too where no colour is converted
 * in between; on the owner's thread one after another is faster, by 1 to 6 %. Not safe for use by
 * many threads; closing it gives its buffers back.
 */
final class RootFeed implements RowSink, AutoCloseable {
  private final Node root;
  private final Lane lane;
  private final List<Node> nodes;
  private final Scratch scratch;
  private final Thread owner = Thread.currentThread();
  private final boolean direct;

  /** Whether finished rows are at the top, where smaller nodes begin. */
  private final boolean ahead;

  private final List<Plane> targets = new ArrayList<>();
  private final List<PlaneFeed> planes = new ArrayList<>();
  private final List<AlphaResampler> withAlpha = new ArrayList<>();
  private final Map<Node, List<PlaneFeed>> smaller = new LinkedHashMap<>();

  /**
   * Makes the feed of a root.
   *
   * @param nodes all that will be made, every one behind its parent
   */
  RootFeed(
      Node root, List<Node> nodes, LaneSource source, Lane lane, int[] scales, Scratch scratch) {
    this.root = root;
    this.lane = lane;
    this.nodes = nodes;
    this.scratch = scratch;
    this.direct = direct(lane, root.form);
    this.ahead = direct && !root.shot.turn().transposes() && !root.shot.turn().reversesRows();
    if (isWhole(root, source, lane)) {
      targets.addAll(lane.whole());
      return;
    }
    for (int plane = 0; plane < lane.planes(); plane++) {
      PixelSize size = root.shot.size();
      targets.add(direct ? root.emptyPlane(plane) : Plane.ofSize(size.width(), size.height()));
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
      planes.add(
          new PlaneFeed(
              shape.width(),
              shape.height(),
              window,
              root.shot.turn(),
              targets.get(plane),
              scratch,
              lane.shape(plane, 1).across() < 1 || lane.shape(plane, 1).down() < 1));
    }
  }

  /** Lets a node's planes be made from its parent's while those are made here. */
  private void follow(Node node) {
    Node parent = node.parent;
    List<PlaneFeed> from = parent == null ? null : smaller.get(parent);
    if (parent == null || from == null || !node.form.equals(parent.form)) {
      return;
    }
    List<PlaneFeed> feeds = new ArrayList<>();
    for (int i = 0; i < from.size(); i++) {
      feeds.add(from.get(i).then(node.window(i), node.emptyPlane(i), scratch));
    }
    smaller.put(node, feeds);
  }

  /** Makes smaller nodes from the rows that are finished, so far as that is possible. */
  private void passOn(int plane) {
    if (smaller.isEmpty()) {
      smaller.put(root, planes);
      nodes.forEach(this::follow);
    }
    planes.get(plane).passOn();
  }

  /** Tells whether a node may be made while rows pass, from the source or from another node. */
  static boolean passes(Lane lane, Node node) {
    Node parent = node.parent;
    return parent == null
        || (direct(lane, node.form) && parent.form.equals(node.form) && passes(lane, parent));
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
    if (!planes.isEmpty()) {
      planes.get(plane).rows(firstRow, rowCount, samples, offset, stride);
      if (ahead && !Thread.currentThread().equals(owner)) {
        passOn(plane);
      }
    } else if (!withAlpha.isEmpty()) {
      withAlpha.get(0).rows(plane, firstRow, rowCount, samples, offset, stride);
    }
  }

  /** Brings what was made to the root's form. Call once, after the last row. */
  void finish() {
    if (direct) {
      root.ycc = new Ycc(targets);
      planes.forEach(PlaneFeed::passOn);
      smaller.forEach(
          (node, feeds) -> node.ycc = new Ycc(feeds.stream().map(PlaneFeed::target).toList()));
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
    planes.forEach(PlaneFeed::close);
    withAlpha.forEach(AlphaResampler::close);
  }
}
