package dev.rendition.s3;

import static java.nio.charset.StandardCharsets.UTF_8;

/** Percent-encoding (RFC 3986, section 2.1). */
final class UriText {
  private static final char[] HEX = "0123456789ABCDEF".toCharArray();

  /**
   * What a path may hold beside letters and digits, {@code +} left out: some read it as a space;
   * and {@code *}: CloudFront reads it as a wildcard.
   */
  private static final String PATH = "-._~!$&'(),;=:@/";

  /** What signature version 4 leaves as it is in a path. */
  private static final String STRICT_PATH = "-._~/";

  private static final String STRICT = "-._~";

  private UriText() {}

  /** Encodes a path as public links do. */
  static String path(String text) {
    return encode(text, PATH);
  }

  /** Encodes a path as AWS signature version 4 asks for. */
  static String strictPath(String text) {
    return encode(text, STRICT_PATH);
  }

  /** Encodes everything but unreserved characters. */
  static String strict(String text) {
    return encode(text, STRICT);
  }

  private static String encode(String text, String literal) {
    StringBuilder encoded = new StringBuilder(text.length() + 16);
    for (byte b : text.getBytes(UTF_8)) {
      char c = (char) (b & 0xff);
      if ((c >= 'a' && c <= 'z')
          || (c >= 'A' && c <= 'Z')
          || (c >= '0' && c <= '9')
          || literal.indexOf(c) >= 0) {
        encoded.append(c);
      } else {
        encoded.append('%').append(HEX[c >> 4]).append(HEX[c & 15]);
      }
    }
    return encoded.toString();
  }
}
