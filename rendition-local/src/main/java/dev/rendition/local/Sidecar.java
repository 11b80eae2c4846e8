package dev.rendition.local;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.rendition.asset.AssetAttributes;
import dev.rendition.asset.AssetInfo;
import dev.rendition.asset.AssetKey;
import dev.rendition.asset.MediaType;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What is known of one state of a file besides its bytes. Its text form is lines of printable
 * ASCII: a first line with the version of the form, {@code name=value} lines, and {@code end}.
 *
 * @param version the SHA-256 of the bytes in hex
 */
record Sidecar(String mediaType, String version, AssetAttributes attributes) {
  /** More bytes than any sidecar has. */
  static final int MAX_BYTES = 16_384;

  private static final String FIRST = "rendition-asset 1";
  private static final String LAST = "end";
  private static final String METADATA = "metadata.";

  /** Returns what is known of the asset of a key. */
  AssetInfo info(AssetKey key, Stamp stamp) {
    return new AssetInfo(key, stamp.size(), mediaType, version, stamp.modified(), attributes);
  }

  byte[] toBytes() {
    StringBuilder text = new StringBuilder(FIRST).append('\n');
    text.append("type=").append(mediaType).append('\n');
    text.append("version=").append(version).append('\n');
    if (!attributes.cacheControl().isEmpty()) {
      text.append("cache-control=").append(attributes.cacheControl()).append('\n');
    }
    for (Map.Entry<String, String> each : attributes.metadata().entrySet()) {
      text.append(METADATA).append(each.getKey()).append('=').append(each.getValue()).append('\n');
    }
    return text.append(LAST).append('\n').toString().getBytes(US_ASCII);
  }

  /**
   * Reads the text form.
   *
   * @throws IllegalArgumentException if it is none; the message says where
   */
  static Sidecar parse(byte[] bytes) {
    List<String> lines = Arrays.asList(new String(bytes, US_ASCII).split("\n", -1));
    int end = lines.size() - 2;
    if (end < 1 || !lines.get(end).equals(LAST) || !lines.get(end + 1).isEmpty()) {
      throw new IllegalArgumentException("it does not end with the line \"" + LAST + '"');
    }
    if (!lines.get(0).equals(FIRST)) {
      throw new IllegalArgumentException("its first line is not \"" + FIRST + '"');
    }
    Map<String, String> values = new TreeMap<>();
    for (int i = 1; i < end; i++) {
      int equals = lines.get(i).indexOf('=');
      if (equals < 0) {
        throw new IllegalArgumentException("line " + (i + 1) + " has no '='");
      }
      String name = lines.get(i).substring(0, equals);
      if (values.put(name, lines.get(i).substring(equals + 1)) != null) {
        throw new IllegalArgumentException("line " + (i + 1) + " gives a value again");
      }
    }
    return of(values);
  }

  private static Sidecar of(Map<String, String> values) {
    String mediaType = MediaType.require(take(values, "type"));
    String version = take(values, "version");
    if (!version.matches("[0-9a-f]{64}")) {
      throw new IllegalArgumentException("its version is no SHA-256 in hex");
    }
    String cacheControl = values.containsKey("cache-control") ? take(values, "cache-control") : "";
    Map<String, String> metadata = new TreeMap<>();
    for (Map.Entry<String, String> each : values.entrySet()) {
      if (!each.getKey().startsWith(METADATA)) {
        throw new IllegalArgumentException("it has a line of an unknown name");
      }
      metadata.put(each.getKey().substring(METADATA.length()), each.getValue());
    }
    return new Sidecar(mediaType, version, new AssetAttributes(cacheControl, metadata));
  }

  private static String take(Map<String, String> values, String name) {
    String value = values.remove(name);
    if (value == null) {
      throw new IllegalArgumentException("it has no line \"" + name + "=…\"");
    }
    return value;
  }
}
