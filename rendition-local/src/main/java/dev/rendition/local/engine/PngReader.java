package dev.rendition.local.engine;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.ZipException;

/**
 * Reads the pixels of a PNG (PNG 3rd edition, sections 7 to 10), row by row, without looking at any
 * text chunk. Checksums are not compared: a picture that inflates is a picture. Used once, by one
 * thread.
 */
final class PngReader {
  private static final int[] PASS_X = {0, 4, 0, 2, 0, 1, 0};
  private static final int[] PASS_Y = {0, 0, 4, 0, 2, 0, 1};
  private static final int[] STEP_X = {8, 8, 4, 4, 2, 2, 1};
  private static final int[] STEP_Y = {8, 8, 8, 4, 4, 2, 2};
  private static final int COLOUR_TYPE = 25;

  private final Cancellation cancellation;
  private final PngPixels pixels;
  private final IdatStream idat;
  private final int width;
  private final int height;

  private PngReader(PngPixels pixels, IdatStream idat, SourceHeader header, Cancellation stop) {
    this.pixels = pixels;
    this.idat = idat;
    this.width = header.width();
    this.height = header.height();
    this.cancellation = stop;
  }

  /** Takes rows once they are in the canvas. */
  @FunctionalInterface
  interface Rows {
    /**
     * Is told that a row is there.
     *
     * @param y the row's number in the picture
     */
    void done(int y);
  }

  static Picture read(SourceBytes source, SourceHeader header, Cancellation cancellation)
      throws IOException {
    PngReader reader = open(source, header, header.height(), cancellation);
    reader.inflate(
        data -> {
          if (header.variant().equals("interlaced")) {
            for (int pass = 0; pass < 7; pass++) {
              reader.pass(
                  data,
                  PASS_X[pass],
                  PASS_Y[pass],
                  STEP_X[pass],
                  STEP_Y[pass],
                  reader.height,
                  y -> {});
            }
          } else {
            reader.pass(data, 0, 0, 1, 1, reader.height, y -> {});
          }
        });
    return reader.pixels.toPicture();
  }

  /**
   * Reads everything before the pixels.
   *
   * @param rows how many rows the canvas holds
   */
  static PngReader open(
      SourceBytes source, SourceHeader header, int rows, Cancellation cancellation)
      throws IOException {
    ByteCursor in = new ByteCursor(source, "PNG", 32 << 10);
    PngPixels pixels = new PngPixels(header, in.seek(COLOUR_TYPE).u8());
    return new PngReader(pixels, pixels.untilPixels(in, rows), header, cancellation);
  }

  /**
   * Returns where the rows go: row {@code y} of the picture lies at {@code y} modulo the canvas'
   * height.
   */
  Canvas canvas() {
    return pixels.canvas();
  }

  /** Reads a picture that is not interlaced from top to bottom. */
  void stream(Rows rows) throws IOException {
    inflate(data -> pass(data, 0, 0, 1, 1, canvas().height, rows));
  }

  private void inflate(Reading reading) throws IOException {
    try (InputStream data = new InflateStream(idat)) {
      reading.run(data);
    } catch (ZipException e) {
      throw StepException.damaged("PNG: the compressed pixels are damaged: " + e.getMessage());
    } catch (EOFException e) {
      throw StepException.damaged("PNG: the pixels end too early; the file is truncated");
    }
  }

  private void pass(
      InputStream data, int firstX, int firstY, int stepX, int stepY, int held, Rows rows)
      throws IOException {
    if (firstX >= width || firstY >= height) {
      return;
    }
    int columns = (width - firstX + stepX - 1) / stepX;
    int rowBytes = Math.toIntExact(((long) columns * pixels.bitsPerPixel() + 7) / 8);
    int distance = Math.max(1, pixels.bitsPerPixel() / 8);
    byte[] row = new byte[rowBytes];
    byte[] above = new byte[rowBytes];
    for (int y = firstY; y < height; y += stepY) {
      if ((y & 15) == 0 || stepY > 1) {
        cancellation.check();
      }
      int filter = data.read();
      if (filter < 0 || data.readNBytes(row, 0, rowBytes) < rowBytes) {
        throw StepException.damaged(
            "PNG: the pixels end before row " + y + " of " + height + "; the file is truncated");
      }
      PngUnfilter.undo(filter, row, above, distance);
      pixels.row(row, columns, y % held * width + firstX, stepX);
      rows.done(y);
      byte[] swap = above;
      above = row;
      row = swap;
    }
  }

  /** Reads inflated data. */
  @FunctionalInterface
  private interface Reading {
    void run(InputStream data) throws IOException;
  }
}
