package dev.rendition.local.notice;

import static java.util.Objects.requireNonNull;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Who made a picture and who holds its rights, as a source says it. Both are single lines without
 * control characters or half surrogates, of at most {@value #MAX_CHARACTERS} characters.
 *
 * @param creator empty if none is told
 * @param copyright empty if none is told
 */
public record Notices(String creator, String copyright) {
  /** The most UTF-16 characters of one notice; what is longer is cut. */
  public static final int MAX_CHARACTERS = 1_000;

  /** Nothing is told. */
  public static final Notices NONE = new Notices("", "");

  /** No more bytes than these are looked at to find the characters of one notice. */
  public static final int MAX_BYTES = 8 * MAX_CHARACTERS;

  /** Cleans and cuts what it is given. */
  public Notices {
    creator = clean(requireNonNull(creator, "creator"));
    copyright = clean(requireNonNull(copyright, "copyright"));
  }

  public boolean isEmpty() {
    return creator.isEmpty() && copyright.isEmpty();
  }

  /** Returns these notices, and those of another place where these are silent. */
  public Notices or(Notices other) {
    return new Notices(
        creator.isEmpty() ? other.creator : creator,
        copyright.isEmpty() ? other.copyright : copyright);
  }

  /** Returns these notices with another creator. */
  public Notices withCreator(String other) {
    return new Notices(other, copyright);
  }

  /** Returns these notices with another copyright. */
  public Notices withCopyright(String other) {
    return new Notices(creator, other);
  }

  /**
   * Decodes a text of a format that does not say how: UTF-8 if it is that, else ISO 8859-1, which
   * never fails.
   */
  public static String text(byte[] bytes, int offset, int length) {
    int count = Math.min(length, MAX_BYTES);
    // A cut in the middle of a character must not make the whole look like another encoding.
    while (count < length && count > 0 && (bytes[offset + count] & 0xc0) == 0x80) {
      count--;
    }
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(bytes, offset, count))
          .toString();
    } catch (CharacterCodingException e) {
      return new String(bytes, offset, count, StandardCharsets.ISO_8859_1);
    }
  }

  /**
   * Joins the parts that NUL bytes divide (Exif 2.32, 4.6.5, tag 8298: the photographer's and the
   * editor's), and makes one space of every run of other characters that print nothing.
   */
  private static String clean(String text) {
    StringBuilder clean = new StringBuilder();
    String divider = "";
    int at = 0;
    while (at < text.length()) {
      int point = text.codePointAt(at);
      at += Character.charCount(point);
      if (point == 0) {
        divider = "; ";
      } else if (printsNothing(point)) {
        divider = divider.isEmpty() ? " " : divider;
      } else {
        String glue = clean.isEmpty() ? "" : divider;
        if (clean.length() + glue.length() + Character.charCount(point) > MAX_CHARACTERS) {
          break;
        }
        clean.append(glue).appendCodePoint(point);
        divider = "";
      }
    }
    return clean.toString();
  }

  private static boolean printsNothing(int point) {
    return switch (Character.getType(point)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SPACE_SEPARATOR ->
          true;
      default -> false;
    };
  }
}
