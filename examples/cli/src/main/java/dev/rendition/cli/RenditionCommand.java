package dev.rendition.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The program without a command: only help. */
@Command(
    name = "rendition",
    description = "Makes renditions of pictures: thumbnails, cards, web sizes.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    versionProvider = RenditionCommand.Version.class,
    exitCodeOnInvalidInput = Main.COULD_NOT_RUN,
    exitCodeOnExecutionException = Main.COULD_NOT_RUN,
    subcommands = {
      GenerateCommand.class,
      IngestCommand.class,
      InspectCommand.class,
      VerifyCommand.class,
      MoveCommand.class,
      UrlCommand.class,
      RecipesCommand.class
    })
final class RenditionCommand implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "name a command: " + spec.subcommands().keySet());
  }

  /** Reads the version from the jar's manifest. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = Main.class.getPackage().getImplementationVersion();
      return new String[] {"rendition " + (version == null ? "(not packaged)" : version)};
    }
  }
}
