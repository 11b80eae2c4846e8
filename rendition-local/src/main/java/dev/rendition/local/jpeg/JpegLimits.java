package dev.rendition.local.jpeg;

/**
 * What one JPEG stream may ask for, and whether damage is refused.
 *
 * @param maxPixels the most pixels, width × height; 1 or more
 * @param maxScans the most scans one picture may consist of; 1 or more
 * @param maxMetadataBytes the most bytes of application and comment segments before the first scan;
 *     also the most bytes searched for a height that is defined after the first scan; 0 or more
 * @param strict true to refuse a damaged stream, false to deliver what could be read of it
 */
public record JpegLimits(long maxPixels, int maxScans, int maxMetadataBytes, boolean strict) {
  /** 100 million pixels, 500 scans, 64 MiB of metadata, lenient. */
  public static final JpegLimits DEFAULT = new JpegLimits(100_000_000L, 500, 64 << 20, false);

  public JpegLimits {
    if (maxPixels < 1) {
      throw new IllegalArgumentException("maxPixels must be 1 or more, was " + maxPixels);
    }
    if (maxScans < 1) {
      throw new IllegalArgumentException("maxScans must be 1 or more, was " + maxScans);
    }
    if (maxMetadataBytes < 0) {
      throw new IllegalArgumentException(
          "maxMetadataBytes must be 0 or more, was " + maxMetadataBytes);
    }
  }

  /** Returns these limits with damage refused. */
  public JpegLimits refusingDamage() {
    return new JpegLimits(maxPixels, maxScans, maxMetadataBytes, true);
  }

  /** Returns these limits with another limit of pixels. */
  public JpegLimits withMaxPixels(long pixels) {
    return new JpegLimits(pixels, maxScans, maxMetadataBytes, strict);
  }
}
