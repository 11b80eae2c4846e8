package dev.rendition.recipe;

import dev.rendition.asset.AssetKey;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/**
 * One piece of a recipe between commas: a word and its arguments, read from left to right. Not safe
 * for use by many threads.
 */
final class RecipeItem {
  private final String text;
  private final int start;
  private final int end;
  private int at;
  private int last;

  RecipeItem(String text, int start, int end) {
    this.text = text;
    this.start = start;
    this.end = end;
    this.at = stop(start);
  }

  String word() {
    return text.substring(start, stop(start));
  }

  /** Returns where the argument read last begins. */
  int last() {
    return last;
  }

  boolean hasMore() {
    return at < end;
  }

  String next(String what) {
    if (!hasMore()) {
      throw new RecipeException("\"" + word() + "\" needs " + what, end, text);
    }
    last = at + 1;
    at = stop(last);
    return text.substring(last, at);
  }

  /** Takes the next argument if it is this word. */
  boolean take(String word) {
    if (hasMore() && peek().equals(word)) {
      next(word);
      return true;
    }
    return false;
  }

  private String peek() {
    return text.substring(at + 1, stop(at + 1));
  }

  int whole(String what) {
    String digits = next(what);
    if (!digits.matches("[0-9]{1,9}")) {
      throw new RecipeException(
          "expected " + what + ", found \"" + shortened(digits) + '"', last, text);
    }
    return Integer.parseInt(digits);
  }

  int quality(int usual) {
    boolean digit = at + 1 < end && Character.isDigit(text.charAt(at + 1));
    return digit && !peek().equals("444") ? whole("a quality") : usual;
  }

  double decimal(String what) {
    String digits = next(what);
    return number(digits, what, last);
  }

  String choice(String what, String... words) {
    String word = next(what);
    if (!List.of(words).contains(word)) {
      throw new RecipeException(
          "expected " + what + ", found \"" + shortened(word) + '"', last, text);
    }
    return word;
  }

  Gravity gravity(Gravity usual) {
    for (Gravity gravity : Gravity.values()) {
      if (take(gravity.word())) {
        return gravity;
      }
    }
    return usual;
  }

  Box box() {
    String box = next("a box: 800x600, 800 or x600");
    if (!box.matches("[0-9]{1,5}(x[0-9]{1,5})?|x[0-9]{1,5}")) {
      throw new RecipeException(
          "expected a box: 800x600, 800 or x600, found \"" + shortened(box) + '"', last, text);
    }
    int cross = box.indexOf('x');
    int width = cross == 0 ? 0 : Integer.parseInt(cross < 0 ? box : box.substring(0, cross));
    int height = cross < 0 ? 0 : Integer.parseInt(box.substring(cross + 1));
    if ((width == 0 && cross != 0) || (height == 0 && cross >= 0)) {
      throw new RecipeException("a side of a box is 1.." + PixelSize.MAX + ", was 0", last, text);
    }
    return at(text, last, () -> new Box(width, height));
  }

  Rgb colour() {
    String hex = next("a colour: rrggbb").toLowerCase(Locale.ROOT);
    if (!hex.matches("[0-9a-f]{6}")) {
      throw new RecipeException(
          "expected a colour: rrggbb, found \"" + shortened(hex) + '"', last, text);
    }
    int value = Integer.parseInt(hex, 16);
    return new Rgb(value >> 16, (value >> 8) & 0xff, value & 0xff);
  }

  long bytes() {
    String size = next("a size: 200k, 1m or bytes");
    if (!size.matches("[0-9]{1,10}[km]?")) {
      throw new RecipeException(
          "expected a size: 200k, 1m or bytes, found \"" + shortened(size) + '"', last, text);
    }
    char unit = size.charAt(size.length() - 1);
    long count =
        Long.parseLong(unit == 'k' || unit == 'm' ? size.substring(0, size.length() - 1) : size);
    return count * (unit == 'k' ? 1_000 : unit == 'm' ? 1_000_000 : 1);
  }

  AssetKey key() {
    String escaped = next("a key: tenant!path");
    int position = last;
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int i = 0; i < escaped.length(); i++) {
      char c = escaped.charAt(i);
      if (c == '~') {
        if (i + 2 >= escaped.length()
            || !escaped.substring(i + 1, i + 3).matches("[0-9a-fA-F]{2}")) {
          throw new RecipeException("after '~' come two hex digits", position + i, text);
        }
        bytes.write(Integer.parseInt(escaped.substring(i + 1, i + 3), 16));
        i += 2;
      } else if (c > '~' || c < ' ') {
        throw new RecipeException(
            "a key is written in ASCII, other bytes as ~hh", position + i, text);
      } else {
        bytes.write(c == '!' ? '/' : c);
      }
    }
    try {
      String key =
          StandardCharsets.UTF_8
              .newDecoder()
              .decode(ByteBuffer.wrap(bytes.toByteArray()))
              .toString();
      return at(text, position, () -> AssetKey.parse(key));
    } catch (CharacterCodingException e) {
      throw new RecipeException("the bytes of the key are not UTF-8", position, text);
    }
  }

  List<String> rest() {
    List<String> rest = new ArrayList<>();
    while (hasMore()) {
      rest.add(next("an argument"));
    }
    return rest;
  }

  void requireAllRead() {
    if (hasMore()) {
      throw new RecipeException(
          "\""
              + word()
              + "\" does not take \""
              + shortened(text.substring(at + 1, end))
              + "\" here",
          at + 1,
          text);
    }
  }

  RecipeException problem(String problem) {
    return new RecipeException(problem, start, text);
  }

  /** Returns where the word or argument ends that begins at a place: at a colon, or the end. */
  private int stop(int from) {
    int colon = text.indexOf(':', from);
    return colon < 0 || colon > end ? end : colon;
  }

  /** Makes something of this item; a refusal names where it begins. */
  <T> T make(Supplier<T> made) {
    return at(text, start, made);
  }

  /** Makes something of what stands at a position, which a refusal then names. */
  static <T> T at(String text, int position, Supplier<T> made) {
    try {
      return made.get();
    } catch (RecipeException e) {
      throw e;
    } catch (IllegalArgumentException e) {
      throw new RecipeException(String.valueOf(e.getMessage()), position, text);
    }
  }

  double number(String digits, String what, int position) {
    if (!digits.matches("[0-9]{1,9}(\\.[0-9]{1,9})?")) {
      throw new RecipeException(
          "expected " + what + ", found \"" + shortened(digits) + '"', position, text);
    }
    return new BigDecimal(digits).doubleValue();
  }

  /** Returns a text as a message may show it: at most 40 characters, no control characters. */
  static String shortened(String found) {
    StringBuilder shown = new StringBuilder();
    for (int i = 0; i < Math.min(found.length(), 40); i++) {
      char c = found.charAt(i);
      shown.append(c >= ' ' && c <= '~' ? c : '?');
    }
    return shown.append(found.length() > 40 ? "…" : "").toString();
  }
}
