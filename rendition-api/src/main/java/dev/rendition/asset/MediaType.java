package dev.rendition.asset;

import static java.util.Objects.requireNonNull;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Checks media types (RFC 9110, section 8.3.1) and tells those of pictures by extension or content.
 */
public final class MediaType {
  /** Bytes of an unknown kind. */
  public static final String UNKNOWN = "application/octet-stream";

  /** A zip archive. */
  public static final String ZIP = "application/zip";

  /** How many of the first bytes {@link #ofContent} looks at, at most. */
  public static final int SIGNATURE_BYTES = 1_024;

  /** The longest media type, parameters included, in characters. */
  public static final int MAX_LENGTH = 255;

  private static final Pattern TYPE =
      Pattern.compile("[a-zA-Z0-9!#$&^_.+-]{1,64}/[a-zA-Z0-9!#$&^_.+-]{1,64}( *; *[ -~]{0,120})?");

  private MediaType() {}

  /**
   * Returns the type in lower case.
   *
   * @throws IllegalArgumentException if the text is no media type
   */
  public static String require(String mediaType) {
    requireNonNull(mediaType, "mediaType");
    if (mediaType.length() > MAX_LENGTH || !TYPE.matcher(mediaType).matches()) {
      throw new IllegalArgumentException(
          "a media type is written like image/jpeg in at most "
              + MAX_LENGTH
              + " characters, was "
              + AssetKey.quote(mediaType));
    }
    return mediaType.toLowerCase(Locale.ROOT);
  }

  /**
   * Returns the usual type of a file extension without its dot, {@link #UNKNOWN} for any that is
   * not listed here.
   */
  public static String ofExtension(String extension) {
    return switch (extension.toLowerCase(Locale.ROOT)) {
      case "jpg", "jpeg", "jpe", "jfif" -> "image/jpeg";
      case "png" -> "image/png";
      case "gif" -> "image/gif";
      case "webp" -> "image/webp";
      case "avif" -> "image/avif";
      case "heic", "heif" -> "image/heic";
      case "tif", "tiff" -> "image/tiff";
      case "bmp", "dib" -> "image/bmp";
      case "psd", "psb" -> "image/vnd.adobe.photoshop";
      default -> UNKNOWN;
    };
  }

  /**
   * Returns what bytes are by how they begin, whatever they are called: the type of a picture, an
   * archive or a document that is listed here, {@link #UNKNOWN} for any other. It says what they
   * claim to be; whether they are sound shows when they are decoded.
   *
   * @param head the first bytes, {@value #SIGNATURE_BYTES} of them or all there are; not kept
   */
  public static String ofContent(byte[] head) {
    return Signatures.tell(head);
  }
}
