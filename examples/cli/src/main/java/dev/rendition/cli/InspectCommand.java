package dev.rendition.cli;

import dev.rendition.local.engine.SourceBytes;
import dev.rendition.local.engine.SourceHeader;
import dev.rendition.local.engine.SourceLimits;
import dev.rendition.local.engine.SourceProbe;
import dev.rendition.local.engine.StepException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Says what a picture's header says. */
@Command(
    name = "inspect",
    description = {
      "Reads the header of each picture: format, size, colour, orientation, frames, memory need.",
      "Exit code 2 if the limits refuse one of them."
    },
    mixinStandardHelpOptions = true,
    exitCodeOnInvalidInput = Main.COULD_NOT_RUN,
    exitCodeOnExecutionException = Main.COULD_NOT_RUN)
final class InspectCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "Settings, a properties file, for its limits. Default: the usual limits.")
  private @Nullable Path config;

  @Parameters(paramLabel = "FILE", arity = "1..*", description = "Pictures, and folders of them.")
  private List<Path> files = new ArrayList<>();

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    SourceLimits limits = Setup.limits(config);
    int code = Main.DONE;
    for (FoundFile found : new FileFinder(Set.of()).find(files)) {
      out.println(Failures.printable(found.source()));
      try (SourceBytes bytes = new FileBytes(found.file())) {
        SourceHeader header = SourceProbe.probe(bytes);
        HeaderLines.of(header).forEach(line -> out.println("  " + Failures.printable(line)));
        limits.check(header);
        long need = MemoryNeed.of(found.file(), RecipeChoice.webWidths(), limits);
        out.println("  memory       at most " + (need >> 20) + " MiB for five web widths");
        out.println("  limits       admitted");
      } catch (StepException e) {
        out.println(
            "  REFUSED      "
                + e.reason()
                + ": "
                + Failures.printable(String.valueOf(e.getMessage())));
        code = Main.SOME_FAILED;
      } catch (IOException e) {
        out.println("  UNREADABLE   " + Failures.printable(Sentences.of(e)));
        code = Main.SOME_FAILED;
      }
    }
    return code;
  }
}
