package dev.rendition.recipe;

import static java.util.Objects.requireNonNull;

import java.util.Locale;

/**
 * How a picture is brought to a box. None of them enlarges the picture unless told to.
 *
 * <p>Sizes follow one rule: with a ratio {@code r}, each side is {@code max(1, round(r * side))},
 * halves up.
 */
public enum Fit {
  /** As large as fits into the box; the aspect ratio is kept. */
  FIT {
    @Override
    public PixelSize size(PixelSize from, Box box, boolean enlarge) {
      return scaled(from, ratio(from, box, enlarge));
    }
  },
  /**
   * Fills the box and cuts off what stands out, after {@link Gravity}. A picture too small to fill
   * it is cut to the box's shape instead, as large as the picture allows.
   */
  COVER {
    @Override
    public PixelSize size(PixelSize from, Box box, boolean enlarge) {
      requireClosed(box);
      double r =
          enlarge
              ? 1
              : Math.min(
                  1,
                  Math.min(
                      (double) from.width() / box.width(), (double) from.height() / box.height()));
      return scaled(PixelSize.of(box.width(), box.height()), r);
    }
  },
  /**
   * As {@link #FIT}, then padded to the box; the padding is transparent, or the recipe's
   * background.
   */
  CONTAIN {
    @Override
    public PixelSize size(PixelSize from, Box box, boolean enlarge) {
      requireClosed(box);
      return PixelSize.of(box.width(), box.height());
    }
  },
  /** Stretched to the box; the aspect ratio is not kept. */
  FILL {
    @Override
    public PixelSize size(PixelSize from, Box box, boolean enlarge) {
      requireClosed(box);
      return enlarge
          ? PixelSize.of(box.width(), box.height())
          : PixelSize.of(
              Math.min(box.width(), from.width()), Math.min(box.height(), from.height()));
    }
  };

  /**
   * Returns the size a picture has after it was brought to a box.
   *
   * @param from the picture's size
   * @param box closed, except for {@link #FIT}
   * @param enlarge whether a picture smaller than the box is made larger
   * @throws IllegalArgumentException if the box has a free side and this is not {@link #FIT}, or a
   *     side of the result exceeds {@link PixelSize#MAX}
   */
  public abstract PixelSize size(PixelSize from, Box box, boolean enlarge);

  /** Returns the word used in recipes. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  void requireClosed(Box box) {
    if (!requireNonNull(box, "box").closed()) {
      throw new IllegalArgumentException(word() + " needs a width and a height, was " + box);
    }
  }

  static double ratio(PixelSize from, Box box, boolean enlarge) {
    double byWidth = box.width() == 0 ? Double.MAX_VALUE : (double) box.width() / from.width();
    double byHeight = box.height() == 0 ? Double.MAX_VALUE : (double) box.height() / from.height();
    double r = Math.min(byWidth, byHeight);
    return enlarge ? r : Math.min(1, r);
  }

  static PixelSize scaled(PixelSize from, double r) {
    return PixelSize.of(side(from.width() * r), side(from.height() * r));
  }

  private static int side(double exact) {
    return (int) Math.max(1, Math.min(Integer.MAX_VALUE, Math.round(exact)));
  }
}
