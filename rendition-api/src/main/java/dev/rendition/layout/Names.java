package dev.rendition.layout;

import dev.rendition.recipe.NamedRecipe;
import java.util.Set;

/**
 * The recipe names a layout knows. It refuses every other: a key it gave out under a name it does
 * not know would not be recognised as a rendition's later, and would be taken for an original.
 */
final class Names {
  private final Set<String> known;

  Names(Set<String> known) {
    this.known = Set.copyOf(known);
  }

  Set<String> all() {
    return known;
  }

  boolean contain(String name) {
    return known.contains(name);
  }

  /** Returns the name of a recipe. */
  String require(NamedRecipe recipe) {
    if (!known.contains(recipe.name())) {
      throw new IllegalArgumentException(
          "the layout knows no recipe \"" + recipe.name() + "\"; add it to the recipe book");
    }
    return recipe.name();
  }
}
