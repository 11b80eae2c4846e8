package dev.rendition.layout;

import dev.rendition.asset.AssetKey;
import dev.rendition.asset.MediaType;
import dev.rendition.recipe.Encoding;
import java.util.Set;

/** The extension a rendition's key ends with. */
final class Extensions {
  /** Every extension a rendition can have. */
  static final Set<String> ALL = Set.of("jpg", "png", "gif", "webp", "avif");

  private Extensions() {}

  /**
   * Returns the extension of an encoding. For {@link Encoding.Same} it follows the source's name,
   * because nothing is read here; the media type stored with the rendition tells the truth where a
   * name lied.
   */
  static String of(Encoding encoding, AssetKey source) {
    if (encoding instanceof Encoding.Jpeg) {
      return "jpg";
    } else if (encoding instanceof Encoding.Png) {
      return "png";
    } else if (encoding instanceof Encoding.Gif) {
      return "gif";
    } else if (encoding instanceof Encoding.Webp) {
      return "webp";
    } else if (encoding instanceof Encoding.Avif) {
      return "avif";
    }
    return switch (MediaType.ofExtension(source.extension())) {
      case "image/jpeg" -> "jpg";
      case "image/gif" -> "gif";
      case "image/webp" -> "webp";
      case "image/avif" -> "avif";
      default -> "png";
    };
  }
}
