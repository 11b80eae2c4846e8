package dev.rendition.asset;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * What a store knows of an asset without reading its bytes.
 *
 * @param key the asset's name
 * @param length bytes, 0 or more
 * @param mediaType as given when the asset was put, lower case
 * @param version changes when the bytes change: the SHA-256 of the bytes in 64 lower-case hex
 *     digits
 * @param modified when the bytes became visible, as exactly as the store keeps it
 * @param attributes as given when the asset was put
 */
public record AssetInfo(
    AssetKey key,
    long length,
    String mediaType,
    String version,
    Instant modified,
    AssetAttributes attributes) {
  public AssetInfo {
    requireNonNull(key, "key");
    requireNonNull(modified, "modified");
    requireNonNull(attributes, "attributes");
    mediaType = MediaType.require(mediaType);
    if (length < 0) {
      throw new IllegalArgumentException("a length is 0 or more, was " + length);
    }
    if (!version.matches("[0-9a-f]{64}")) {
      throw new IllegalArgumentException(
          "a version is 64 lower-case hex digits, was " + AssetKey.quote(version));
    }
  }
}
