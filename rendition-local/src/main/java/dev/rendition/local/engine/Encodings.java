package dev.rendition.local.engine;

import dev.rendition.recipe.Encoding;

/** Chooses what {@code same} means. */
final class Encodings {
  private Encodings() {}

  /**
   * Returns the encoding itself, or the one of the source for {@link Encoding.Same}; PNG where we
   * write no such.
   */
  static Encoding chosen(Encoding encoding, SourceFormat format) {
    if (!(encoding instanceof Encoding.Same)) {
      return encoding;
    }
    return switch (format) {
      case JPEG -> new Encoding.Jpeg(Encoding.DEFAULT_JPEG_QUALITY);
      case GIF -> new Encoding.Gif();
      case WEBP -> new Encoding.Webp(Encoding.DEFAULT_WEBP_QUALITY);
      case AVIF -> new Encoding.Avif(Encoding.DEFAULT_AVIF_QUALITY);
      default -> new Encoding.Png();
    };
  }
}
