package dev.rendition.cli;

import dev.rendition.RenditionConfig;
import dev.rendition.Renditions;
import dev.rendition.recipe.NamedRecipe;
import dev.rendition.recipe.Recipe;
import dev.rendition.recipe.RecipeException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints the recipe book. */
@Command(
    name = "recipes",
    description =
        "Prints the recipes by name, in canonical form, as they stand in a configuration.",
    mixinStandardHelpOptions = true,
    exitCodeOnInvalidInput = Main.COULD_NOT_RUN,
    exitCodeOnExecutionException = Main.COULD_NOT_RUN)
final class RecipesCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "Settings, a properties file. Default: the five web widths.")
  private @Nullable Path config;

  @Override
  public Integer call() throws IOException {
    RecipeChoice choice = RecipeChoice.of(List.of(), config != null);
    RenditionConfig settings = choice.addTo(Setup.config(config));
    if (config == null) {
      settings = Setup.inMemory(settings);
    }
    PrintWriter out = spec.commandLine().getOut();
    try (Renditions renditions = Setup.open(settings)) {
      for (NamedRecipe recipe : choice.from(renditions)) {
        out.println("rendition.recipe." + recipe.name() + "=" + recipe.recipe());
      }
    }
    return Main.DONE;
  }

  @Command(
      name = "check",
      description = "Prints a recipe in canonical form, or says what is wrong with it and where.",
      mixinStandardHelpOptions = true)
  Integer check(@Parameters(paramLabel = "TEXT", description = "A recipe.") String text) {
    try {
      spec.commandLine().getOut().println(Recipe.parse(text));
      return Main.DONE;
    } catch (RecipeException e) {
      throw new UsageException(String.valueOf(e.getMessage()));
    }
  }
}
