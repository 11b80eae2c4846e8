package dev.rendition.local;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * Writes a path for a URI (RFC 3986, section 3.3): the bytes of its UTF-8, those that are not
 * unreserved (section 2.3) or {@code /} as {@code %} and two upper-case hex digits. Every path has
 * one such form.
 */
final class UriPath {
  private UriPath() {}

  static String encode(String path) {
    StringBuilder out = new StringBuilder(path.length() + 16);
    for (byte b : path.getBytes(UTF_8)) {
      int c = b & 0xff;
      if (isUnreserved(c) || c == '/') {
        out.append((char) c);
      } else {
        out.append('%').append(digit(c >> 4)).append(digit(c & 15));
      }
    }
    return out.toString();
  }

  private static boolean isUnreserved(int c) {
    return c >= 'A' && c <= 'Z'
        || c >= 'a' && c <= 'z'
        || c >= '0' && c <= '9'
        || c == '-'
        || c == '.'
        || c == '_'
        || c == '~';
  }

  private static char digit(int value) {
    return Character.toUpperCase(Character.forDigit(value, 16));
  }
}
