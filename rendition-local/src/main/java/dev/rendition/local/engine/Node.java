package dev.rendition.local.engine;

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
