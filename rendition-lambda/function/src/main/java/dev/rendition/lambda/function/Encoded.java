package dev.rendition.lambda.function;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Undoes percent-encoding (RFC 3986, section 2.1) strictly: two hex digits behind each {@code %},
 * and UTF-8 in the end.
 */
final class Encoded {
  private Encoded() {}

  /**
   * Decodes as forms do: {@code +} stands for a space.
   *
   * @throws IllegalArgumentException if the text is not well encoded; the message says where
   */
  static String form(String text) {
    return decode(text, true);
  }

  /**
   * Decodes as paths do: {@code +} stands for itself.
   *
   * @throws IllegalArgumentException if the text is not well encoded; the message says where
   */
  static String path(String text) {
    return decode(text, false);
  }

  private static String decode(String text, boolean plusIsSpace) {
    if (text.indexOf('%') < 0 && (!plusIsSpace || text.indexOf('+') < 0)) {
      return text;
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length());
    for (int i = 0; i < text.length(); ) {
      char c = text.charAt(i);
      if (c == '%') {
        bytes.write(octet(text, i));
        i += 3;
      } else if (c == '+' && plusIsSpace) {
        bytes.write(' ');
        i++;
      } else {
        int point = text.codePointAt(i);
        if (Character.getType(point) == Character.SURROGATE) {
          throw new IllegalArgumentException(
              "half a character stands at index " + i + " in \"" + Shown.text(text) + '"');
        }
        bytes.writeBytes(Character.toString(point).getBytes(StandardCharsets.UTF_8));
        i += Character.charCount(point);
      }
    }
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(bytes.toByteArray()))
          .toString();
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException(
          "what is percent-encoded is no UTF-8 in \"" + Shown.text(text) + '"', e);
    }
  }

  private static int octet(String text, int at) {
    int high = at + 2 < text.length() ? Character.digit(text.charAt(at + 1), 16) : -1;
    int low = at + 2 < text.length() ? Character.digit(text.charAt(at + 2), 16) : -1;
    if (high < 0 || low < 0 || text.charAt(at + 1) > 'f' || text.charAt(at + 2) > 'f') {
      throw new IllegalArgumentException(
          "the % at index " + at + " has no two hex digits in \"" + Shown.text(text) + '"');
    }
    return high << 4 | low;
  }
}
