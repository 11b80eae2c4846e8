package dev.rendition.cli;

import dev.rendition.Renditions;
import dev.rendition.UrlPolicy;
import dev.rendition.asset.AssetKey;
import dev.rendition.config.ConfigKey;
import dev.rendition.config.Settings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints a link. */
@Command(
    name = "url",
    description = "Prints the link to a rendition, without asking any store.",
    mixinStandardHelpOptions = true,
    exitCodeOnInvalidInput = Main.COULD_NOT_RUN,
    exitCodeOnExecutionException = Main.COULD_NOT_RUN)
final class UrlCommand implements Callable<Integer> {
  private static final ConfigKey<Duration> SIGNED =
      ConfigKey.duration(
          "rendition.signed", "10m", Duration.ofSeconds(1), Duration.ofDays(3_650), "Validity.");

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--config",
      paramLabel = "FILE",
      required = true,
      description = "Settings, a properties file.")
  private Path config = Path.of("");

  @Option(
      names = "--signed",
      paramLabel = "DURATION",
      description = "Makes a private link that holds so long: 30s, 10m, 2h, 7d.")
  private @Nullable String signed;

  @Parameters(paramLabel = "KEY", description = "The rendition's key, as generate prints it.")
  private String key = "";

  @Override
  public Integer call() throws IOException {
    UrlPolicy policy = signed == null ? UrlPolicy.publicLink() : UrlPolicy.signed(validity(signed));
    try (Renditions renditions = Setup.open(Setup.config(config))) {
      AssetKey target = AssetKey.parse(key);
      spec.commandLine().getOut().println(renditions.url(target, policy));
      return Main.DONE;
    } catch (IllegalArgumentException | IllegalStateException e) {
      throw new UsageException(String.valueOf(e.getMessage()));
    }
  }

  private static Duration validity(String text) {
    List<String> problems = new ArrayList<>();
    Settings settings =
        Settings.read(Map.of(SIGNED.name(), text), List.of(SIGNED), List.of(), problems);
    for (String problem : problems) {
      throw new UsageException(problem.replace(SIGNED.name(), "--signed"));
    }
    return settings.get(SIGNED);
  }
}
