package dev.rendition.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Compares the engines on a folder of photos and prints a report in Markdown. */
@Command(
    name = "benchmarks",
    mixinStandardHelpOptions = true,
    description = "Compares the engines on a folder of photos and prints a report in Markdown.")
public final class Main implements Callable<Integer> {
  private static final Set<String> GROWING =
      Set.of(Contender.OURS, "thumbnailator-once", "sharp-each", "sharp-best");
  private static final List<String> HEAPS =
      List.of(Contender.OURS, "thumbnailator-once", "imgscalr");

  @Parameters(paramLabel = "PHOTOS", description = "A folder of JPEG photos.")
  private Path photos = Path.of("");

  @Option(names = "--home", description = "The folder of this module; default: ${DEFAULT-VALUE}")
  private Path home = Path.of("examples", "benchmarks");

  @Option(names = "--rounds", description = "Turns of each contender; default: ${DEFAULT-VALUE}")
  private int rounds = 7;

  @Option(
      names = "--seconds",
      description = "CPU seconds of a turn, about; default: ${DEFAULT-VALUE}")
  private double seconds = 1.5;

  @Option(
      names = "--held-out",
      description = "Photos whose names contain this are measured apart; default: ${DEFAULT-VALUE}")
  private String heldOut = "Samsung";

  @Option(
      names = "--parts",
      split = ",",
      description =
          "Only these: W1, W2, W2-photos, W2-untouched, W2-progressive, W2-turned, W2-profile, W3, W4, growth, latency,"
              + " heap; default: all")
  private List<String> parts = List.of();

  @Option(names = "--contenders", split = ",", description = "Only these, by id; default: all")
  private List<String> chosen = List.of();

  @Option(names = "--slow", description = "Takes contenders in that need seconds per asset.")
  private boolean slow;

  @Option(
      names = "--write",
      paramLabel = "DOCS",
      description = "Writes performance.md (between its markers) and performance.svg there.")
  private Path docs = Path.of("");

  /** Runs the command line and ends the process. */
  public static void main(String[] arguments) {
    System.exit(new CommandLine(new Main()).execute(arguments));
  }

  @Override
  public Integer call() throws IOException {
    Path scratch = Files.createTempDirectory("rendition-benchmarks");
    try {
      run(scratch);
    } finally {
      delete(scratch);
    }
    return 0;
  }

  private void run(Path scratch) throws IOException {
    Sources sources = new Sources(photos, heldOut, scratch);
    List<Contender> contenders = contenders();
    int threads = Runtime.getRuntime().availableProcessors();
    Comparison comparison = new Comparison(rounds, seconds, threads, scratch, Main::tell);
    Report report = new Report();
    Plot plot = new Plot();
    report.provenance(provenance());
    tell("preparing sources");
    List<Result> results = new ArrayList<>();
    List<Task> tasks = sources.tasks();
    for (Task task : tasks) {
      if (wanted(task.id())) {
        Result result = comparison.run(task, contenders);
        results.add(result);
        Report soFar = new Report();
        soFar.result(result);
        tell(soFar.markdown());
      }
    }
    report.goals(results);
    results.forEach(report::result);
    for (Result result : results) {
      if (result.task().id().equals("W2")) {
        report.throughput(result, threads);
        plot.bars(result);
      }
    }
    Path log = scratch.resolve("children.log");
    if (wanted("latency")) {
      tell("latency");
      report.latency(Latency.of(tasks.get(0), rounds, seconds, log));
    }
    if (wanted("heap")) {
      report.heaps(heaps(contenders, sources, tasks, log));
    }
    if (wanted("growth")) {
      growth(contenders, sources, scratch, report, plot);
    }
    System.out.println(report.markdown());
    if (!docs.toString().isEmpty()) {
      Files.writeString(docs.resolve("performance.svg"), plot.svg());
      Page.fill(
          docs.resolve("performance.md"),
          "![CPU per asset](performance.svg)\n\n" + report.markdown());
    }
  }

  private void growth(
      List<Contender> contenders, Sources sources, Path scratch, Report report, Plot plot)
      throws IOException {
    List<Contender> growing =
        contenders.stream().filter(contender -> GROWING.contains(contender.id())).toList();
    Comparison comparison = new Comparison(Math.min(3, rounds), seconds, 1, scratch, Main::tell);
    List<Result> results = new ArrayList<>();
    for (Task task : sources.growth()) {
      results.add(comparison.run(task, growing));
    }
    report.growth(results);
    plot.growth(results);
  }

  private static List<List<String>> heaps(
      List<Contender> contenders, Sources sources, List<Task> tasks, Path log) throws IOException {
    List<Task> growth = sources.growth();
    Path twelve = tasks.get(0).sources().get(0);
    Path large = growth.get(growth.size() - 1).sources().get(0);
    Path progressive = sources.largeProgressive();
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("engine and usage", "12 MP", "96 MP", "24 MP progressive"));
    for (Contender contender : contenders) {
      if (HEAPS.contains(contender.id())) {
        List<String> row = new ArrayList<>(List.of(contender.title()));
        for (Path source : List.of(twelve, large, progressive)) {
          tell("smallest heap of " + contender.id());
          OptionalInt heap = LeastHeap.of(contender, source, log);
          row.add(heap.isPresent() ? String.valueOf(heap.getAsInt()) : "more");
        }
        rows.add(row);
      }
    }
    return rows;
  }

  private List<Contender> contenders() {
    List<Contender> all = new ArrayList<>(Contender.java(slow));
    Path sharp = home.resolve("sharp");
    if (Files.isDirectory(sharp.resolve("node_modules"))) {
      all.addAll(Contender.sharp(sharp));
    } else {
      tell("no sharp: node is missing, or \"npm ci\" was not run in " + sharp);
    }
    if (!Machine.version("bash", "-c", "type djpeg cjpeg").equals("not installed")) {
      all.add(Contender.floor(home.resolve("floor")));
    } else {
      tell("no floor: djpeg and cjpeg of libjpeg-turbo are not installed");
    }
    all.removeIf(contender -> !chosen.isEmpty() && !chosen.contains(contender.id()));
    return all;
  }

  private List<String> provenance() {
    List<String> lines = new ArrayList<>(Machine.lines());
    lines.add(
        "Peers: Thumbnailator 0.4.21, imgscalr 4.2, scrimage 4.6.6, webp-imageio 0.11.0; sharp "
            + Machine.version(
                "node",
                "-p",
                "(v => `${v.sharp} (libvips ${v.vips}) on node ${process.versions.node}`)(require('"
                    + home.resolve("sharp").toAbsolutePath()
                    + "/node_modules/sharp').versions)")
            + "; "
            + Machine.version("cjpeg", "-version"));
    lines.add(
        "Command: `examples/benchmarks/run PHOTOS --rounds "
            + rounds
            + " --seconds "
            + seconds
            + "`");
    lines.add("Date: " + LocalDate.now(Clock.systemUTC()));
    return lines;
  }

  private boolean wanted(String part) {
    return parts.isEmpty() || parts.contains(part);
  }

  private static void tell(String what) {
    System.err.println(what);
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
