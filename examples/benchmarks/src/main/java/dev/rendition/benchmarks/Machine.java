package dev.rendition.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What the figures were measured on. */
final class Machine {
  private Machine() {}

  /** Returns one line each on processor, memory, system and JDK. */
  static List<String> lines() {
    return List.of(
        "Processor: "
            + field("/proc/cpuinfo", "model name", System.getProperty("os.arch"))
            + ", "
            + Runtime.getRuntime().availableProcessors()
            + " cores",
        "Memory: " + memory(),
        "System: "
            + field("/etc/os-release", "PRETTY_NAME", System.getProperty("os.name"))
            + ", kernel "
            + System.getProperty("os.version"),
        "JDK: "
            + System.getProperty("java.vm.name")
            + " "
            + System.getProperty("java.vm.version")
            + " of "
            + System.getProperty("java.vm.vendor")
            + ", default collector and heap");
  }

  /** Returns the first line a program prints, or {@code "not installed"}. */
  static String version(String... command) {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      process.getOutputStream().close();
      String text =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      return process.waitFor() == 0 ? text.lines().findFirst().orElse("") : "not installed";
    } catch (IOException e) {
      return "not installed";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "not known";
    }
  }

  private static String memory() {
    String kilobytes = field("/proc/meminfo", "MemTotal", "").replaceAll("\\D", "");
    return kilobytes.isEmpty()
        ? "not known"
        : String.format(Locale.ROOT, "%.1f GiB", Long.parseLong(kilobytes) / 1048576.0);
  }

  /** Returns the value of the first line that begins with a name. */
  private static String field(String file, String name, String otherwise) {
    try {
      return Files.readAllLines(Path.of(file)).stream()
          .filter(line -> line.startsWith(name))
          .map(line -> Arrays.asList(line.split("[:=]", 2)).get(1).strip().replace("\"", ""))
          .findFirst()
          .orElse(otherwise);
    } catch (IOException e) {
      return otherwise;
    }
  }
}
