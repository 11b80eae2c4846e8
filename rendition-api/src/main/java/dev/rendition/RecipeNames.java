package dev.rendition;

import dev.rendition.generate.FailureReason;
import dev.rendition.generate.RenditionException;
import dev.rendition.recipe.NamedRecipe;
import dev.rendition.recipe.RecipeBook;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Finds recipes of a book by name, or tells which names there are. */
final class RecipeNames {
  private static final int SHOWN = 20;

  private RecipeNames() {}

  /**
   * Returns the recipes of these names, in their order.
   *
   * @throws RenditionException with {@link FailureReason#RECIPE_UNKNOWN} if there is no recipe of a
   *     name
   */
  static List<NamedRecipe> find(RecipeBook book, Collection<String> names) {
    List<NamedRecipe> found = new ArrayList<>();
    for (String name : names) {
      found.add(
          book.find(name)
              .orElseThrow(
                  () ->
                      new RenditionException(
                          FailureReason.RECIPE_UNKNOWN,
                          "there is no recipe \"" + Shown.text(name) + "\"; " + some(book))));
    }
    return found;
  }

  private static String some(RecipeBook book) {
    int all = book.names().size();
    return (all > SHOWN ? "among " + all + " there are " : "there are ")
        + book.names().stream().sorted().limit(SHOWN).toList();
  }
}
