package dev.rendition.local.raster;

/**
 * Takes decoded rows, top to bottom, each row of each plane exactly once. Never called by two
 * threads at a time.
 */
@FunctionalInterface
public interface RowSink {
  /**
   * Takes some rows of one plane. The samples are valid only during the call: the caller overwrites
   * them.
   *
   * @param plane which plane: 0 is luma, grey or red; the others follow in the picture's own order
   * @param firstRow the number of the first row given; rows of one plane come without gaps
   * @param rowCount how many rows, 1 or more
   * @param samples unsigned 8-bit samples
   * @param offset where the first sample of the first row lies
   * @param stride the distance from one row to the next, at least the plane's width
   */
  void rows(int plane, int firstRow, int rowCount, byte[] samples, int offset, int stride);
}
