package dev.rendition.benchmarks;

import dev.rendition.benchmarks.candidate.Workload;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The process of one contender. Closing it ends the process. */
final class Running implements AutoCloseable {
  private static final int MOST_WARM_ROUNDS = 14;
  private static final Pattern ANSWER = Pattern.compile("ok|[0-9.e-]+(\\t[0-9.e-]+){3}");
  private static final double FLAT = 0.95;

  private final Contender contender;
  private final double seconds;
  private final Process process;
  private final BufferedWriter commands;
  private final BufferedReader answers;
  private int batch = 1;

  /**
   * Starts the process.
   *
   * @param seconds of CPU that one round is to take, at least one asset of each source
   * @param log takes what it prints as errors
   */
  Running(Contender contender, double seconds, Path log) throws IOException {
    this.contender = contender;
    this.seconds = seconds;
    process =
        new ProcessBuilder(contender.command())
            .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start();
    commands = process.outputWriter(StandardCharsets.UTF_8);
    answers = process.inputReader(StandardCharsets.UTF_8);
  }

  Contender contender() {
    return contender;
  }

  /** Gives it the sources of all that follows. */
  void load(List<Path> sources) throws IOException {
    ask("load\t" + sources.stream().map(Path::toString).collect(Collectors.joining("\t")));
  }

  /**
   * Runs batches until the two in a row bring nothing new, and settles how many assets one round
   * makes.
   *
   * @param sources how many there are: a batch makes each equally often
   */
  void warmUp(Workload workload, int sources) throws IOException {
    double best = run(workload, sources, 1).cpu();
    batch = batch(best, sources);
    int noBetter = 0;
    for (int round = 0; noBetter < 2 && round < MOST_WARM_ROUNDS; round++) {
      double cpu = run(workload, batch, 1).cpu();
      noBetter = cpu < FLAT * best ? 0 : noBetter + 1;
      best = Math.min(best, cpu);
      batch = batch(best, sources);
    }
  }

  /** Makes one round, on one thread. */
  Sample round(Workload workload) throws IOException {
    return run(workload, batch, 1);
  }

  /** Makes {@code threads} rounds' worth of assets on so many threads. */
  Sample together(Workload workload, int threads) throws IOException {
    return run(workload, batch * threads, threads);
  }

  /** Writes what it makes of one source into a folder. */
  void save(Workload workload, int source, Path folder) throws IOException {
    Files.createDirectories(folder);
    ask("save\t" + workload + "\t" + source + "\t" + folder);
  }

  /**
   * Returns the largest resident set since the process began, in bytes; 0 where that is not known.
   */
  long peakResident() {
    try {
      return Files.readAllLines(Path.of("/proc/" + process.pid() + "/status")).stream()
          .filter(line -> line.startsWith("VmHWM:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
          .findFirst()
          .orElse(0);
    } catch (IOException e) {
      return 0;
    }
  }

  private Sample run(Workload workload, int count, int threads) throws IOException {
    String[] answer = ask("run\t" + workload + "\t" + count + "\t" + threads).split("\t", -1);
    return new Sample(
        Double.parseDouble(answer[0]) / count,
        Double.parseDouble(answer[1]) / count,
        Long.parseLong(answer[2]) / count,
        Long.parseLong(answer[3]));
  }

  private int batch(double cpu, int sources) {
    return sources * Math.max(1, (int) Math.round(seconds / Math.max(cpu, 1e-4) / sources));
  }

  private String ask(String command) throws IOException {
    commands.write(command);
    commands.newLine();
    commands.flush();
    String answer = answers.readLine();
    // A JVM that ends for want of memory says so on the same pipe.
    if (answer == null || !ANSWER.matcher(answer).matches()) {
      throw new IOException(contender.id() + " answered " + answer + " to " + command);
    }
    return answer;
  }

  @Override
  public void close() {
    try {
      commands.close();
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
