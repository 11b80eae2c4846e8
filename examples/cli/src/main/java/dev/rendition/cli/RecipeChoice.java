package dev.rendition.cli;

import dev.rendition.RenditionConfig;
import dev.rendition.Renditions;
import dev.rendition.recipe.NamedRecipe;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which recipes a run makes: those of {@code --recipe} in their order; else the whole book of the
 * configuration; else five web widths.
 *
 * @param names what to make, in order; empty for the whole book
 * @param texts the recipes that are written out, by name
 */
record RecipeChoice(List<String> names, Map<String, String> texts) {
  private static final List<Integer> WIDTHS = List.of(1600, 1200, 800, 400, 200);

  /**
   * Reads {@code NAME=TEXT} (this recipe) and {@code NAME} (the recipe of the book).
   *
   * @param hasBook whether a configuration brings a book
   */
  static RecipeChoice of(List<String> arguments, boolean hasBook) {
    List<String> names = new ArrayList<>();
    Map<String, String> texts = new LinkedHashMap<>();
    if (arguments.isEmpty() && !hasBook) {
      for (NamedRecipe recipe : webWidths()) {
        names.add(recipe.name());
        texts.put(recipe.name(), recipe.recipe().toString());
      }
    }
    for (String argument : arguments) {
      int equals = argument.indexOf('=');
      String name = equals < 0 ? argument : argument.substring(0, equals);
      if (name.isBlank() || names.contains(name)) {
        throw new UsageException(
            "--recipe takes NAME=TEXT or the NAME of a recipe of the configuration, each name once, was \""
                + argument
                + '"');
      }
      names.add(name);
      if (equals >= 0) {
        texts.put(name, argument.substring(equals + 1));
      }
    }
    return new RecipeChoice(names, texts);
  }

  /** Returns the recipes of a run that names none: JPEGs of five widths. */
  static List<NamedRecipe> webWidths() {
    return WIDTHS.stream()
        .map(width -> NamedRecipe.of("w" + width, "fit:" + width + ",jpeg:80"))
        .toList();
  }

  RecipeChoice {
    names = List.copyOf(names);
    texts = Collections.unmodifiableMap(new LinkedHashMap<>(texts));
  }

  /** Returns settings that hold the recipes written out. */
  RenditionConfig addTo(RenditionConfig config) {
    RenditionConfig all = config;
    for (Map.Entry<String, String> recipe : texts.entrySet()) {
      all = all.with("rendition.recipe." + recipe.getKey(), recipe.getValue());
    }
    return all;
  }

  /** Returns what to make. */
  List<NamedRecipe> from(Renditions renditions) {
    List<NamedRecipe> chosen =
        names.isEmpty()
            ? renditions.recipes().all()
            : renditions.recipes(names.toArray(String[]::new));
    if (chosen.isEmpty()) {
      throw new UsageException(
          "there is no recipe; set rendition.recipe.<name> in the configuration or give --recipe NAME=TEXT");
    }
    return chosen;
  }
}
