package dev.rendition.local.engine;

import dev.rendition.recipe.Rgb;

/**
 * What the pixels of a shot are needed as.
 *
 * @param kind the planes
 * @param ground what lies behind transparent pixels where the planes have no alpha; white for
 *     {@link Kind#FULL}
 */
record Form(Kind kind, Rgb ground) {
  /** sRGB or grey, with alpha if the source has it. */
  static final Form FULL = new Form(Kind.FULL, Rgb.WHITE);

  /** The planes. */
  enum Kind {
    /** Red, green, blue or grey, and alpha. */
    FULL,
    /** Luma and colour differences of half the width and height, for JPEG 4:2:0. */
    YCC_HALF,
    /** Luma and colour differences of full size, for JPEG 4:4:4. */
    YCC_FULL
  }

  static Form ycc(boolean fullChroma, Rgb ground) {
    return new Form(fullChroma ? Kind.YCC_FULL : Kind.YCC_HALF, ground);
  }

  boolean isYcc() {
    return kind != Kind.FULL;
  }
}
