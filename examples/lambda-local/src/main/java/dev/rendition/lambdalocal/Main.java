package dev.rendition.lambdalocal;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Has a function of this machine make renditions, by the command line program everybody has. */
@Command(
    name = "examples/lambda-local/run",
    description = "Starts S3, Lambda and the function on this machine and makes renditions there.",
    mixinStandardHelpOptions = true,
    exitCodeOnInvalidInput = 1,
    exitCodeOnExecutionException = 1)
public final class Main implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(names = "--function", required = true, hidden = true)
  private Path function = Path.of("");

  @Option(names = "--program", required = true, hidden = true)
  private Path program = Path.of("");

  @Option(
      names = "--stay",
      description = "Keeps everything until Enter is pressed, for commands of your own.")
  private boolean stay;

  @Parameters(
      paramLabel = "PHOTO",
      description = "Pictures or folders of pictures; without any, one is drawn.")
  private List<Path> photos = new ArrayList<>();

  private Main() {}

  /** Runs everything and ends the process with the exit code of the program inside. */
  public static void main(String[] args) {
    CommandLine line = new CommandLine(new Main());
    line.setExecutionExceptionHandler(
        (problem, command, parsed) -> {
          command.getErr().println("lambda-local: " + problem.getMessage());
          return 1;
        });
    System.exit(line.execute(args));
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    requireFile(function);
    requireFile(program);
    PrintWriter out = spec.commandLine().getOut();
    Path folder = Files.createTempDirectory("lambda-local-");
    Path settings = folder.resolve("lambda.properties");
    try (LocalCloud cloud = LocalCloud.start(function.toAbsolutePath())) {
      cloud.writeSettings(settings);
      int code = run(out, "verify", "--config", settings.toString());
      if (code == 0) {
        List<String> arguments = new ArrayList<>(List.of("generate", "--config"));
        arguments.add(settings.toString());
        photos.forEach(photo -> arguments.add(photo.toString()));
        code = run(out, arguments.toArray(String[]::new));
      }
      out.println(cloud.summary());
      if (stay) {
        out.println("settings: " + settings + "; press Enter to end");
        out.flush();
        int unused = System.in.read();
      }
      return code;
    } finally {
      Files.deleteIfExists(settings);
      Files.deleteIfExists(folder);
    }
  }

  /** Runs the program with the streams of this process, and shows how it was called. */
  private int run(PrintWriter out, String... arguments) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-jar",
                program.toString()));
    command.addAll(List.of(arguments));
    out.println("$ java -jar " + program.getFileName() + " " + String.join(" ", arguments));
    out.flush();
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(ProcessBuilder.Redirect.INHERIT)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try {
      return process.waitFor();
    } finally {
      process.destroy();
    }
  }

  private static void requireFile(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new IOException(file + " is not there; build the project first: mvn package");
    }
  }
}
