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
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/** Reads one recipe text. Made for one text and thrown away. */
final class RecipeParser {
  private static final Set<String> ENCODINGS = Set.of("jpeg", "png", "gif", "webp", "avif", "same");
  private static final Set<String> SETTINGS = Set.of("max", "keep", "frames");

  private final String text;
  private final List<Operation> operations = new ArrayList<>();
  private final Set<String> settings = new TreeSet<>();
  private List<Encoding> encoding = List.of();
  private long maxBytes;
  private boolean keepCopyright;
  private Frames frames = Frames.FIRST;

  RecipeParser(String text) {
    this.text = text;
  }

  Recipe parse() {
    if (text.length() > Recipe.MAX_LENGTH) {
      throw new RecipeException(
          "a recipe is at most " + Recipe.MAX_LENGTH + " characters, was " + text.length(),
          Recipe.MAX_LENGTH,
          text);
    }
    int start = 0;
    while (start <= text.length()) {
      int end = end(start, ',');
      if (text.startsWith("crop:", start)) {
        for (int i = 0; i < 3 && end < text.length(); i++) {
          end = end(end + 1, ',');
        }
      }
      item(new Item(start, end));
      start = end + 1;
    }
    if (encoding.isEmpty()) {
      throw new RecipeException(
          "a recipe ends with an encoding: one of " + new TreeSet<>(ENCODINGS),
          text.length(),
          text);
    }
    return at(0, () -> new Recipe(operations, encoding.get(0), maxBytes, keepCopyright, frames));
  }

  private int end(int from, char stop) {
    int end = text.indexOf(stop, from);
    return end < 0 ? text.length() : end;
  }

  private void item(Item item) {
    String word = item.word();
    if (SETTINGS.contains(word)) {
      setting(item);
    } else if (ENCODINGS.contains(word)) {
      if (!encoding.isEmpty()) {
        throw item.problem("a recipe has one encoding, \"" + word + "\" is another");
      }
      encoding = List.of(encoding(item));
    } else if (Operation.WORDS.contains(word) || word.startsWith("x-")) {
      if (!encoding.isEmpty()) {
        throw item.problem(
            "operations come before the encoding, \"" + shortened(word) + "\" comes after");
      }
      add(item, at(item.start, () -> operation(item)));
    } else if (word.isEmpty()) {
      throw item.problem(
          text.isEmpty() ? "the recipe is empty" : "there is nothing between two commas");
    } else {
      Set<String> words = new TreeSet<>(Operation.WORDS);
      words.addAll(ENCODINGS);
      words.addAll(SETTINGS);
      throw item.problem(
          "\"" + shortened(word) + "\" is no operation, encoding or setting; there are " + words);
    }
    item.requireAllRead();
  }

  private void add(Item item, Operation operation) {
    if (operations.size() == Recipe.MAX_OPERATIONS) {
      throw item.problem("a recipe has at most " + Recipe.MAX_OPERATIONS + " operations");
    }
    if (operation instanceof Operation.Background
        && operations.stream().anyMatch(Operation.Background.class::isInstance)) {
      throw item.problem("a recipe has at most one background");
    }
    operations.add(operation);
  }

  private Operation operation(Item item) {
    return switch (item.word()) {
      case "fit" -> resize(item, Fit.FIT);
      case "cover" -> resize(item, Fit.COVER);
      case "contain" -> resize(item, Fit.CONTAIN);
      case "fill" -> resize(item, Fit.FILL);
      case "crop" -> crop(item);
      case "aspect" ->
          new Operation.Aspect(
              item.whole("a width"), item.whole("a height"), item.gravity(Gravity.CENTER));
      case "rotate" -> new Operation.Rotate(item.whole("90, 180 or 270"));
      case "flip" -> new Operation.Flip(item.choice("h or v", "h", "v").equals("h"));
      case "background" -> new Operation.Background(item.colour());
      case "sharpen" -> new Operation.Sharpen(item.decimal("an amount"));
      case "blur" -> new Operation.Blur(item.decimal("a standard deviation in pixels"));
      case "grey" -> new Operation.Grey();
      case "watermark" ->
          new Operation.Watermark(
              item.key(),
              item.gravity(RecipePrinter.WATERMARK_GRAVITY),
              item.hasMore()
                  ? item.whole("an opacity in percent")
                  : RecipePrinter.WATERMARK_OPACITY,
              item.hasMore() ? item.whole("a width in percent") : RecipePrinter.WATERMARK_WIDTH);
      default -> new Operation.Custom(item.word(), item.rest());
    };
  }

  private Operation resize(Item item, Fit fit) {
    Box box = item.box();
    boolean early = item.take("enlarge");
    Gravity gravity = item.gravity(Gravity.CENTER);
    boolean enlarge = early || item.take("enlarge");
    return new Operation.Resize(box, fit, gravity, enlarge);
  }

  private Operation crop(Item item) {
    String rest = item.next("x,y,width,height");
    int at = item.last();
    String[] parts = rest.split(",", -1);
    if (parts.length != 4) {
      throw new RecipeException(
          "crop takes x,y,width,height, had " + parts.length + " numbers", at, text);
    }
    double[] numbers = new double[4];
    int percents = 0;
    for (int i = 0; i < 4; i++) {
      String part = parts[i];
      boolean percent = part.endsWith("p") || part.endsWith("%");
      percents += percent ? 1 : 0;
      numbers[i] = number(percent ? part.substring(0, part.length() - 1) : part, "a number", at);
      at += part.length() + 1;
    }
    if (percents % 4 != 0) {
      throw item.problem("crop takes four numbers of pixels or four of percent (12.5p), not both");
    }
    return new Operation.Crop(numbers[0], numbers[1], numbers[2], numbers[3], percents == 4);
  }

  private Encoding encoding(Item item) {
    return at(
        item.start,
        () ->
            switch (item.word()) {
              case "jpeg" -> jpeg(item);
              case "png" -> new Encoding.Png();
              case "gif" -> new Encoding.Gif();
              case "webp" -> new Encoding.Webp(item.quality(Encoding.DEFAULT_WEBP_QUALITY));
              case "avif" -> new Encoding.Avif(item.quality(Encoding.DEFAULT_AVIF_QUALITY));
              default -> new Encoding.Same();
            });
  }

  private Encoding jpeg(Item item) {
    int quality = item.quality(Encoding.DEFAULT_JPEG_QUALITY);
    boolean progressive = item.take("progressive");
    boolean fullChroma = item.take("444");
    return new Encoding.Jpeg(quality, progressive || item.take("progressive"), fullChroma);
  }

  private void setting(Item item) {
    if (!settings.add(item.word())) {
      throw item.problem("\"" + item.word() + "\" is set twice");
    }
    switch (item.word()) {
      case "max" -> {
        maxBytes = item.bytes();
        if (maxBytes < Recipe.LEAST_MAX_BYTES || maxBytes > Integer.MAX_VALUE) {
          throw item.problem(
              "max must be "
                  + Recipe.LEAST_MAX_BYTES
                  + ".."
                  + Integer.MAX_VALUE
                  + " bytes, was "
                  + maxBytes);
        }
      }
      case "keep" -> {
        item.choice("copyright", "copyright");
        keepCopyright = true;
      }
      default ->
          frames =
              item.choice("first or all", "first", "all").equals("all") ? Frames.ALL : Frames.FIRST;
    }
  }

  private <T> T at(int position, Supplier<T> made) {
    try {
      return made.get();
    } catch (RecipeException e) {
      throw e;
    } catch (IllegalArgumentException e) {
      throw new RecipeException(String.valueOf(e.getMessage()), position, text);
    }
  }

  private double number(String digits, String what, int position) {
    if (!digits.matches("[0-9]{1,9}(\\.[0-9]{1,9})?")) {
      throw new RecipeException(
          "expected " + what + ", found \"" + shortened(digits) + '"', position, text);
    }
    return new BigDecimal(digits).doubleValue();
  }

  private static String shortened(String found) {
    StringBuilder shown = new StringBuilder();
    for (int i = 0; i < Math.min(found.length(), 40); i++) {
      char c = found.charAt(i);
      shown.append(c >= ' ' && c <= '~' ? c : '?');
    }
    return shown.append(found.length() > 40 ? "…" : "").toString();
  }

  /** One piece between commas: a word and its arguments, read from left to right. */
  private final class Item {
    private final int start;
    private final int end;
    private int at;
    private int last;

    Item(int start, int end) {
      this.start = start;
      this.end = end;
      this.at = Math.min(end, RecipeParser.this.end(start, ':'));
    }

    String word() {
      return text.substring(start, Math.min(end, RecipeParser.this.end(start, ':')));
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
      at = Math.min(end, RecipeParser.this.end(last, ':'));
      return text.substring(last, at);
    }

    /** Takes the next argument if it is this word. */
    boolean take(String word) {
      if (hasMore()
          && text.substring(at + 1, Math.min(end, RecipeParser.this.end(at + 1, ':')))
              .equals(word)) {
        next(word);
        return true;
      }
      return false;
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
      return digit
              && !text.substring(at + 1, Math.min(end, RecipeParser.this.end(at + 1, ':')))
                  .equals("444")
          ? whole("a quality")
          : usual;
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
      return RecipeParser.this.at(last, () -> new Box(width, height));
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
        return RecipeParser.this.at(position, () -> AssetKey.parse(key));
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
  }
}
