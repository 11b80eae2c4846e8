package dev.rendition.cli;

import dev.rendition.RenditionConfig;
import dev.rendition.Renditions;
import dev.rendition.asset.AssetInfo;
import dev.rendition.asset.AssetKey;
import dev.rendition.asset.MediaType;
import dev.rendition.ingest.Ingest;
import dev.rendition.ingest.IngestException;
import dev.rendition.ingest.IngestOutcome;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Takes originals in and prints what became of each. */
@Command(
    name = "ingest",
    description = {
      "Takes pictures in as originals: files, zip archives, and what URLs give.",
      "Prints one line for each: stored, skipped or refused."
    },
    mixinStandardHelpOptions = true,
    exitCodeOnInvalidInput = Main.COULD_NOT_RUN,
    exitCodeOnExecutionException = Main.COULD_NOT_RUN,
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:nothing was refused",
      "1:could not run: arguments or configuration",
      "2:something was refused"
    })
final class IngestCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(names = "--config", paramLabel = "FILE", description = "Settings, a properties file.")
  private @Nullable Path config;

  @Option(
      names = "--tenant",
      paramLabel = "T",
      defaultValue = "default",
      description = "What keys begin with. Default: ${DEFAULT-VALUE}.")
  private String tenant = "default";

  @Option(
      names = "--folder",
      paramLabel = "PATH",
      defaultValue = "",
      description = "What paths begin with, behind the tenant. Default: nothing.")
  private String folder = "";

  @Option(
      names = "--to",
      paramLabel = "DIR",
      description = {
        "Stores originals in a folder below this one.",
        "Default: the places of the configuration, else ./renditions."
      })
  private @Nullable Path to;

  @Parameters(paramLabel = "URL|FILE", arity = "1..*", description = "What is taken in.")
  private List<String> sources = new ArrayList<>();

  private boolean refused;

  @Override
  public Integer call() throws IOException {
    RenditionConfig settings = Setup.storing(Setup.config(config), config, to);
    try (Renditions renditions = Setup.open(settings)) {
      for (String source : sources) {
        take(renditions.ingest(), source);
        out().flush();
      }
    }
    return refused ? Main.SOME_FAILED : Main.DONE;
  }

  private void take(Ingest ingest, String source) throws IOException {
    try {
      if (source.matches("(?i)https?:.*")) {
        stored(ingest.url(key(nameOf(source)), source));
      } else if (isArchive(Path.of(source))) {
        ingest.zip(tenant, folder, Path.of(source), (outcome, progress) -> print(outcome));
      } else {
        stored(ingest.file(key(String.valueOf(Path.of(source).getFileName())), Path.of(source)));
      }
    } catch (IngestException e) {
      print(new IngestOutcome.Refused(source, e.reason(), String.valueOf(e.getMessage())));
    } catch (IllegalArgumentException e) {
      throw new UsageException(String.valueOf(e.getMessage()));
    }
  }

  private void print(IngestOutcome outcome) {
    if (outcome instanceof IngestOutcome.Stored taken) {
      stored(taken.info());
    } else if (outcome instanceof IngestOutcome.Skipped skipped) {
      line("skipped", skipped.name(), skipped.reason() + ": " + skipped.detail());
    } else if (outcome instanceof IngestOutcome.Refused not) {
      refused = true;
      line("refused", not.name(), not.reason() + ": " + not.detail());
    }
  }

  private void stored(AssetInfo info) {
    line("stored", info.key().toString(), info.mediaType() + ", " + info.length() + " bytes");
  }

  private void line(String word, String name, String what) {
    out().println(word + " " + Failures.printable(name) + " (" + Failures.printable(what) + ")");
  }

  private AssetKey key(String name) {
    return AssetKey.of(tenant, folder.isEmpty() ? name : folder + "/" + name);
  }

  /** Returns the last segment of a URL's path. */
  private static String nameOf(String url) {
    String path = String.valueOf(URI.create(url).getPath());
    String name = path.substring(path.lastIndexOf('/') + 1);
    return name.isEmpty() ? "download" : name;
  }

  private static boolean isArchive(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new UsageException("there is no file " + file);
    }
    try (InputStream in = Files.newInputStream(file)) {
      byte[] head = in.readNBytes(MediaType.SIGNATURE_BYTES);
      return MediaType.ofContent(head).equals(MediaType.ZIP);
    }
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }
}
