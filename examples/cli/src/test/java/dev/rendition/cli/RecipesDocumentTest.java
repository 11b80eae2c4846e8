package dev.rendition.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rendition.recipe.Operation;
import dev.rendition.recipe.Recipe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What the documents say of recipes is what the parser reads. */
class RecipesDocumentTest {
  private static final Path ROOT = Path.of("..", "..");

  @Test
  void everyExampleIsARecipeInCanonicalForm() throws IOException {
    List<String> examples = blocks("docs/recipes.md", "recipe");

    assertThat(examples).hasSizeGreaterThan(20);
    assertThat(examples).allSatisfy(text -> assertThat(Recipe.parse(text)).hasToString(text));
  }

  @Test
  void everyOperationHasAnExample() throws IOException {
    List<String> used =
        blocks("docs/recipes.md", "recipe").stream()
            .flatMap(text -> Recipe.parse(text).operations().stream())
            .map(operation -> operation.getClass().getSimpleName())
            .distinct()
            .toList();
    List<String> all = new ArrayList<>();
    for (Class<?> operation : Operation.class.getPermittedSubclasses()) {
      all.add(operation.getSimpleName());
    }

    assertThat(used).containsExactlyInAnyOrderElementsOf(all);
  }

  @Test
  void theRecipesOfTheOtherDocumentsAreRecipesToo() throws IOException {
    for (String document : List.of("docs/configuration.md", "README.md")) {
      Properties settings = new Properties();
      settings.load(
          new java.io.StringReader(
              blocks(document, "properties").stream().collect(Collectors.joining("\n"))));
      settings.stringPropertyNames().stream()
          .filter(name -> name.startsWith("rendition.recipe."))
          .forEach(name -> assertThat(Recipe.parse(settings.getProperty(name))).isNotNull());
    }
  }

  /** Returns the lines of the fenced blocks of a kind. */
  private static List<String> blocks(String document, String kind) throws IOException {
    List<String> lines = new ArrayList<>();
    boolean inside = false;
    for (String line : Files.readAllLines(ROOT.resolve(document))) {
      if (line.startsWith("```")) {
        inside = line.equals("```" + kind);
      } else if (inside) {
        lines.add(line);
      }
    }
    return lines;
  }
}
