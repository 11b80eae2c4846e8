package dev.rendition.local.engine;

import dev.rendition.generate.FailureReason;
import dev.rendition.local.engine.Geometry.Finish;
import dev.rendition.local.resample.Orientation;
import dev.rendition.local.resample.Window;
import dev.rendition.recipe.Box;
import dev.rendition.recipe.Fit;
import dev.rendition.recipe.FocalPoint;
import dev.rendition.recipe.Gravity;
import dev.rendition.recipe.Operation;
import dev.rendition.recipe.PixelSize;
import java.util.List;

/** Folds geometric operations; see {@link Geometry}. Used once. */
final class GeometryFold {
  private final PixelSize picture;
  private Orientation turn = Orientation.UPRIGHT;
  private PixelSize full;
  private Window window;
  private PixelSize size;
  private double focusX;
  private double focusY;
  private Finish finish = new Finish.None();

  GeometryFold(PixelSize picture, FocalPoint focus) {
    this.picture = picture;
    this.full = picture;
    this.window = Window.whole(picture.width(), picture.height());
    this.size = picture;
    this.focusX = focus.x() * picture.width();
    this.focusY = focus.y() * picture.height();
  }

  Geometry run(List<Operation> operations, int from) {
    int next = from;
    while (next < operations.size()
        && finish instanceof Finish.None
        && apply(operations.get(next))) {
      next++;
    }
    double x = (focusX - window.left()) / window.width();
    double y = (focusY - window.top()) / window.height();
    FocalPoint focus = new FocalPoint(Math.max(0, Math.min(1, x)), Math.max(0, Math.min(1, y)));
    return new Geometry(window, turn, size, finish, next, focus);
  }

  /** Folds an operation in, or tells that it cannot be. */
  private boolean apply(Operation operation) {
    if (operation instanceof Operation.Resize resize) {
      return resize(resize);
    } else if (operation instanceof Operation.Crop crop) {
      crop(crop);
      return true;
    } else if (operation instanceof Operation.Aspect aspect) {
      aspect(aspect);
      return true;
    } else if (operation instanceof Operation.Rotate rotate) {
      turn(
          rotate.degrees() == 90
              ? Orientation.QUARTER_TURN
              : rotate.degrees() == 180 ? Orientation.HALF_TURN : Orientation.THREE_QUARTER_TURN);
      return true;
    } else if (operation instanceof Operation.Flip flip) {
      turn(flip.horizontal() ? Orientation.MIRRORED : Orientation.FLIPPED);
      return true;
    }
    return false;
  }

  private boolean resize(Operation.Resize resize) {
    PixelSize wanted = sized(resize.fit(), resize.box(), resize.enlarge());
    PixelSize scaled =
        resize.fit() == Fit.CONTAIN ? sized(Fit.FIT, resize.box(), resize.enlarge()) : wanted;
    boolean larger = scaled.width() > size.width() || scaled.height() > size.height();
    boolean reduced =
        window.width() > size.width() * 1.001 || window.height() > size.height() * 1.001;
    if (larger && reduced) {
      return false;
    }
    if (resize.fit() == Fit.COVER) {
      cover(wanted, resize.gravity());
      return true;
    }
    size = scaled;
    if (resize.fit() == Fit.CONTAIN && !wanted.equals(scaled)) {
      int left = (int) place(resize.gravity(), true, wanted.width() - scaled.width());
      int top = (int) place(resize.gravity(), false, wanted.height() - scaled.height());
      finish = new Finish.Pad(wanted, left, top);
    }
    return true;
  }

  private PixelSize sized(Fit fit, Box box, boolean enlarge) {
    try {
      return fit.size(size, box, enlarge);
    } catch (IllegalArgumentException e) {
      throw new StepException(
          FailureReason.OPERATION_NOT_APPLICABLE,
          fit.word() + ":" + box + " of a picture of " + size + " is too large: " + e.getMessage(),
          e);
    }
  }

  private void cover(PixelSize wanted, Gravity gravity) {
    double r =
        Math.max((double) wanted.width() / size.width(), (double) wanted.height() / size.height());
    if (gravity == Gravity.ENTROPY) {
      size =
          PixelSize.of(
              Math.max(wanted.width(), (int) Math.round(size.width() * r)),
              Math.max(wanted.height(), (int) Math.round(size.height() * r)));
      entropy(wanted);
      return;
    }
    double width = Math.min(size.width(), wanted.width() / r);
    double height = Math.min(size.height(), wanted.height() / r);
    cut(gravity, width, height, r == 1);
    size = wanted;
  }

  private void aspect(Operation.Aspect aspect) {
    long across = (long) size.width() * aspect.height();
    long down = (long) size.height() * aspect.width();
    int width = size.width();
    int height = size.height();
    if (across > down) {
      width = (int) Math.max(1, Math.round((double) down / aspect.height()));
    } else {
      height = (int) Math.max(1, Math.round((double) across / aspect.width()));
    }
    PixelSize wanted = PixelSize.of(width, height);
    if (aspect.gravity() == Gravity.ENTROPY) {
      entropy(wanted);
    } else {
      cut(aspect.gravity(), width, height, true);
      size = wanted;
    }
  }

  private void entropy(PixelSize wanted) {
    if (!wanted.equals(size)) {
      finish = new Finish.Entropy(wanted);
    }
  }

  private void crop(Operation.Crop crop) {
    double unitX = crop.percent() ? size.width() / 100.0 : 1;
    double unitY = crop.percent() ? size.height() / 100.0 : 1;
    int left = (int) Math.floor(crop.x() * unitX + 1e-6);
    int top = (int) Math.floor(crop.y() * unitY + 1e-6);
    int right = (int) Math.ceil((crop.x() + crop.width()) * unitX - 1e-6);
    int bottom = (int) Math.ceil((crop.y() + crop.height()) * unitY - 1e-6);
    if (crop.percent()) {
      left = Math.min(left, size.width() - 1);
      top = Math.min(top, size.height() - 1);
      right = Math.max(left + 1, Math.min(right, size.width()));
      bottom = Math.max(top + 1, Math.min(bottom, size.height()));
    }
    if (right > size.width() || bottom > size.height()) {
      throw new StepException(
          FailureReason.OPERATION_NOT_APPLICABLE,
          "the crop from "
              + left
              + ","
              + top
              + " to "
              + right
              + ","
              + bottom
              + " does not lie in the picture of "
              + size
              + "; give smaller numbers, or percent such as 10p");
    }
    narrow(left, top, right - left, bottom - top);
    size = PixelSize.of(right - left, bottom - top);
  }

  /** Narrows the window to a part of the given size, placed by gravity. */
  private void cut(Gravity gravity, double width, double height, boolean wholePixels) {
    double left = start(gravity, true, width);
    double top = start(gravity, false, height);
    narrow(
        wholePixels ? Math.floor(left) : left, wholePixels ? Math.floor(top) : top, width, height);
  }

  private double start(Gravity gravity, boolean horizontal, double length) {
    double room = (horizontal ? size.width() : size.height()) - length;
    if (gravity != Gravity.FOCUS) {
      return place(gravity, horizontal, room);
    }
    double at =
        horizontal
            ? (focusX - window.left()) * size.width() / window.width()
            : (focusY - window.top()) * size.height() / window.height();
    return Math.max(0, Math.min(room, at - length / 2));
  }

  /** Returns how much of the room lies before the part: none, half or all of it. */
  private static double place(Gravity gravity, boolean horizontal, double room) {
    double share =
        switch (gravity) {
          case NW -> 0;
          case N -> horizontal ? 0.5 : 0;
          case NE -> horizontal ? 1 : 0;
          case W -> horizontal ? 0 : 0.5;
          case E -> horizontal ? 1 : 0.5;
          case SW -> horizontal ? 0 : 1;
          case S -> horizontal ? 0.5 : 1;
          case SE -> 1;
          default -> 0.5;
        };
    return room * share;
  }

  /** Narrows the window to a part given in pixels of the present size. */
  private void narrow(double left, double top, double width, double height) {
    double x = window.width() / size.width();
    double y = window.height() / size.height();
    window = new Window(window.left() + left * x, window.top() + top * y, width * x, height * y);
  }

  private void turn(Orientation next) {
    turn = turn.then(next);
    full =
        PixelSize.of(
            next.uprightWidth(full.width(), full.height()),
            next.uprightHeight(full.width(), full.height()));
    Orientation back = next.inverse();
    Window focus = back.stored(new Window(focusX, focusY, 1e-9, 1e-9), full.width(), full.height());
    focusX = focus.left();
    focusY = focus.top();
    window = back.stored(window, full.width(), full.height());
    size =
        PixelSize.of(
            next.uprightWidth(size.width(), size.height()),
            next.uprightHeight(size.width(), size.height()));
  }

  /** Returns the picture's own size, for messages. */
  @Override
  public String toString() {
    return "operations on a picture of " + picture;
  }
}
