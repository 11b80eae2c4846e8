package dev.rendition.local.engine;

import dev.rendition.recipe.PixelSize;
import java.util.Locale;

/**
 * What a source may ask for, checked against the header, before pixels are allocated; and whether
 * damage is refused.
 *
 * @param maxPixels of all frames of an animation on their canvas, 1 or more
 * @param maxBytes of the encoded source, 1 or more
 * @param maxFrames of an animation, or pages, 1 or more
 * @param maxScans of a JPEG, 1 or more: each one is a pass over the picture
 * @param maxSide the longest width or height in pixels, 1 or more
 * @param strict true to refuse a source that is damaged, false to make the best of what could be
 *     read of it and say so in the outcome's trace. Of formats other than JPEG and GIF, data cut
 *     off are refused either way
 */
public record SourceLimits(
    long maxPixels, long maxBytes, int maxFrames, int maxScans, int maxSide, boolean strict) {
  /** The most bytes of an embedded ICC profile that are looked at; longer ones are passed over. */
  public static final int MAX_ICC_BYTES = 4 << 20;

  /** 100 megapixels, 256 MiB, 2,000 frames, 100 scans, 65,535 pixels a side, not strict. */
  public static final SourceLimits DEFAULT =
      new SourceLimits(100_000_000, 256L << 20, 2_000, 100, 65_535, false);

  public SourceLimits {
    requirePositive(maxPixels, "maxPixels");
    requirePositive(maxBytes, "maxBytes");
    requirePositive(maxFrames, "maxFrames");
    requirePositive(maxScans, "maxScans");
    requirePositive(maxSide, "maxSide");
  }

  /** Returns these limits with damage refused. */
  public SourceLimits refusingDamage() {
    return new SourceLimits(maxPixels, maxBytes, maxFrames, maxScans, maxSide, true);
  }

  private static void requirePositive(long value, String name) {
    if (value < 1) {
      throw new IllegalArgumentException(name + " must be 1 or more, was " + value);
    }
  }

  /**
   * Refuses a header that asks for more than these limits allow.
   *
   * @throws StepException with the reason {@code LIMIT_EXCEEDED}, or {@code SOURCE_DAMAGED} if
   *     damage is refused and the header shows some
   */
  public void check(SourceHeader header) {
    if (strict && !header.damage().isEmpty()) {
      throw StepException.damaged(
          header.format().displayName() + ": " + String.join("; ", header.damage()));
    }
    if (header.width() > maxSide || header.height() > maxSide) {
      throw tooLarge(
          header.width() + " x " + header.height() + " pixels", "side", maxSide, "max-side");
    }
    if (header.frames() > maxFrames) {
      throw tooLarge(header.frames() + " frames", "frames", maxFrames, "max-frames");
    }
    if (header.pixels() > maxPixels) {
      String what = header.width() + " x " + header.height();
      if (header.animated()) {
        what += " x " + header.frames() + " frames";
      }
      throw tooLarge(what + " are " + header.pixels() + " pixels", "", maxPixels, "max-pixels");
    }
    if (header.scans() > maxScans) {
      throw tooLarge("more than " + maxScans + " scans", "", maxScans, "max-scans");
    }
    long working = 4 * maxPixels;
    if (header.workingBytes() > working) {
      throw tooLarge(
          "a tile or strip of " + header.workingBytes() + " bytes", "", working, "max-pixels");
    }
  }

  /**
   * Refuses a still picture of more than these limits allow.
   *
   * @throws StepException with the reason {@code LIMIT_EXCEEDED}
   */
  void checkSize(PixelSize size) {
    if (size.width() > maxSide || size.height() > maxSide) {
      throw tooLarge(size + " pixels", "side", maxSide, "max-side");
    }
    if (size.pixels() > maxPixels) {
      throw tooLarge(size + " are " + size.pixels() + " pixels", "", maxPixels, "max-pixels");
    }
  }

  /**
   * Refuses an animation that would be made larger than these limits allow.
   *
   * @param pixels of one frame of the result
   * @throws StepException with the reason {@code LIMIT_EXCEEDED}
   */
  void checkResult(long pixels, long frames) {
    if (pixels > maxPixels / frames) {
      throw tooLarge(
          "an animation of " + frames + " frames of " + pixels + " pixels",
          "",
          maxPixels,
          "max-pixels");
    }
  }

  private static StepException tooLarge(String what, String unit, long limit, String key) {
    return StepException.limit(
        String.format(
            Locale.ROOT,
            "%s: above the limit of %d%s; give a smaller picture or raise %s",
            what,
            limit,
            unit.isEmpty() ? "" : " (" + unit + ")",
            key));
  }
}
