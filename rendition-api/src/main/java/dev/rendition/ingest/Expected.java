package dev.rendition.ingest;

import dev.rendition.asset.MediaType;
import java.util.Locale;

/**
 * What the caller knows of bytes before they come, for example what a browser told before it
 * uploaded them. What turns out otherwise is refused.
 *
 * @param length bytes; -1 if not known
 * @param mediaType what the bytes have to be, by content; empty if not known
 * @param sha256 the SHA-256 of the bytes in 64 lower-case hex digits; empty if not known
 */
public record Expected(long length, String mediaType, String sha256) {
  /** Nothing is known. */
  public static final Expected ANYTHING = new Expected(-1, "", "");

  public Expected {
    if (length < -1) {
      throw new IllegalArgumentException(
          "a length is 0 or more, or -1 if not known, was " + length);
    }
    if (!mediaType.isEmpty()) {
      mediaType = MediaType.require(mediaType);
    }
    sha256 = sha256.toLowerCase(Locale.ROOT);
    if (!sha256.matches("|[0-9a-f]{64}")) {
      throw new IllegalArgumentException(
          "a SHA-256 is 64 hex digits, had " + sha256.length() + " characters");
    }
  }

  /** Returns this with a length in bytes. */
  public Expected withLength(long bytes) {
    return new Expected(bytes, mediaType, sha256);
  }

  /** Returns this with a media type. */
  public Expected withMediaType(String type) {
    return new Expected(length, type, sha256);
  }

  /** Returns this with a digest in 64 hex digits. */
  public Expected withSha256(String hex) {
    return new Expected(length, mediaType, hex);
  }
}
