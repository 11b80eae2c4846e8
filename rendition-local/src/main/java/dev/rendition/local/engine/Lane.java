package dev.rendition.local.engine;

import dev.rendition.local.assist.Assistant;
import dev.rendition.local.icc.ToSrgb;
import dev.rendition.local.raster.Plane;
import dev.rendition.local.raster.RowSink;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * One way from the bytes of a source to the rows of its planes. Made for one source, used once, by
 * one thread; closing it frees what it holds.
 */
interface Lane {
  /** What the planes mean. */
  enum Colours {
    GREY,
    RGB,
    CMYK,
    /**
     * Luma and two colour differences of ITU-R BT.601 in full range; the differences may be
     * smaller.
     */
    YCBCR
  }

  /**
   * One plane at one scale.
   *
   * @param width samples in a row
   * @param height rows
   * @param across samples per stored pixel in a row
   * @param down rows per stored pixel in a column
   */
  record Shape(int width, int height, double across, double down) {}

  Colours colours();

  /** Tells whether there is an alpha plane behind the others. */
  boolean alpha();

  /** Returns how many planes there are, alpha counted. */
  int planes();

  /** Returns the way to sRGB, or empty if the samples are taken as they are. */
  Optional<ToSrgb> conversion();

  /** Returns the shape of a plane at a scale the lane offers. */
  Shape shape(int plane, int scale);

  /**
   * Returns an upper bound of the heap that {@link #feed} takes.
   *
   * @param scales the denominator for each plane
   */
  long memoryToFeed(int[] scales);

  /** Returns an upper bound of the heap that {@link #feed} takes more when a worker helps. */
  default long memoryForHelp(int[] scales) {
    return 0;
  }

  /**
   * Returns the planes themselves if the lane holds the whole picture, for whoever needs it as it
   * is; empty otherwise. Whoever changes them does so after the last row was given.
   */
  default List<Plane> whole() {
    return List.of();
  }

  /**
   * Gives every row of every plane once.
   *
   * @param scales the denominator for each plane, among those of {@link LaneSource#scales}
   * @param assistant may do a part, the sink's included; nobody helps any more when this returns
   * @return what was odd about the source and was passed over
   * @throws StepException if the source cannot be decoded
   */
  List<String> feed(int[] scales, RowSink sink, Cancellation cancellation, Assistant assistant)
      throws IOException;
}
