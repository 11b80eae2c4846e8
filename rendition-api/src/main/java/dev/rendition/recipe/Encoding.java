package dev.rendition.recipe;

/** How a rendition is written down. */
public sealed interface Encoding {
  /** The JPEG quality of a recipe that does not say one. */
  int DEFAULT_JPEG_QUALITY = 82;

  /** The WebP quality of a recipe that does not say one. */
  int DEFAULT_WEBP_QUALITY = 80;

  /** The AVIF quality of a recipe that does not say one. */
  int DEFAULT_AVIF_QUALITY = 50;

  /**
   * JPEG (ITU-T T.81). Has no transparency: what shows through takes the recipe's background, or
   * white.
   *
   * @param quality 1 to 100 on libjpeg's scale
   * @param progressive whether a coarse picture comes first
   * @param fullChroma whether colour is kept at full resolution (4:4:4) instead of half (4:2:0)
   */
  record Jpeg(int quality, boolean progressive, boolean fullChroma) implements Encoding {
    public Jpeg {
      Numbers.require("quality", quality, 1, 100);
    }

    /** Baseline JPEG with colour at half resolution. */
    public Jpeg(int quality) {
      this(quality, false, false);
    }
  }

  /** PNG (W3C, third edition), without loss. */
  record Png() implements Encoding {}

  /** GIF89a. */
  record Gif() implements Encoding {}

  /**
   * WebP (RFC 9649), with loss.
   *
   * @param quality 1 to 100
   */
  record Webp(int quality) implements Encoding {
    public Webp {
      Numbers.require("quality", quality, 1, 100);
    }
  }

  /**
   * AVIF.
   *
   * @param quality 1 to 100
   */
  record Avif(int quality) implements Encoding {
    public Avif {
      Numbers.require("quality", quality, 1, 100);
    }
  }

  /**
   * As the source is encoded where that is JPEG, PNG, GIF, WebP or AVIF; PNG for any other source.
   */
  record Same() implements Encoding {}
}
