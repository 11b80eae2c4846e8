package dev.rendition.local.png;

import java.util.List;
import java.util.zip.Deflater;

/**
 * Compresses a few strips of a picture to see what pays. Filtering does for photos, and costs a
 * quarter for drawings, whose repeated pixels it hides. Looking for repetitions does for pictures
 * with plain areas; filtered photos have none.
 */
final class PngTrial {
  private static final int STRIP_ROWS = 16;

  /** One strip in so many is tried. */
  private static final int SPACING = 10;

  private static final int FEW_ROWS = 2 * STRIP_ROWS;

  /** What repeats pixels unfiltered compresses fast, so the higher level costs little there. */
  static final int DRAWING_LEVEL = 6;

  private final PngRows rows;
  private final byte[] sink = new byte[1 << 14];

  private PngTrial(PngRows rows) {
    this.rows = rows;
  }

  /**
   * Returns the way that makes the strips smallest, of equals the one that filters and then the
   * fastest.
   *
   * @param level for rows in which repetitions are looked for, unless a drawing deserves more;
   *     above the default's they are looked for in every case
   */
  static PngWay best(PngRows rows, int level) {
    PngTrial trial = new PngTrial(rows);
    long[] none = trial.sizes(List.of(PngWay.unfiltered(Deflater.BEST_SPEED)));
    long[] filtered = trial.sizes(List.of(PngWay.filtered(Deflater.BEST_SPEED), PngWay.CODED));
    boolean fast = level <= PngSettings.DEFAULT.level();
    if (none[0] < filtered[0] && (!fast || none[0] < filtered[1])) {
      return PngWay.unfiltered(Math.max(DRAWING_LEVEL, level));
    }
    return fast && filtered[1] <= filtered[0] ? PngWay.CODED : PngWay.filtered(level);
  }

  /** Returns how many bytes the strips become by each of some ways that filter alike. */
  private long[] sizes(List<PngWay> ways) {
    List<Deflater> deflaters = ways.stream().map(PngWay::deflater).toList();
    try {
      long[] sizes = new long[deflaters.size()];
      PngFilters filters = new PngFilters(rows.rowBytes(), rows.pixelBytes());
      int spacing = rows.height() <= FEW_ROWS ? 1 : SPACING;
      for (int top = spacing / 2 * STRIP_ROWS % rows.height();
          top < rows.height();
          top += spacing * STRIP_ROWS) {
        strip(top, ways.get(0).filter(), filters, deflaters, sizes);
      }
      for (int i = 0; i < sizes.length; i++) {
        deflaters.get(i).finish();
        while (!deflaters.get(i).finished()) {
          sizes[i] += deflaters.get(i).deflate(sink);
        }
      }
      return sizes;
    } finally {
      deflaters.forEach(Deflater::end);
    }
  }

  private void strip(
      int top,
      PngSettings.Filter filter,
      PngFilters filters,
      List<Deflater> deflaters,
      long[] sizes) {
    rows.fill(Math.max(0, top - 1), filters.current());
    filters.next();
    for (int y = top; y < Math.min(rows.height(), top + STRIP_ROWS); y++) {
      rows.fill(y, filters.current());
      byte[] row = filters.row(filter);
      for (int i = 0; i < sizes.length; i++) {
        deflaters.get(i).setInput(row);
        while (!deflaters.get(i).needsInput()) {
          sizes[i] += deflaters.get(i).deflate(sink);
        }
      }
      filters.next();
    }
  }
}
