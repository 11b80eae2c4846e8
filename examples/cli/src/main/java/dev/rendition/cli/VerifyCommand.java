package dev.rendition.cli;

import dev.rendition.Renditions;
import dev.rendition.VerificationReport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Tries a configuration. */
@Command(
    name = "verify",
    description = {
      "Tries everything a configuration names, once, on a tiny picture, and leaves nothing behind.",
      "Exit code 0: all of it works; 1: it cannot be used at all; 2: some of it is broken."
    },
    mixinStandardHelpOptions = true,
    exitCodeOnInvalidInput = Main.COULD_NOT_RUN,
    exitCodeOnExecutionException = Main.COULD_NOT_RUN)
final class VerifyCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--config",
      paramLabel = "FILE",
      required = true,
      description = "Settings, a properties file.")
  private Path config = Path.of("");

  @Override
  public Integer call() throws IOException {
    try (Renditions renditions = Setup.open(Setup.config(config))) {
      VerificationReport report = renditions.verify();
      spec.commandLine().getOut().print(report);
      return report.ok() ? Main.DONE : Main.SOME_FAILED;
    }
  }
}
