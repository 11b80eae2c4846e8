package dev.rendition.lambda.emulator;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Starts the genuine runtime client as a managed runtime does: its flags, its variables, its
 * folders.
 */
final class Launch {
  /** The share of the memory size that is heap. */
  private static final double HEAP = 0.85;

  private static final String TOOL_OPTIONS = "JAVA_TOOL_OPTIONS";
  private static final Pattern COLLECTOR = Pattern.compile("-XX:\\+Use\\w+GC\\b");

  private final FunctionDefinition function;
  private final Settings settings;
  private final RuntimeClient client;
  private final Path taskRoot;

  Launch(FunctionDefinition function, Settings settings, RuntimeClient client, Path taskRoot) {
    this.function = function;
    this.settings = settings;
    this.client = client;
    this.taskRoot = taskRoot;
  }

  /**
   * Starts a process.
   *
   * @param runtimeApi host and port of its runtime API
   * @param scratch a folder of its own for temporary files
   * @param log where its standard streams go
   */
  Process start(String runtimeApi, Path scratch, Path log) throws IOException {
    Path temporary = Files.createDirectories(scratch.resolve("tmp"));
    ProcessBuilder builder =
        new ProcessBuilder(command(temporary))
            .directory(taskRoot.toFile())
            .redirectErrorStream(true)
            .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    Map<String, String> environment = builder.environment();
    environment.clear();
    environment.putAll(function.environment());
    environment.putAll(variables(runtimeApi));
    return builder.start();
  }

  private List<String> command(Path temporary) {
    List<String> command = new ArrayList<>();
    command.add(function.javaHome().resolve("bin/java").toString());
    command.add("-XX:MaxHeapSize=" + (long) (function.memoryMegabytes() * 1_024 * HEAP) + "k");
    command.addAll(changeableFlags(function.environment().getOrDefault(TOOL_OPTIONS, "")));
    command.add("-Djava.net.preferIPv4Stack=true");
    // From here on what the service has no need of: folders and files are shared with other
    // processes here.
    command.add("-XX:-UsePerfData");
    command.add("-Djava.io.tmpdir=" + temporary);
    command.add("-D" + RuntimeClient.NATIVE_LIBRARY + "=" + client.nativeLibrary());
    command.add("-Dorg.crac.Core.Compat=com.amazonaws.services.lambda.crac");
    if (warnsOfNativeAccess()) {
      command.add("--enable-native-access=ALL-UNNAMED");
    }
    command.addAll(function.jvmOptions());
    command.add("-cp");
    command.add(
        client.jars().stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator)));
    command.add(RuntimeClient.MAIN);
    command.add(function.handler());
    return command;
  }

  /**
   * Returns the flags that functions may change by {@code JAVA_TOOL_OPTIONS}, but for those they
   * do: a virtual machine prefers its command line to that variable, the service does not.
   */
  static List<String> changeableFlags(String toolOptions) {
    List<String> flags = new ArrayList<>();
    if (!COLLECTOR.matcher(toolOptions).find()) {
      flags.add("-XX:+UseSerialGC");
    }
    if (!toolOptions.contains("TieredCompilation")) {
      flags.add("-XX:+TieredCompilation");
    }
    if (!toolOptions.contains("-XX:TieredStopAtLevel=")) {
      flags.add("-XX:TieredStopAtLevel=1");
    }
    return flags;
  }

  /** The option is there from JDK 17 on, the warning from 24 on. */
  private boolean warnsOfNativeAccess() {
    return javaVersion() >= 24;
  }

  private int javaVersion() {
    if (function.javaHome().equals(Path.of(System.getProperty("java.home")))) {
      return Runtime.version().feature();
    }
    try {
      return Files.readAllLines(function.javaHome().resolve("release")).stream()
          .filter(line -> line.startsWith("JAVA_VERSION="))
          .map(line -> line.replaceAll("[^0-9.].*|JAVA_VERSION=|\"", ""))
          .map(Launch::feature)
          .findFirst()
          .orElse(Runtime.version().feature());
    } catch (IOException e) {
      return Runtime.version().feature();
    }
  }

  private static int feature(String version) {
    return Runtime.Version.parse(version).feature();
  }

  private Map<String, String> variables(String runtimeApi) {
    String name = function.name();
    String stream =
        LocalDate.now(ZoneOffset.UTC).toString().replace('-', '/')
            + "/["
            + function.version()
            + "]"
            + Invocation.newId().replace("-", "");
    return Map.ofEntries(
        Map.entry("_HANDLER", function.handler()),
        Map.entry("AWS_LAMBDA_RUNTIME_API", runtimeApi),
        Map.entry("AWS_LAMBDA_FUNCTION_NAME", name),
        Map.entry("AWS_LAMBDA_FUNCTION_VERSION", function.version()),
        Map.entry("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", Integer.toString(function.memoryMegabytes())),
        Map.entry("AWS_LAMBDA_LOG_GROUP_NAME", "/aws/lambda/" + name),
        Map.entry("AWS_LAMBDA_LOG_STREAM_NAME", stream),
        Map.entry(
            "AWS_LAMBDA_INITIALIZATION_TYPE", function.snapStart() ? "snap-start" : "on-demand"),
        Map.entry("AWS_EXECUTION_ENV", "AWS_Lambda_java" + javaVersion()),
        Map.entry("AWS_REGION", settings.region()),
        Map.entry("AWS_DEFAULT_REGION", settings.region()),
        Map.entry("AWS_ACCESS_KEY_ID", settings.accessKey()),
        Map.entry("AWS_SECRET_ACCESS_KEY", settings.secretKey()),
        Map.entry("LAMBDA_TASK_ROOT", taskRoot.toString()),
        Map.entry("LAMBDA_RUNTIME_DIR", client.nativeLibrary().resolveSibling("").toString()),
        Map.entry("TZ", ":UTC"),
        Map.entry("LANG", "en_US.UTF-8"),
        Map.entry("PATH", "/usr/local/bin:/usr/bin:/bin"));
  }
}
