package dev.rendition.local.jpeg;

import dev.rendition.local.raster.Plane;

/** One plane of a picture being encoded, counted in blocks. */
final class EncoderComponent {
  final Plane plane;

  /** Blocks of this component in a unit of an interleaved scan, across and down. */
  final int across;

  final int down;

  /** 0 for luma and grey, 1 for chroma: the tables it uses. */
  final int table;

  final EncoderQuantiser quantiser;

  /** Size in blocks that hold at least one sample. */
  final int blockColumns;

  final int blockRows;

  EncoderComponent(Plane plane, int across, int down, int table, EncoderQuantiser quantiser) {
    this.plane = plane;
    this.across = across;
    this.down = down;
    this.table = table;
    this.quantiser = quantiser;
    blockColumns = (plane.width() + 7) / 8;
    blockRows = (plane.height() + 7) / 8;
  }
}
