package dev.rendition.cli;

import dev.rendition.recipe.NamedRecipe;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Prints a table for people: one block for each picture, one line for each recipe. */
final class TableWriter implements ResultWriter {
  private final PrintWriter out;
  private final Path here = Path.of("").toAbsolutePath();
  private final int width;
  private final boolean explained;
  private boolean begun;

  /**
   * @param explained whether to print how each rendition was made
   */
  TableWriter(PrintWriter out, List<NamedRecipe> recipes, boolean explained) {
    this.out = out;
    this.explained = explained;
    this.width = recipes.stream().mapToInt(recipe -> recipe.name().length()).max().orElse(6);
  }

  @Override
  public void write(List<Result> results) {
    if (results.isEmpty()) {
      return;
    }
    if (!begun) {
      out.println(row("recipe", "size", "bytes", "ms", "where"));
      begun = true;
    }
    out.println(Failures.printable(results.get(0).source()));
    for (Result result : results) {
      if (result instanceof Result.Stored stored) {
        out.println(
            row(
                stored.recipe(),
                stored.size().toString(),
                Long.toString(stored.bytes()),
                stored.created() ? Long.toString(stored.millis()) : "there",
                where(stored)));
      }
    }
    Failures.lines(results).forEach(line -> out.println("  FAILED " + line));
    if (explained) {
      Failures.traces(results).forEach(line -> out.println("    " + line));
    }
    out.flush();
  }

  private String row(String recipe, String size, String bytes, String millis, String where) {
    String format = "  %-" + Math.max(6, width) + "s %11s %10s %6s  %s";
    return String.format(Locale.ROOT, format, recipe, size, bytes, millis, where);
  }

  /** Returns the file as seen from the working folder, or the key where there is no file. */
  private String where(Result.Stored stored) {
    if (stored.path().isEmpty()) {
      return Failures.printable(stored.key().toString());
    }
    Path path = Path.of(stored.path());
    return Failures.printable((path.startsWith(here) ? here.relativize(path) : path).toString());
  }
}
