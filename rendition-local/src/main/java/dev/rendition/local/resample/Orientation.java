package dev.rendition.local.resample;

/**
 * How stored pixels must be turned to be seen upright: the eight cases of the Orientation tag (EXIF
 * 2.32, tag 0x0112). Each constant says what is done to the stored picture.
 */
public enum Orientation {
  /** EXIF 1: nothing. */
  UPRIGHT(1, false, false, false),
  /** EXIF 2: left and right change places. */
  MIRRORED(2, false, true, false),
  /** EXIF 3: turned by half a turn. */
  HALF_TURN(3, false, true, true),
  /** EXIF 4: top and bottom change places. */
  FLIPPED(4, false, false, true),
  /** EXIF 5: rows become columns. */
  TRANSPOSED(5, true, false, false),
  /** EXIF 6: turned clockwise by a quarter. */
  QUARTER_TURN(6, true, false, true),
  /** EXIF 7: rows become columns, from the lower right corner. */
  TRANSVERSED(7, true, true, true),
  /** EXIF 8: turned counter-clockwise by a quarter. */
  THREE_QUARTER_TURN(8, true, true, false);

  private final int exif;
  private final boolean transposes;
  private final boolean reversesColumns;
  private final boolean reversesRows;

  Orientation(int exif, boolean transposes, boolean reversesColumns, boolean reversesRows) {
    this.exif = exif;
    this.transposes = transposes;
    this.reversesColumns = reversesColumns;
    this.reversesRows = reversesRows;
  }

  /** Returns the orientation of an EXIF value; one outside 1 to 8 counts as 1, as viewers do. */
  public static Orientation of(int exif) {
    for (Orientation orientation : values()) {
      if (orientation.exif == exif) {
        return orientation;
      }
    }
    return UPRIGHT;
  }

  /** Returns the EXIF value, 1 to 8. */
  public int exif() {
    return exif;
  }

  /** Tells whether stored rows become upright columns, so that width and height change places. */
  public boolean transposes() {
    return transposes;
  }

  /** Tells whether stored columns are taken from the right. */
  public boolean reversesColumns() {
    return reversesColumns;
  }

  /** Tells whether stored rows are taken from the bottom. */
  public boolean reversesRows() {
    return reversesRows;
  }

  /** Returns the upright width of a picture stored as {@code width} × {@code height}. */
  public int uprightWidth(int width, int height) {
    return transposes ? height : width;
  }

  /** Returns the upright height of a picture stored as {@code width} × {@code height}. */
  public int uprightHeight(int width, int height) {
    return transposes ? width : height;
  }

  /**
   * Returns where a window on the upright picture lies on the stored one.
   *
   * @param upright within the upright picture
   * @param width the stored picture's
   * @param height the stored picture's
   */
  public Window stored(Window upright, double width, double height) {
    double left = transposes ? upright.top() : upright.left();
    double top = transposes ? upright.left() : upright.top();
    double w = transposes ? upright.height() : upright.width();
    double h = transposes ? upright.width() : upright.height();
    return new Window(
        reversesColumns ? Math.max(0, width - left - w) : left,
        reversesRows ? Math.max(0, height - top - h) : top,
        w,
        h);
  }

  /** Returns what this and then another turning do together. */
  public Orientation then(Orientation next) {
    boolean columns = reversesColumns ^ (transposes ? next.reversesRows : next.reversesColumns);
    boolean rows = reversesRows ^ (transposes ? next.reversesColumns : next.reversesRows);
    return of(transposes ^ next.transposes, columns, rows);
  }

  /** Returns the turning that undoes this one. */
  public Orientation inverse() {
    return transposes ? of(true, reversesRows, reversesColumns) : this;
  }

  private static Orientation of(boolean transposes, boolean reversesColumns, boolean reversesRows) {
    for (Orientation orientation : values()) {
      if (orientation.transposes == transposes
          && orientation.reversesColumns == reversesColumns
          && orientation.reversesRows == reversesRows) {
        return orientation;
      }
    }
    throw new AssertionError("the eight orientations are all there are");
  }
}
