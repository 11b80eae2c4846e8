package dev.rendition.recipe;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;

/**
 * How a rendition is made: operations in order, then an encoding. Metadata is stripped and the
 * result is upright sRGB.
 *
 * <p>The text form is one line, legal in a URL path segment without escaping: {@code
 * cover:800x600:focus,sharpen:0.5,jpeg:80:progressive}. {@link #toString()} prints the canonical
 * form, in which defaults are left out and arguments have a fixed order, so that equal recipes have
 * equal texts and {@code parse(recipe.toString())} is the recipe; a recipe whose text would be
 * longer than {@value #MAX_LENGTH} characters does not exist. docs/recipes.md has the grammar.
 *
 * @param operations at most {@value #MAX_OPERATIONS}
 * @param encoding what the result is written as
 * @param maxBytes the ceiling of the encoded result: quality is lowered until it holds; 0 for none
 * @param keepCopyright whether the copyright and creator notices of the source are kept
 * @param frames what becomes of an animated source
 */
public record Recipe(
    List<Operation> operations,
    Encoding encoding,
    long maxBytes,
    boolean keepCopyright,
    Frames frames) {
  /** The most operations in one recipe. */
  public static final int MAX_OPERATIONS = 32;

  /** The longest recipe text, in characters. */
  public static final int MAX_LENGTH = 1_000;

  /** The smallest byte ceiling. */
  public static final long LEAST_MAX_BYTES = 100;

  public Recipe {
    operations = List.copyOf(operations);
    requireNonNull(encoding, "encoding");
    requireNonNull(frames, "frames");
    if (operations.size() > MAX_OPERATIONS) {
      throw new IllegalArgumentException(
          "a recipe has at most " + MAX_OPERATIONS + " operations, had " + operations.size());
    }
    if (operations.stream().filter(Operation.Background.class::isInstance).count() > 1) {
      throw new IllegalArgumentException("a recipe has at most one background");
    }
    if (maxBytes != 0 && (maxBytes < LEAST_MAX_BYTES || maxBytes > Integer.MAX_VALUE)) {
      throw new IllegalArgumentException(
          "max must be " + LEAST_MAX_BYTES + ".." + Integer.MAX_VALUE + " bytes, was " + maxBytes);
    }
    int length = print(operations, encoding, maxBytes, keepCopyright, frames).length();
    if (length > MAX_LENGTH) {
      throw new IllegalArgumentException(
          "a recipe's text is at most " + MAX_LENGTH + " characters, was " + length);
    }
  }

  /**
   * Returns a recipe of operations and an encoding, without a byte ceiling, stripped, first frame
   * only.
   */
  public static Recipe of(List<Operation> operations, Encoding encoding) {
    return new Recipe(operations, encoding, 0, false, Frames.FIRST);
  }

  /**
   * Reads the text form.
   *
   * @throws RecipeException if the text is no recipe
   */
  public static Recipe parse(String text) {
    return new RecipeParser(requireNonNull(text, "text")).parse();
  }

  /** Returns whether the result depends on the focal point of the request. */
  public boolean usesFocus() {
    return operations.stream()
        .anyMatch(
            operation ->
                (operation instanceof Operation.Resize resize && resize.gravity() == Gravity.FOCUS)
                    || (operation instanceof Operation.Aspect aspect
                        && aspect.gravity() == Gravity.FOCUS));
  }

  /** Returns the colour behind the picture: the recipe's background, or white. */
  public Rgb background() {
    return operations.stream()
        .filter(Operation.Background.class::isInstance)
        .map(operation -> ((Operation.Background) operation).colour())
        .findFirst()
        .orElse(Rgb.WHITE);
  }

  /** Returns the canonical text. */
  @Override
  public String toString() {
    return print(operations, encoding, maxBytes, keepCopyright, frames);
  }

  private static String print(
      List<Operation> operations,
      Encoding encoding,
      long maxBytes,
      boolean keepCopyright,
      Frames frames) {
    List<String> parts = new ArrayList<>();
    for (Operation operation : operations) {
      parts.add(RecipePrinter.print(operation));
    }
    parts.add(RecipePrinter.print(encoding));
    if (maxBytes > 0) {
      parts.add("max:" + RecipePrinter.bytes(maxBytes));
    }
    if (keepCopyright) {
      parts.add("keep:copyright");
    }
    if (frames == Frames.ALL) {
      parts.add("frames:all");
    }
    return String.join(",", parts);
  }
}
