package dev.rendition.local.engine;

import dev.rendition.local.raster.Plane;
import dev.rendition.local.resample.Window;
import dev.rendition.recipe.PixelSize;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Pixels that some recipes need: one shot in one form, made from the source or from another node.
 * Written once. Not safe for use by many threads.
 */
final class Node {
  final Shot shot;
  final Form form;

  /** What this is made from; the source if there is none. */
  @Nullable Node parent;

  /** The planes, once they are there: as in {@link Ycc}, or as in a {@link Picture}. */
  @Nullable Ycc ycc;

  @Nullable Picture picture;

  /** The specs that are encoded from these pixels. */
  final List<Job> jobs = new ArrayList<>();

  Node(Shot shot, Form form) {
    this.shot = shot;
    this.form = form;
  }

  /** Returns a place for a plane of luma or colour difference, 0 to 2. */
  Plane emptyPlane(int plane) {
    boolean small = isSmall(plane);
    PixelSize size = shot.size();
    return Plane.ofSize(Ycc.chroma(size.width(), small), Ycc.chroma(size.height(), small));
  }

  /** Returns what of the parent's plane, of the same form, fills this one's. */
  Window window(int plane) {
    if (parent == null) {
      throw new IllegalStateException(shot + " is made from the source");
    }
    Window window = shot.on(parent.shot);
    return isSmall(plane) ? window.scaled(0.5, 0.5) : window;
  }

  private boolean isSmall(int plane) {
    return plane > 0 && form.kind() == Form.Kind.YCC_HALF;
  }

  /** Tells whether the planes are there. */
  boolean isMade() {
    return ycc != null || picture != null;
  }

  Ycc ycc() {
    if (ycc == null) {
      throw new IllegalStateException("the pixels of " + shot + " are not there yet");
    }
    return ycc;
  }

  Picture picture() {
    if (picture == null) {
      throw new IllegalStateException("the pixels of " + shot + " are not there yet");
    }
    return picture;
  }
}
