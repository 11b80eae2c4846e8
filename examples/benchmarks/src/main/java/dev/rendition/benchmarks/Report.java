package dev.rendition.benchmarks;

import dev.rendition.benchmarks.candidate.Target;
import dev.rendition.benchmarks.candidate.Workload;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/** Writes the results as Markdown. Collects parts in the order they are to stand. */
final class Report {
  private static final double TIE = 0.2;

  private final StringBuilder text = new StringBuilder();

  /** Adds how the figures came about. */
  void provenance(List<String> lines) {
    lines.forEach(line -> text.append("- ").append(line).append('\n'));
    text.append('\n');
  }

  /** Adds the goals that the results let decide, and what was measured. */
  void goals(List<Result> results) {
    text.append("### Goals\n\n");
    row("workload", "our CPU as a multiple of", "at most", "aim", "measured", "");
    row("---", "---", "---:", "---:", "---:", "---");
    for (Goal goal : Goal.ALL) {
      for (Result result : results) {
        if (result.task().id().equals(goal.task())) {
          result.ratio(goal.peer()).ifPresent(ratio -> goal(goal, result, ratio));
        }
      }
    }
    text.append('\n');
  }

  private void goal(Goal goal, Result result, double ratio) {
    String peer = result.of(goal.peer()).map(outcome -> outcome.contender().title()).orElse("");
    String verdict = ratio <= goal.aim() ? "beaten" : ratio <= goal.atMost() ? "met" : "missed";
    row(
        goal.task(),
        peer,
        figure("%.2f", goal.atMost()),
        figure("%.2f", goal.aim()),
        figure("**%.2f**", ratio),
        verdict);
  }

  /** Adds the table of one task, cheapest contender first. */
  void result(Result result) {
    Task task = result.task();
    text.append("### ").append(task.id()).append(": ").append(task.title()).append("\n\n");
    List<Target> compared = compared(task.workload());
    String widths = compared.stream().map(Target::fileName).collect(Collectors.joining(" \\| "));
    row(
        "engine and usage",
        "CPU s",
        "ours is",
        "wall s",
        "assets/s, all cores",
        "peak heap MB",
        "peak resident MB",
        "kB",
        "Y-PSNR dB " + widths);
    row("---", "---:", "---:", "---:", "---:", "---:", "---:", "---:", "---:");
    List<Outcome> sorted = new ArrayList<>(result.outcomes());
    sorted.sort(Comparator.comparingDouble(Outcome::cpu));
    for (Outcome outcome : sorted) {
      row(cells(result, outcome, compared));
    }
    text.append('\n');
    result
        .of(Contender.OURS)
        .ifPresent(
            ours ->
                result
                    .of("sharp-each")
                    .ifPresent(sharp -> remark(ours, sharp, compared, task.workload())));
  }

  private static String[] cells(Result result, Outcome outcome, List<Target> compared) {
    List<Sample> samples = outcome.samples();
    boolean ours = outcome.contender().id().equals(Contender.OURS);
    double wall = Medians.of(samples, Sample::wall);
    double heap = samples.stream().mapToLong(Sample::peakHeap).max().orElse(0) / 1e6;
    boolean floor = wall == 0;
    return new String[] {
      ours ? "**" + outcome.contender().title() + "**" : outcome.contender().title(),
      figure("%.4f", outcome.cpu()),
      ours ? "" : result.ratio(outcome.contender().id()).map(r -> figure("%.2f ×", r)).orElse(""),
      floor ? "" : figure("%.4f", wall),
      outcome.together().isEmpty()
          ? ""
          : figure("%.1f", 1 / Medians.of(outcome.together(), Sample::wall)),
      heap == 0 ? "" : figure("%.0f", heap),
      floor ? "" : figure("%.0f", outcome.peakResident() / 1e6),
      floor ? "" : figure("%.0f", Medians.of(samples, sample -> sample.bytes()) / 1e3),
      compared.stream()
          .map(target -> psnr(outcome, target))
          .flatMapToDouble(OptionalDouble::stream)
          .mapToObj(psnr -> figure("%.2f", psnr))
          .collect(Collectors.joining(" \\| "))
    };
  }

  /** Says whether a picture of ours is worse than sharp's, or a PNG larger. */
  private void remark(Outcome ours, Outcome sharp, List<Target> compared, Workload workload) {
    for (Target target : compared) {
      OptionalDouble mine = psnr(ours, target);
      OptionalDouble theirs = psnr(sharp, target);
      if (mine.isPresent()
          && theirs.isPresent()
          && mine.getAsDouble() < theirs.getAsDouble() - TIE) {
        text.append("Quality missed: ")
            .append(target.fileName())
            .append(figure(" is %.2f dB", theirs.getAsDouble() - mine.getAsDouble()))
            .append(" below sharp's.\n\n");
      }
    }
    for (Target target : workload.targets()) {
      if (target.format() == Target.Format.PNG) {
        text.append("PNG: ")
            .append(figure("%.0f kB", ours.sizes().getOrDefault(target, 0L) / 1e3))
            .append(
                figure(" to sharp's %.0f kB.\n\n", sharp.sizes().getOrDefault(target, 0L) / 1e3));
      }
    }
  }

  /** Adds how much two and more threads achieve. */
  void throughput(Result result, int threads) {
    text.append("### Throughput on ").append(threads).append(" threads\n\n");
    row("engine and usage", "assets/s, one thread", "assets/s, all", "gain");
    row("---", "---:", "---:", "---:");
    for (Outcome outcome : result.outcomes()) {
      if (!outcome.together().isEmpty()) {
        double one = 1 / Medians.of(outcome.samples(), Sample::wall);
        double all = 1 / Medians.of(outcome.together(), Sample::wall);
        row(
            outcome.contender().title(),
            figure("%.1f", one),
            figure("%.1f", all),
            figure("%.2f ×", all / one));
      }
    }
    text.append('\n');
  }

  /** Adds how long one asset takes. */
  void latency(Latency latency) {
    text.append("### Latency of one W2 asset\n\n")
        .append(figure("Through the generator, one worker: %.3f s", latency.oneWorker()))
        .append(figure("; a worker per core, the others idle: %.3f s", latency.allWorkers()))
        .append(figure(" (%.2f ×).\n\n", latency.ratio()));
  }

  /** Adds the heap table: rows of cells, the first its head. */
  void heaps(List<List<String>> rows) {
    text.append("### The smallest heap that suffices, W2, MiB\n\n");
    for (int i = 0; i < rows.size(); i++) {
      row(rows.get(i).toArray(String[]::new));
      if (i == 0) {
        row(rows.get(0).stream().map(cell -> "---").toArray(String[]::new));
      }
    }
    text.append('\n');
  }

  /** Adds what the five renditions cost as the source grows. */
  void growth(List<Result> results) {
    text.append("### W2 as the source grows, CPU s per asset\n\n");
    List<Contender> contenders =
        results.get(0).outcomes().stream().map(Outcome::contender).toList();
    List<String> head = new ArrayList<>(List.of("source"));
    contenders.forEach(contender -> head.add(contender.title()));
    row(head.toArray(String[]::new));
    row(head.stream().map(cell -> "---:").toArray(String[]::new));
    for (Result result : results) {
      List<String> cells = new ArrayList<>(List.of(result.task().title()));
      for (Contender contender : contenders) {
        cells.add(result.of(contender.id()).map(each -> figure("%.4f", each.cpu())).orElse(""));
      }
      row(cells.toArray(String[]::new));
    }
    text.append('\n');
  }

  /** Returns the Markdown so far. */
  String markdown() {
    return text.toString();
  }

  private static List<Target> compared(Workload workload) {
    return workload == Workload.W2
        ? workload.targets().stream()
            .filter(target -> List.of(1600, 800, 200).contains(target.width()))
            .toList()
        : workload.targets();
  }

  private static OptionalDouble psnr(Outcome outcome, Target target) {
    Double psnr = outcome.psnr().get(target);
    return psnr == null || psnr.isNaN() ? OptionalDouble.empty() : OptionalDouble.of(psnr);
  }

  private void row(String... cells) {
    text.append("| ").append(String.join(" | ", cells)).append(" |\n");
  }

  private static String figure(String format, double value) {
    return String.format(Locale.ROOT, format, value);
  }
}
