package dev.rendition.local.engine;

import dev.rendition.local.resample.Orientation;
import dev.rendition.local.resample.Window;
import dev.rendition.recipe.FocalPoint;
import dev.rendition.recipe.Operation;
import dev.rendition.recipe.PixelSize;
import java.util.List;

/**
 * A run of geometric operations folded into one: which part of a picture is seen, how it is turned,
 * how large it becomes. So that a crop, a turn and two resizes cost one resampling.
 *
 * <p>It ends before the first operation that needs pixels, and behind one that pads or looks for
 * detail, which is told by {@link #finish()}.
 *
 * @param window what is seen, in pixels of the picture turned by {@code turn}
 * @param turn how the upright picture is turned
 * @param size what the window becomes
 * @param finish what is left to do once there are pixels of that size
 * @param next the index of the first operation that is not part of this
 * @param focus the focal point as fractions of the result
 */
record Geometry(
    Window window, Orientation turn, PixelSize size, Finish finish, int next, FocalPoint focus) {
  /** What follows the resampling. */
  sealed interface Finish {
    /** Nothing. */
    record None() implements Finish {}

    /**
     * The result is put on a larger transparent ground.
     *
     * @param ground the size of the ground
     * @param left columns left of the picture
     * @param top rows above the picture
     */
    record Pad(PixelSize ground, int left, int top) implements Finish {}

    /**
     * The part with most detail is cut out.
     *
     * @param size of the part
     */
    record Entropy(PixelSize size) implements Finish {}
  }

  /**
   * Folds operations from an index on.
   *
   * @param picture the size of the upright picture they are applied to
   * @throws StepException {@code OPERATION_NOT_APPLICABLE} if a crop does not lie in the picture it
   *     is applied to, or a result is too large
   */
  static Geometry fold(PixelSize picture, FocalPoint focus, List<Operation> operations, int from) {
    return new GeometryFold(picture, focus).run(operations, from);
  }

  /** Tells whether the picture stays as it is. */
  boolean isIdentity(PixelSize picture) {
    return turn == Orientation.UPRIGHT
        && size.equals(picture)
        && finish instanceof Finish.None
        && seesAll(picture);
  }

  private boolean seesAll(PixelSize picture) {
    return window.left() == 0
        && window.top() == 0
        && window.width() == picture.width()
        && window.height() == picture.height();
  }

  /**
   * Returns how many source pixels become one pixel of the result, along the axis where they are
   * fewest.
   */
  double shrink() {
    return Math.min(window.width() / size.width(), window.height() / size.height());
  }
}
