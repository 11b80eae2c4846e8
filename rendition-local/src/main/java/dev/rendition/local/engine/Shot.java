package dev.rendition.local.engine;

import dev.rendition.local.resample.Orientation;
import dev.rendition.local.resample.Window;
import dev.rendition.recipe.PixelSize;

/**
 * A view of the source: what is seen, how it is turned, how large it becomes. Equal shots are the
 * same pixels.
 *
 * @param window in pixels of the stored picture turned by {@code turn}
 * @param turn from the stored picture to the result
 * @param size of the result
 */
record Shot(Window window, Orientation turn, PixelSize size) {
  /**
   * How much smaller a picture must become to be made from another rendition instead of the source.
   */
  static final double LEAST_STEP = 1.15;

  private static final double EDGE = 1e-6;

  /** Returns how many source pixels become one pixel across. */
  double across() {
    return window.width() / size.width();
  }

  /** Returns how many source pixels become one pixel down. */
  double down() {
    return window.height() / size.height();
  }

  /** Returns how many source pixels become one pixel, along the axis where they are fewer. */
  double shrink() {
    return Math.min(across(), down());
  }

  /** Tells whether this can be made from another shot without visible loss. */
  boolean canBeMadeFrom(Shot other) {
    return turn == other.turn
        && across() >= other.across() * LEAST_STEP
        && down() >= other.down() * LEAST_STEP
        && window.left() >= other.window.left() - EDGE
        && window.top() >= other.window.top() - EDGE
        && window.left() + window.width() <= other.window.left() + other.window.width() + EDGE
        && window.top() + window.height() <= other.window.top() + other.window.height() + EDGE;
  }

  /** Returns where this shot's window lies on the pixels of another shot that holds it. */
  Window on(Shot other) {
    double x = 1 / other.across();
    double y = 1 / other.down();
    double left = Math.max(0, (window.left() - other.window.left()) * x);
    double top = Math.max(0, (window.top() - other.window.top()) * y);
    return new Window(
        left,
        top,
        Math.min(window.width() * x, other.size.width() - left),
        Math.min(window.height() * y, other.size.height() - top));
  }
}
