package dev.rendition.layout;

import dev.rendition.asset.AssetKey;
import dev.rendition.recipe.Encoding;
import java.util.Set;

/** The extension a rendition's key ends with. */
final class Extensions {
  private static final Set<String> KEPT = Set.of("jpg", "png", "gif", "webp", "avif");

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
    String extension = source.extension().equals("jpeg") ? "jpg" : source.extension();
    return KEPT.contains(extension) ? extension : "png";
  }
}
