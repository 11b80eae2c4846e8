package dev.rendition.local.png;

import java.util.zip.Deflater;

/**
 * One way to compress rows.
 *
 * @param filter {@code NONE} or {@code ADAPTIVE}
 * @param level of compression, 0 to 9
 * @param strategy as {@link Deflater#setStrategy} has it
 */
record PngWay(PngSettings.Filter filter, int level, int strategy) {
  /** Filtered rows whose bytes are coded by how often they occur, and no repetition looked for. */
  static final PngWay CODED =
      new PngWay(PngSettings.Filter.ADAPTIVE, Deflater.BEST_SPEED, Deflater.HUFFMAN_ONLY);

  static PngWay unfiltered(int level) {
    return new PngWay(PngSettings.Filter.NONE, level, Deflater.DEFAULT_STRATEGY);
  }

  static PngWay filtered(int level) {
    return new PngWay(PngSettings.Filter.ADAPTIVE, level, Deflater.FILTERED);
  }

  /** Returns what compresses this way. Whoever asks ends it. */
  Deflater deflater() {
    Deflater deflater = new Deflater(level);
    deflater.setStrategy(strategy);
    return deflater;
  }
}
