package dev.rendition.recipe;

import static dev.rendition.recipe.RecipeItem.shortened;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

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
      item(new RecipeItem(text, start, end));
      start = end + 1;
    }
    if (encoding.isEmpty()) {
      throw new RecipeException(
          "a recipe ends with an encoding: one of " + new TreeSet<>(ENCODINGS),
          text.length(),
          text);
    }
    return RecipeItem.at(
        text, 0, () -> new Recipe(operations, encoding.get(0), maxBytes, keepCopyright, frames));
  }

  private int end(int from, char stop) {
    int end = text.indexOf(stop, from);
    return end < 0 ? text.length() : end;
  }

  private void item(RecipeItem item) {
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
      add(item, item.make(() -> operation(item)));
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

  private void add(RecipeItem item, Operation operation) {
    if (operations.size() == Recipe.MAX_OPERATIONS) {
      throw item.problem("a recipe has at most " + Recipe.MAX_OPERATIONS + " operations");
    }
    if (operation instanceof Operation.Background
        && operations.stream().anyMatch(Operation.Background.class::isInstance)) {
      throw item.problem("a recipe has at most one background");
    }
    operations.add(operation);
  }

  private Operation operation(RecipeItem item) {
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

  private Operation resize(RecipeItem item, Fit fit) {
    Box box = item.box();
    boolean early = item.take("enlarge");
    Gravity gravity = item.gravity(Gravity.CENTER);
    boolean enlarge = early || item.take("enlarge");
    return new Operation.Resize(box, fit, gravity, enlarge);
  }

  private Operation crop(RecipeItem item) {
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
      numbers[i] =
          item.number(percent ? part.substring(0, part.length() - 1) : part, "a number", at);
      at += part.length() + 1;
    }
    if (percents % 4 != 0) {
      throw item.problem("crop takes four numbers of pixels or four of percent (12.5p), not both");
    }
    return new Operation.Crop(numbers[0], numbers[1], numbers[2], numbers[3], percents == 4);
  }

  private Encoding encoding(RecipeItem item) {
    return item.make(
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

  private Encoding jpeg(RecipeItem item) {
    int quality = item.quality(Encoding.DEFAULT_JPEG_QUALITY);
    boolean progressive = item.take("progressive");
    boolean fullChroma = item.take("444");
    return new Encoding.Jpeg(quality, progressive || item.take("progressive"), fullChroma);
  }

  private void setting(RecipeItem item) {
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
}
