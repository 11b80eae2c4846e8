package dev.rendition.local.png;

import static java.util.Objects.requireNonNull;

/**
 * How a PNG file is written. The pixels do not depend on it, the size and the time do.
 *
 * @param level of compression, 0 (none) to 9 (smallest), as {@link java.util.zip.Deflater} has it
 * @param filter how rows are prepared; pictures with a palette are never filtered
 */
public record PngSettings(int level, Filter filter) {

  /** How rows are prepared for compression: PNG (W3C, third edition), 9. */
  public enum Filter {
    /** As they are. */
    NONE,
    /** Each row by the predictor that leaves the least: the sum of magnitudes of PNG, 12.7. */
    ADAPTIVE,
    /**
     * One of the two, whichever makes a tenth of the picture smaller; what stays unfiltered is
     * compressed at level 6 or more.
     */
    TRIED
  }

  /** What serves most web pictures, by the measurement of docs/decisions/0021. */
  public static final PngSettings DEFAULT = new PngSettings(3, Filter.TRIED);

  public PngSettings {
    if (level < 0 || level > 9) {
      throw new IllegalArgumentException("level must be 0..9, was " + level);
    }
    requireNonNull(filter, "filter");
  }
}
