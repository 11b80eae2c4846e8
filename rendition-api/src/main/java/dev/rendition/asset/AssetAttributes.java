package dev.rendition.asset;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What travels with an asset's bytes besides their media type.
 *
 * @param cacheControl the value of the HTTP header (RFC 9111, section 5.2) to serve the asset with;
 *     empty for none
 * @param metadata at most {@value #MAX_ENTRIES} entries; names are lower-case letters, digits and
 *     {@code -}, values are printable ASCII; names and values together at most {@value
 *     #MAX_CHARACTERS} characters
 */
public record AssetAttributes(String cacheControl, Map<String, String> metadata) {
  // First, because NONE below is checked against them.
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,63}");
  private static final Pattern PRINTABLE = Pattern.compile("[ -~]*");

  /** No cache-control, no metadata. */
  public static final AssetAttributes NONE = new AssetAttributes("", Map.of());

  /** The most metadata entries. */
  public static final int MAX_ENTRIES = 32;

  /** The most characters in all names and values, what S3 takes as user metadata. */
  public static final int MAX_CHARACTERS = 2_000;

  public AssetAttributes {
    requireNonNull(cacheControl, "cacheControl");
    // Copied first: what is checked below is what is kept, whoever changes the map meanwhile.
    metadata = Collections.unmodifiableMap(new TreeMap<>(metadata));
    if (cacheControl.length() > 256 || !PRINTABLE.matcher(cacheControl).matches()) {
      throw new IllegalArgumentException(
          "cache-control is at most 256 characters of printable ASCII, was "
              + cacheControl.length()
              + " characters");
    }
    if (metadata.size() > MAX_ENTRIES) {
      throw new IllegalArgumentException(
          "metadata has at most " + MAX_ENTRIES + " entries, had " + metadata.size());
    }
    int characters = 0;
    for (Map.Entry<String, String> entry : metadata.entrySet()) {
      if (!NAME.matcher(entry.getKey()).matches()) {
        throw new IllegalArgumentException(
            "a metadata name is lower-case letters, digits and '-', at most 64, was "
                + AssetKey.quote(entry.getKey()));
      }
      if (!PRINTABLE.matcher(entry.getValue()).matches()) {
        throw new IllegalArgumentException(
            "a metadata value is printable ASCII, the value of \"" + entry.getKey() + "\" is not");
      }
      characters += entry.getKey().length() + entry.getValue().length();
    }
    if (characters > MAX_CHARACTERS) {
      throw new IllegalArgumentException(
          "metadata is at most " + MAX_CHARACTERS + " characters in all, was " + characters);
    }
  }

  /** Returns attributes that hold only a cache-control value. */
  public static AssetAttributes cacheControl(String cacheControl) {
    return new AssetAttributes(cacheControl, Map.of());
  }

  /**
   * Returns these attributes with one more metadata entry, or another value for one that is there.
   */
  public AssetAttributes with(String name, String value) {
    Map<String, String> more = new TreeMap<>(metadata);
    more.put(name, value);
    return new AssetAttributes(cacheControl, more);
  }
}
