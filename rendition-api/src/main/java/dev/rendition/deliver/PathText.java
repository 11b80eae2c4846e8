package dev.rendition.deliver;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Writes and reads keys in the paths of addresses (RFC 3986, section 3.3). */
final class PathText {
  private static final String PLAIN = "-._~!$&'();=:@";
  private static final String HEX = "0123456789ABCDEF";

  private PathText() {}

  /**
   * Writes a text: slashes stay, bytes of UTF-8 that may not stand in a segment become %HH, and so
   * do {@code +}, {@code ,} and {@code *}, which some readers take for something else.
   */
  static String encode(String text) {
    StringBuilder encoded = new StringBuilder(text.length() + 16);
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xff);
      if (c == '/' || letterOrDigit(c) || PLAIN.indexOf(c) >= 0) {
        encoded.append(c);
      } else {
        encoded.append('%').append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 15));
      }
    }
    return encoded.toString();
  }

  /**
   * Reads a path: every %HH becomes a byte, everything else stands for itself. Empty if it is not
   * ASCII, an escape is broken or hides a slash, or the bytes are not UTF-8.
   */
  static Optional<String> decode(String path) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(path.length());
    for (int i = 0; i < path.length(); i++) {
      char c = path.charAt(i);
      if (c == '%') {
        boolean whole = i + 2 < path.length();
        int high = whole ? digit(path.charAt(i + 1)) : -1;
        int low = whole ? digit(path.charAt(i + 2)) : -1;
        if (high < 0 || low < 0 || (high << 4 | low) == '/') {
          return Optional.empty();
        }
        bytes.write(high << 4 | low);
        i += 2;
      } else if (c <= ' ' || c > '~') {
        return Optional.empty();
      } else {
        bytes.write(c);
      }
    }
    try {
      return Optional.of(
          StandardCharsets.UTF_8
              .newDecoder()
              .decode(ByteBuffer.wrap(bytes.toByteArray()))
              .toString());
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }

  private static int digit(char c) {
    return c < 128 ? Character.digit(c, 16) : -1;
  }

  private static boolean letterOrDigit(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  }
}
