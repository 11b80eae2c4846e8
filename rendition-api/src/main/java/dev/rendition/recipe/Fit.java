package dev.rendition.recipe;

import static java.util.Objects.requireNonNull;

import java.util.Locale;

/**
 * How a picture is brought to a box. None of them enlarges the picture unless told to.
 *
 * <p>Sizes follow one rule: with a ratio {@code r}, each side is {@code max(1, round(r * side))},
 * halves up. It is reckoned in whole numbers, so that no half is lost to floating point.
 */
public enum Fit {
  /** As large as fits into the box; the aspect ratio is kept. */
  FIT {
    @Override
    public PixelSize size(PixelSize from, Box box, boolean enlarge) {
      boolean byWidth =
          box.height() == 0
              || (box.width() != 0
                  && (long) box.width() * from.height() <= (long) box.height() * from.width());
      int part = byWidth ? box.width() : box.height();
      int whole = byWidth ? from.width() : from.height();
      return part >= whole && !enlarge ? from : scaled(from, part, whole);
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
      PixelSize full = PixelSize.of(box.width(), box.height());
      boolean byWidth = (long) from.width() * box.height() <= (long) from.height() * box.width();
      int part = byWidth ? from.width() : from.height();
      int whole = byWidth ? box.width() : box.height();
      return part >= whole || enlarge ? full : scaled(full, part, whole);
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

  /** Returns {@code from} times {@code part / whole}. */
  private static PixelSize scaled(PixelSize from, int part, int whole) {
    return PixelSize.of(side(from.width(), part, whole), side(from.height(), part, whole));
  }

  private static int side(int side, int part, int whole) {
    long rounded = (2L * side * part + whole) / (2L * whole);
    return (int) Math.max(1, Math.min(Integer.MAX_VALUE, rounded));
  }
}
