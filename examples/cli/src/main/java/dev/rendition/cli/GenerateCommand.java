package dev.rendition.cli;

import dev.rendition.RenditionConfig;
import dev.rendition.Renditions;
import dev.rendition.asset.AssetKey;
import dev.rendition.asset.AssetStore;
import dev.rendition.generate.FailureReason;
import dev.rendition.generate.RenditionException;
import dev.rendition.recipe.NamedRecipe;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Stores pictures as originals and makes their renditions. */
@Command(
    name = "generate",
    description = {
      "Stores each picture as an original and makes its renditions.",
      "Running it again makes only what is missing. Without FILE it draws a picture of 12 megapixels."
    },
    mixinStandardHelpOptions = true,
    exitCodeOnInvalidInput = Main.COULD_NOT_RUN,
    exitCodeOnExecutionException = Main.COULD_NOT_RUN,
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:every rendition is stored",
      "1:could not run: arguments or configuration",
      "2:some renditions failed"
    })
final class GenerateCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = {
        "Settings, a properties file. Unless they say otherwise, pictures may take 60 percent of the heap,",
        "which java -Xmx sets."
      })
  private @Nullable Path config;

  @Option(
      names = "--recipe",
      paramLabel = "NAME[=TEXT]",
      description = {
        "Makes this recipe, or the one of this name in the configuration; may be repeated.",
        "Default: every recipe of the configuration, else five widths from 1600 to 200."
      })
  private List<String> recipes = new ArrayList<>();

  @Option(
      names = "--tenant",
      paramLabel = "T",
      defaultValue = "default",
      description = "What keys begin with. Default: ${DEFAULT-VALUE}.")
  private String tenant = "default";

  @Option(
      names = "--to",
      paramLabel = "DIR",
      description = {
        "Stores originals and renditions in folders below this one.",
        "Default: the places of the configuration, else ./renditions."
      })
  private @Nullable Path to;

  @Option(names = "--json", description = "Prints one JSON object to a line for each rendition.")
  private boolean json;

  @Option(
      names = "--explain",
      description = {
        "Prints how each rendition was made, and what is wrong with damaged pictures.",
        "With --json it is always there, as \"trace\"."
      })
  private boolean explain;

  @Parameters(paramLabel = "FILE|DIR", description = "Pictures, and folders to be walked.")
  private List<Path> files = new ArrayList<>();

  private int stored;
  private int there;
  private int failed;
  private int done;

  @Override
  public Integer call() throws IOException, InterruptedException, ExecutionException {
    Setup.requireTenant(tenant);
    RecipeChoice choice = RecipeChoice.of(recipes, config != null);
    RenditionConfig settings = Setup.storing(choice.addTo(Setup.config(config)), config, to);
    long start = System.nanoTime();
    try (StopSignal stop = StopSignal.install();
        Renditions renditions = Setup.open(settings)) {
      List<NamedRecipe> wanted = chosen(choice, renditions);
      List<Original> originals = originals(renditions);
      if (originals.isEmpty()) {
        err().println("rendition: there are no files in " + files);
        return Main.DONE;
      }
      BulkRun run = run(renditions, wanted, originals, stop);
      err().println(summary(originals.size(), start));
      run.unbegun()
          .ifPresent(
              first ->
                  err()
                      .println(
                          "stopped before "
                              + Failures.printable(first.source())
                              + "; run the same command again to make what is missing"));
      err().flush();
      return failed > 0 || run.unbegun().isPresent() ? Main.SOME_FAILED : Main.DONE;
    }
  }

  private BulkRun run(
      Renditions renditions, List<NamedRecipe> wanted, List<Original> originals, StopSignal stop)
      throws InterruptedException, ExecutionException {
    ResultWriter writer =
        json ? new JsonWriter(out(), err()) : new TableWriter(out(), wanted, explain);
    Progress progress =
        new Progress(err(), Progress.onTerminal(), originals.size(), System::nanoTime);
    progress.draw(0);
    BulkRun run =
        new BulkRun(
            renditions,
            wanted,
            originals,
            stop,
            results -> {
              count(results);
              progress.clear();
              writer.write(results);
              if (out().checkError()) {
                stop.stop();
              }
              progress.draw(done);
            });
    run.run(Runtime.getRuntime().availableProcessors() + 2);
    progress.clear();
    return run;
  }

  private void count(List<Result> results) {
    done++;
    for (Result result : results) {
      if (result instanceof Result.Stored made) {
        stored++;
        there += made.created() ? 0 : 1;
      } else {
        failed++;
      }
    }
  }

  private String summary(int total, long start) {
    return String.format(
        Locale.ROOT,
        "%d of %d pictures in %.1f s: %d renditions stored, %d of them there before, %d failed",
        done,
        total,
        (System.nanoTime() - start) / 1e9,
        stored,
        there,
        failed);
  }

  private List<Original> originals(Renditions renditions) throws IOException {
    if (files.isEmpty()) {
      return List.of(SamplePicture.original(tenant));
    }
    FileFinder finder = new FileFinder(ours(renditions));
    List<Original> originals =
        finder.find(files).stream().map(file -> Originals.of(file, tenant)).toList();
    if (finder.passedOver() > 0) {
      err().println("rendition: passed over " + finder.passedOver() + " text files in folders");
    }
    return originals;
  }

  /** Returns the folders the stores write to. */
  private Set<Path> ours(Renditions renditions) {
    Set<Path> folders = new HashSet<>();
    for (AssetStore store : List.of(renditions.originalStore(), renditions.renditionStore())) {
      store
          .location(AssetKey.of(tenant, "a"))
          .filter(place -> "file".equals(place.getScheme()))
          .map(place -> Path.of(place).toAbsolutePath().normalize().getParent())
          .map(Path::getParent)
          .ifPresent(folders::add);
    }
    return folders;
  }

  private static List<NamedRecipe> chosen(RecipeChoice choice, Renditions renditions) {
    try {
      return choice.from(renditions);
    } catch (RenditionException e) {
      if (e.reason() == FailureReason.RECIPE_UNKNOWN) {
        throw new UsageException(e.getMessage() + "; write --recipe NAME=TEXT to make one");
      }
      throw e;
    }
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }

  private PrintWriter err() {
    return spec.commandLine().getErr();
  }
}
