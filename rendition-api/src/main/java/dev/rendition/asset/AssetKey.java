package dev.rendition.asset;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The name of one asset: a tenant and a path inside it. Two keys are equal exactly when their texts
 * are.
 *
 * <p>A key cannot leave its tenant: no segment is empty, {@code .} or {@code ..}; control
 * characters, line separators, backslashes, unpaired surrogates, non-characters and the characters
 * that turn the writing direction around are refused. Everything else in Unicode is allowed and
 * brought to Normalization Form C (Unicode Standard Annex #15), so that a name typed on one system
 * is found from another.
 *
 * @param tenant 1 to {@value #MAX_TENANT} characters: letters and digits of ASCII, then also {@code
 *     . _ -}
 * @param path one or more segments joined by {@code /}, each at most {@value #MAX_SEGMENT_BYTES}
 *     bytes of UTF-8
 */
public record AssetKey(String tenant, String path) implements Comparable<AssetKey> {
  /** The longest tenant, in characters. */
  public static final int MAX_TENANT = 63;

  /** The longest path segment in bytes of UTF-8, what common file systems take as a name. */
  public static final int MAX_SEGMENT_BYTES = 255;

  /** The longest key text in bytes of UTF-8, what S3 takes as an object key. */
  public static final int MAX_BYTES = 1_024;

  private static final Pattern TENANT = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");

  /**
   * Checks and normalises both parts.
   *
   * @throws IllegalArgumentException if a rule above is broken; the message quotes the part and
   *     says which
   */
  public AssetKey {
    requireTenant(tenant);
    path = requirePath(path);
    int bytes = tenant.length() + 1 + utf8Length(path);
    if (bytes > MAX_BYTES) {
      throw new IllegalArgumentException(
          "a key is at most " + MAX_BYTES + " bytes of UTF-8, was " + bytes + ": " + quote(path));
    }
  }

  /** Returns the key of a path inside a tenant. */
  public static AssetKey of(String tenant, String path) {
    return new AssetKey(tenant, path);
  }

  /**
   * Reads the text form {@code tenant/path}, the inverse of {@link #toString()}.
   *
   * @throws IllegalArgumentException if the text is no key
   */
  public static AssetKey parse(String text) {
    requireNonNull(text, "text");
    int slash = text.indexOf('/');
    if (slash < 0) {
      throw new IllegalArgumentException(
          "a key is written tenant/path, and there is no '/' in " + quote(text));
    }
    return new AssetKey(text.substring(0, slash), text.substring(slash + 1));
  }

  /**
   * Checks a tenant alone, for callers that have no path yet.
   *
   * @return the tenant
   * @throws IllegalArgumentException if it is no tenant
   */
  public static String requireTenant(String tenant) {
    requireNonNull(tenant, "tenant");
    if (tenant.length() > MAX_TENANT || !TENANT.matcher(tenant).matches()) {
      throw new IllegalArgumentException(
          "a tenant is 1 to "
              + MAX_TENANT
              + " letters, digits, '.', '_' or '-', the first a letter or digit, was "
              + quote(tenant));
    }
    return tenant;
  }

  /** Returns the key of another path in the same tenant. */
  public AssetKey withPath(String other) {
    return new AssetKey(tenant, other);
  }

  /** Returns the last segment of the path. */
  public String name() {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  /**
   * Returns what follows the last dot of the name in lower case, or an empty text if there is none.
   */
  public String extension() {
    String name = name();
    int dot = name.lastIndexOf('.');
    return dot <= 0 ? "" : name.substring(dot + 1).toLowerCase(Locale.ROOT);
  }

  /** Orders by tenant, then path, each by UTF-16 code units. */
  @Override
  public int compareTo(AssetKey other) {
    int byTenant = tenant.compareTo(other.tenant);
    return byTenant != 0 ? byTenant : path.compareTo(other.path);
  }

  /** Returns the text form {@code tenant/path}. */
  @Override
  public String toString() {
    return tenant + '/' + path;
  }

  private static String requirePath(String path) {
    requireNonNull(path, "path");
    if (path.isEmpty()) {
      throw new IllegalArgumentException("a path has at least one segment, was empty");
    }
    if (path.length() > MAX_BYTES) {
      throw new IllegalArgumentException(
          "a path is at most "
              + MAX_BYTES
              + " bytes of UTF-8, was "
              + path.length()
              + " characters: "
              + quote(path));
    }
    requireCharacters(path);
    String normal = Normalizer.normalize(path, Normalizer.Form.NFC);
    for (String segment : normal.split("/", -1)) {
      requireSegment(segment, normal);
    }
    return normal;
  }

  private static void requireSegment(String segment, String path) {
    if (segment.isEmpty()) {
      throw new IllegalArgumentException(
          "a path has no empty segment and neither begins nor ends with '/', was " + quote(path));
    }
    if (segment.equals(".") || segment.equals("..")) {
      throw new IllegalArgumentException(
          "a path segment is neither '.' nor '..', was " + quote(path));
    }
    int bytes = utf8Length(segment);
    if (bytes > MAX_SEGMENT_BYTES) {
      throw new IllegalArgumentException(
          "a path segment is at most "
              + MAX_SEGMENT_BYTES
              + " bytes of UTF-8, was "
              + bytes
              + ": "
              + quote(segment));
    }
  }

  private static void requireCharacters(String path) {
    for (int i = 0; i < path.length(); ) {
      int point = path.codePointAt(i);
      if (forbidden(point)) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "a path may not contain U+%04X (index %d) in %s",
                point,
                i,
                quote(path)));
      }
      i += Character.charCount(point);
    }
  }

  private static boolean forbidden(int point) {
    int type = Character.getType(point);
    return type == Character.CONTROL
        || type == Character.SURROGATE
        || type == Character.LINE_SEPARATOR
        || type == Character.PARAGRAPH_SEPARATOR
        || point == '\\'
        || (point & 0xfffe) == 0xfffe
        || (point >= 0xfdd0 && point <= 0xfdef)
        || (point >= 0x202a && point <= 0x202e)
        || (point >= 0x2066 && point <= 0x2069);
  }

  private static int utf8Length(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  /**
   * Quotes hostile text for a message: shortened, and nothing that could forge a log line or turn
   * its direction.
   */
  static String quote(String text) {
    StringBuilder shown = new StringBuilder("\"");
    int end = Math.min(text.length(), 80);
    for (int i = 0; i < end; i++) {
      char c = text.charAt(i);
      if (c == '\\' || !forbidden(c)) {
        shown.append(c);
      } else {
        shown.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
      }
    }
    return shown.append(end < text.length() ? "…\"" : "\"").toString();
  }
}
