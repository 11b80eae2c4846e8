package dev.rendition.cli;

import dev.rendition.Renditions;
import dev.rendition.asset.AssetStore;
import dev.rendition.compose.MirrorStore;
import dev.rendition.compose.Moved;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Moves what there is from one pair of stores to another. */
@Command(
    name = "move",
    description = {
      "Copies originals and renditions from the stores of one configuration to those of another, while both are used.",
      "What is there already is left alone: run it again to go on, until it copies nothing.",
      "Exit code 0: all of it is there; 1: it cannot be begun; 2: some of it is not there."
    },
    mixinStandardHelpOptions = true,
    exitCodeOnInvalidInput = Main.COULD_NOT_RUN,
    exitCodeOnExecutionException = Main.COULD_NOT_RUN)
final class MoveCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--from",
      paramLabel = "FILE",
      required = true,
      description = "The settings so far, a properties file.")
  private Path from = Path.of("");

  @Option(
      names = "--to",
      paramLabel = "FILE",
      required = true,
      description = "The new settings, a properties file.")
  private Path to = Path.of("");

  @Option(
      names = "--tenant",
      paramLabel = "TENANT",
      required = true,
      description = "Whose assets are copied; may be repeated.")
  private List<String> tenants = new ArrayList<>();

  @Option(
      names = "--parallel",
      paramLabel = "COUNT",
      defaultValue = "8",
      description = "How many assets are copied at a time, 1 to 100; ${DEFAULT-VALUE} unless set.")
  private int parallel;

  @Override
  public Integer call() throws IOException {
    if (parallel < 1 || parallel > 100) {
      throw new UsageException("--parallel is 1 to 100, was " + parallel);
    }
    for (String tenant : tenants) {
      Setup.requireTenant(tenant);
    }
    try (Renditions older = Setup.open(Setup.config(from));
        Renditions newer = Setup.open(Setup.config(to))) {
      boolean done = true;
      for (String tenant : tenants) {
        done &= move("originals", tenant, newer.originalStore(), older.originalStore());
        done &= move("renditions", tenant, newer.renditionStore(), older.renditionStore());
      }
      return done ? Main.DONE : Main.SOME_FAILED;
    }
  }

  /** Both stores stay open: they belong to the facades. */
  private boolean move(String role, String tenant, AssetStore newer, AssetStore older)
      throws IOException {
    Moved moved = new MirrorStore(newer, older).move(tenant, "", parallel);
    spec.commandLine()
        .getOut()
        .printf(
            Locale.ROOT,
            "%s of %s: %d copied, %d there already, %d failed%s%n",
            role,
            tenant,
            moved.copied(),
            moved.present(),
            moved.failed().size(),
            moved.complete() ? "" : "; the rest was not tried");
    moved
        .failed()
        .forEach(
            (key, why) ->
                spec.commandLine()
                    .getErr()
                    .println("rendition: " + Failures.printable(key + ": " + why)));
    return moved.isDone();
  }
}
