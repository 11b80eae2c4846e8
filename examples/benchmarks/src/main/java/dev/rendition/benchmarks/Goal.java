package dev.rendition.benchmarks;

import java.util.List;

/**
 * What our CPU may be at most, as a multiple of a peer's in the same run.
 *
 * @param task the task's id
 * @param peer the contender's id
 * @param atMost the bound
 * @param aim what is hoped for
 */
record Goal(String task, String peer, double atMost, double aim) {
  static final List<Goal> ALL =
      List.of(
          new Goal("W2", "sharp-each", 0.38, 0.30),
          new Goal("W2", "sharp-best", 0.95, 0.75),
          new Goal("W2", "thumbnailator-once", 0.15, 0.12),
          new Goal("W2", "imgscalr", 0.10, 0.08),
          new Goal("W2", "floor", 1.9, 1.5),
          new Goal("W2-progressive", "sharp-each", 0.35, 0.35),
          new Goal("W2-progressive", "sharp-raw", 1.0, 1.0),
          new Goal("W1", "sharp-each", 1.0, 1.0),
          new Goal("W1", "thumbnailator-once", 0.18, 0.18),
          new Goal("W3", "sharp-each", 0.8, 0.8),
          new Goal("W4", "sharp-each", 1.0, 1.0));
}
