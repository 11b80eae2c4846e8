package dev.rendition.local.jpeg;

import static java.util.Objects.requireNonNull;

/**
 * How a JPEG file is written. The pixels decoded depend on {@code quality} and {@code subsampling}
 * alone; {@code layout} and {@code tables} change the size of the file and the time it takes.
 *
 * @param quality 1 to 100 on libjpeg's scale, where 50 is the example tables of ITU-T T.81, K.1
 * @param subsampling of colour pictures; grey ones ignore it
 * @param layout whether a picture arrives from top to bottom or from coarse to fine
 * @param tables where the Huffman tables come from; a progressive file always has optimised ones
 */
public record JpegSettings(int quality, JpegSubsampling subsampling, Layout layout, Tables tables) {

  /** Tables, tiles, the output buffer and a chunk of tokens that is not full. */
  private static final long FIXED_BYTES = 512 * 1024;

  /** Tokens of a block: 64 values, and one for the waste at the end of a chunk. */
  private static final long MAX_TOKENS = 65;

  /** Tokens of a block in a scan that refines: 63 values, each with correction bits before it. */
  private static final long MAX_BAND_TOKENS = 128;

  /** The order of the coded data. */
  public enum Layout {
    /** One scan, blocks in order (SOF0). */
    BASELINE,
    /** Ten scans for colour, six for grey, from coarse to fine (SOF2), as libjpeg orders them. */
    PROGRESSIVE
  }

  /** The origin of the Huffman tables. */
  public enum Tables {
    /** The example tables of ITU-T T.81, K.3: one pass. */
    STANDARD,
    /** Tables made for the picture by ITU-T T.81, K.2: a pass more, a smaller file. */
    OPTIMISED
  }

  public JpegSettings {
    if (quality < 1 || quality > 100) {
      throw new IllegalArgumentException("quality must be 1..100, was " + quality);
    }
    requireNonNull(subsampling, "subsampling");
    requireNonNull(layout, "layout");
    requireNonNull(tables, "tables");
  }

  /**
   * Returns the settings that serve most web pictures: baseline, 4:2:0, optimised tables. The
   * measurement: docs/decisions/0020.
   */
  public static JpegSettings ofQuality(int quality) {
    return new JpegSettings(quality, JpegSubsampling.QUARTER, Layout.BASELINE, Tables.OPTIMISED);
  }

  /**
   * Returns an upper bound of the bytes an encoder needs beside the planes for a colour picture of
   * this size, reached by noise at quality 100 only; a photo at 80 needs a tenth of it.
   *
   * @param width of the luma plane, 1 or more
   * @param height of the luma plane, 1 or more
   */
  public long scratchBytes(int width, int height) {
    long unitWidth = 8L * subsampling.across();
    long unitHeight = 8L * subsampling.down();
    long units = (width + unitWidth - 1) / unitWidth * ((height + unitHeight - 1) / unitHeight);
    long lumaBlocks = units * subsampling.across() * subsampling.down();
    return scratchBytes(lumaBlocks + 2 * units, lumaBlocks);
  }

  /** Returns the same for a grey picture, as {@link #scratchBytes(int, int)} does for colour. */
  public long greyScratchBytes(int width, int height) {
    long blocks = (width + 7L) / 8 * ((height + 7L) / 8);
    return scratchBytes(blocks, blocks);
  }

  private long scratchBytes(long blocks, long lumaBlocks) {
    if (layout == Layout.PROGRESSIVE) {
      return FIXED_BYTES + blocks * (64 * 2 + 8) + lumaBlocks * MAX_BAND_TOKENS * 4;
    }
    return FIXED_BYTES + (tables == Tables.OPTIMISED ? blocks * MAX_TOKENS * 4 : 0);
  }

  /** Returns the same settings with another subsampling. */
  public JpegSettings with(JpegSubsampling other) {
    return new JpegSettings(quality, other, layout, tables);
  }

  /** Returns the same settings with another layout. */
  public JpegSettings with(Layout other) {
    return new JpegSettings(quality, subsampling, other, tables);
  }

  /** Returns the same settings with other tables. */
  public JpegSettings with(Tables other) {
    return new JpegSettings(quality, subsampling, layout, other);
  }
}
