package dev.rendition.s3;

import dev.rendition.asset.AssetAttributes;
import dev.rendition.asset.AssetInfo;
import dev.rendition.asset.AssetKey;
import dev.rendition.asset.MediaType;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What an asset's version and attributes are called among an object's metadata ({@code
 * x-amz-meta-…}).
 *
 * <p>{@code rv} holds the version: the SHA-256 of the bytes in base64url without padding, 43
 * characters, so that it fits beside the largest attributes into the 2,048 bytes S3 takes. An
 * attribute keeps its name, unless that begins with {@code rv}: then {@code rv-} is put before it.
 * A value keeps its text, unless HTTP or a signature might change it (empty, a space at an end, two
 * in a row) or it begins with a quotation mark: then it is put between quotation marks, the second
 * of two spaces is written {@code \\_} and a backslash twice.
 *
 * <p>Metadata of objects somebody else wrote is read the same way; what no attribute can hold is
 * passed over. Their version is the SHA-256 of the text {@code s3 object}, the entity tag and the
 * length, each followed by a line feed: it changes when the bytes do.
 */
final class UserMetadata {
  private static final String OURS = "rv";
  private static final String ESCAPE = "rv-";

  private UserMetadata() {}

  /** Returns the metadata of an asset. */
  static Map<String, String> of(String version, AssetAttributes attributes) {
    Map<String, String> metadata = new TreeMap<>();
    attributes.metadata().forEach((name, value) -> metadata.put(escaped(name), quoted(value)));
    metadata.put(
        OURS,
        Base64.getUrlEncoder().withoutPadding().encodeToString(HexFormat.of().parseHex(version)));
    return metadata;
  }

  /** Returns what the headers of an object say about it. */
  static AssetInfo info(AssetKey key, Headers object) {
    AssetAttributes attributes = attributes(object);
    String version =
        ours(object.metadata())
            .orElseGet(() -> foreignVersion(object.entityTag(), object.length()));
    return new AssetInfo(
        key,
        object.length(),
        mediaType(object.contentType()),
        version,
        object.modified(),
        attributes);
  }

  private static String escaped(String name) {
    return name.startsWith(OURS) ? ESCAPE + name : name;
  }

  private static String quoted(String value) {
    boolean plain =
        !value.isEmpty()
            && !value.startsWith(" ")
            && !value.endsWith(" ")
            && !value.startsWith("\"")
            && !value.contains("  ");
    if (plain) {
      return value;
    }
    StringBuilder quoted = new StringBuilder("\"");
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '\\') {
        quoted.append("\\\\");
      } else if (c == ' ' && i > 0 && value.charAt(i - 1) == ' ') {
        quoted.append("\\_");
      } else {
        quoted.append(c);
      }
    }
    return quoted.append('"').toString();
  }

  private static String unquoted(String value) {
    if (value.length() < 2 || !value.startsWith("\"") || !value.endsWith("\"")) {
      return value;
    }
    StringBuilder plain = new StringBuilder();
    for (int i = 1; i < value.length() - 1; i++) {
      char c = value.charAt(i);
      if (c == '\\' && i + 1 < value.length() - 1) {
        i++;
        plain.append(value.charAt(i) == '_' ? ' ' : value.charAt(i));
      } else {
        plain.append(c);
      }
    }
    return plain.toString();
  }

  private static Optional<String> ours(Map<String, String> metadata) {
    String text = metadata.getOrDefault(OURS, "");
    if (!text.matches("[A-Za-z0-9_-]{43}")) {
      return Optional.empty();
    }
    return Optional.of(HexFormat.of().formatHex(Base64.getUrlDecoder().decode(text)));
  }

  private static String foreignVersion(String entityTag, long length) {
    String text = "s3 object\n" + entityTag + '\n' + length + '\n';
    return Digests.hex(Digests.sha256().digest(text.getBytes(StandardCharsets.UTF_8)));
  }

  private static AssetAttributes attributes(Headers object) {
    AssetAttributes attributes = AssetAttributes.NONE;
    try {
      attributes = AssetAttributes.cacheControl(object.cacheControl());
    } catch (IllegalArgumentException e) {
      // Somebody else's header, too long or not ASCII: no attribute can hold it.
    }
    for (Map.Entry<String, String> entry : new TreeMap<>(object.metadata()).entrySet()) {
      String name = entry.getKey().toLowerCase(Locale.ROOT);
      if (name.equals(OURS)) {
        continue;
      }
      try {
        attributes =
            attributes.with(
                name.startsWith(ESCAPE) ? name.substring(ESCAPE.length()) : name,
                unquoted(entry.getValue()));
      } catch (IllegalArgumentException e) {
        // As above.
      }
    }
    return attributes;
  }

  private static String mediaType(String text) {
    try {
      return MediaType.require(text);
    } catch (IllegalArgumentException e) {
      return MediaType.UNKNOWN;
    }
  }

  /** What is read from the headers of one object, whichever request brought them. */
  record Headers(
      long length,
      String contentType,
      String cacheControl,
      String entityTag,
      Instant modified,
      Map<String, String> metadata) {

    static Headers of(
        @Nullable Long length,
        @Nullable String contentType,
        @Nullable String cacheControl,
        @Nullable String entityTag,
        @Nullable Instant modified,
        Map<String, String> metadata) {
      return new Headers(
          length == null ? 0 : length,
          contentType == null ? MediaType.UNKNOWN : contentType,
          cacheControl == null ? "" : cacheControl,
          entityTag == null ? "" : entityTag,
          modified == null ? Instant.EPOCH : modified,
          Map.copyOf(metadata));
    }
  }
}
