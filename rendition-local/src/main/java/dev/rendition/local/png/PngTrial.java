package dev.rendition.local.png;

import java.util.zip.Deflater;

/**
 * Compresses a few strips of a picture to see whether filtering pays: it does for photos, and costs
 * a quarter for drawings, whose repeated pixels it hides.
 */
final class PngTrial {
  private static final int STRIP_ROWS = 16;

  /** One strip in so many is tried. */
  private static final int SPACING = 10;

  private static final int FEW_ROWS = 2 * STRIP_ROWS;

  private PngTrial() {}

  /** Returns the filter that makes the strips smaller; the adaptive one of equals. */
  static PngSettings.Filter better(PngRows rows) {
    return size(rows, PngSettings.Filter.NONE) < size(rows, PngSettings.Filter.ADAPTIVE)
        ? PngSettings.Filter.NONE
        : PngSettings.Filter.ADAPTIVE;
  }

  private static long size(PngRows rows, PngSettings.Filter filter) {
    Deflater deflater = new Deflater(Deflater.BEST_SPEED);
    try {
      PngFilters filters = new PngFilters(rows.rowBytes(), rows.pixelBytes());
      byte[] sink = new byte[1 << 14];
      long size = 0;
      int spacing = rows.height() <= FEW_ROWS ? 1 : SPACING;
      for (int top = spacing / 2 * STRIP_ROWS % rows.height();
          top < rows.height();
          top += spacing * STRIP_ROWS) {
        size += strip(rows, top, filter, filters, deflater, sink);
      }
      deflater.finish();
      while (!deflater.finished()) {
        size += deflater.deflate(sink);
      }
      return size;
    } finally {
      deflater.end();
    }
  }

  private static long strip(
      PngRows rows,
      int top,
      PngSettings.Filter filter,
      PngFilters filters,
      Deflater deflater,
      byte[] sink) {
    long size = 0;
    rows.fill(Math.max(0, top - 1), filters.current());
    filters.next();
    for (int y = top; y < Math.min(rows.height(), top + STRIP_ROWS); y++) {
      rows.fill(y, filters.current());
      deflater.setInput(filters.row(filter));
      while (!deflater.needsInput()) {
        size += deflater.deflate(sink);
      }
      filters.next();
    }
    return size;
  }
}
