package dev.rendition.local;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Turns path segments into file names and back. A name is plain ASCII that every file system and
 * every locale of the JVM takes: what is not plain stands as {@code %} and two lower-case hex
 * digits for each byte of its UTF-8. A name that grows beyond {@value #LONGEST} characters
 * continues in the folder below; all but its last piece end in {@value #CONTINUES}, which no
 * encoded byte looks like. Two segments never share a name.
 */
final class FileNames {
  static final String CONTINUES = "%+";

  private static final int LONGEST = 200;
  private static final String PLAIN_MARKS = " -_.,+=@()";

  /** Names that are devices on Windows, also with an extension. */
  private static final Pattern DEVICE =
      Pattern.compile("(con|prn|aux|nul|com[0-9]|lpt[0-9]) *(\\..*)?");

  private final boolean foldsCase;

  /**
   * Makes the names of a file system.
   *
   * @param foldsCase whether it takes {@code A} and {@code a} for the same name
   */
  FileNames(boolean foldsCase) {
    this.foldsCase = foldsCase;
  }

  /** Returns the name of a segment: one piece, or more if it is long. */
  List<String> encode(String segment) {
    StringBuilder all = new StringBuilder();
    for (byte b : segment.getBytes(UTF_8)) {
      int c = b & 0xff;
      if (isPlain(c)) {
        all.append((char) c);
      } else {
        escape(all, c);
      }
    }
    List<String> pieces = new ArrayList<>(1);
    int from = 0;
    while (all.length() - from > LONGEST) {
      int cut = from + LONGEST - CONTINUES.length();
      if (all.charAt(cut - 1) == '%') {
        cut -= 1;
      } else if (all.charAt(cut - 2) == '%') {
        cut -= 2;
      }
      pieces.add(guardStart(all.substring(from, cut)) + CONTINUES);
      from = cut;
    }
    pieces.add(guardStart(guardEnd(all.substring(from))));
    return pieces;
  }

  /**
   * Returns the segment whose name the pieces are; empty if {@link #encode} gives no such name, so
   * that it is the name of a foreign file.
   */
  Optional<String> decode(List<String> pieces) {
    ByteBuffer bytes = ByteBuffer.allocate(pieces.stream().mapToInt(String::length).sum());
    for (int i = 0; i < pieces.size(); i++) {
      String piece = pieces.get(i);
      boolean continues = piece.endsWith(CONTINUES);
      if (continues == (i == pieces.size() - 1)) {
        return Optional.empty();
      }
      int end = continues ? piece.length() - CONTINUES.length() : piece.length();
      if (!unescape(piece, end, bytes)) {
        return Optional.empty();
      }
    }
    String segment;
    try {
      segment = UTF_8.newDecoder().decode(bytes.flip()).toString();
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
    boolean ours = !segment.isEmpty() && encode(segment).equals(pieces);
    return ours ? Optional.of(segment) : Optional.empty();
  }

  private static boolean unescape(String piece, int end, ByteBuffer into) {
    for (int i = 0; i < end; i++) {
      char c = piece.charAt(i);
      if (c != '%') {
        if (c > 0x7f) {
          return false;
        }
        into.put((byte) c);
        continue;
      }
      if (i + 2 >= end) {
        return false;
      }
      int high = Character.digit(piece.charAt(i + 1), 16);
      int low = Character.digit(piece.charAt(i + 2), 16);
      if (high < 0 || low < 0) {
        return false;
      }
      into.put((byte) (high << 4 | low));
      i += 2;
    }
    return true;
  }

  private boolean isPlain(int c) {
    if (c >= 'A' && c <= 'Z') {
      return !foldsCase;
    }
    return c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || PLAIN_MARKS.indexOf(c) >= 0;
  }

  /** Nothing begins with a dot (hidden, or {@code ..}) or a space, and nothing is a device. */
  private static String guardStart(String piece) {
    char first = piece.charAt(0);
    boolean device = DEVICE.matcher(piece.toLowerCase(Locale.ROOT)).matches();
    if (first != '.' && first != ' ' && !device) {
      return piece;
    }
    StringBuilder guarded = new StringBuilder();
    escape(guarded, first);
    return guarded.append(piece, 1, piece.length()).toString();
  }

  /** Windows drops dots and spaces at the end of a name. */
  private static String guardEnd(String piece) {
    char last = piece.charAt(piece.length() - 1);
    if (last != '.' && last != ' ') {
      return piece;
    }
    StringBuilder guarded = new StringBuilder().append(piece, 0, piece.length() - 1);
    escape(guarded, last);
    return guarded.toString();
  }

  private static void escape(StringBuilder into, int b) {
    into.append('%').append(Character.forDigit(b >> 4, 16)).append(Character.forDigit(b & 15, 16));
  }
}
