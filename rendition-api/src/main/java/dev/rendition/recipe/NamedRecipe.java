package dev.rendition.recipe;

import static java.util.Objects.requireNonNull;

import java.util.regex.Pattern;

/**
 * A recipe under the name it is asked for by.
 *
 * @param name 1 to 64 lower-case letters, digits, {@code _} and {@code -}, the first a letter or
 *     digit
 * @param recipe how the rendition is made
 */
public record NamedRecipe(String name, Recipe recipe) {
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9_-]{0,63}");

  public NamedRecipe {
    if (!NAME.matcher(requireNonNull(name, "name")).matches()) {
      throw new IllegalArgumentException(
          "a recipe's name is 1 to 64 lower-case letters, digits, '_' or '-', was \""
              + RecipeException.shown(name)
              + '"');
    }
    requireNonNull(recipe, "recipe");
  }

  /** Returns the recipe of a text under a name. */
  public static NamedRecipe of(String name, String text) {
    return new NamedRecipe(name, Recipe.parse(text));
  }
}
