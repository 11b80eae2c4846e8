package dev.rendition.recipe;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Named recipes in the order they were given. Immutable. */
public final class RecipeBook {
  /** The most recipes in one book. */
  public static final int MAX_RECIPES = 1_000;

  private final Map<String, NamedRecipe> byName = new LinkedHashMap<>();

  private RecipeBook(Collection<NamedRecipe> recipes) {
    for (NamedRecipe recipe : recipes) {
      if (byName.put(recipe.name(), recipe) != null) {
        throw new IllegalArgumentException("two recipes are named \"" + recipe.name() + '"');
      }
    }
    if (byName.size() > MAX_RECIPES) {
      throw new IllegalArgumentException(
          "a book holds at most " + MAX_RECIPES + " recipes, had " + byName.size());
    }
  }

  /**
   * Returns a book.
   *
   * @throws IllegalArgumentException if two recipes have one name
   */
  public static RecipeBook of(Collection<NamedRecipe> recipes) {
    return new RecipeBook(recipes);
  }

  /** Returns the recipe of a name, or empty if the book has none. */
  public Optional<NamedRecipe> find(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  /** Returns the recipes in the order given. */
  public List<NamedRecipe> all() {
    return List.copyOf(byName.values());
  }

  /** Returns the names, in no promised order. */
  public Set<String> names() {
    return Set.copyOf(byName.keySet());
  }

  @Override
  public String toString() {
    return byName.values().toString();
  }
}
