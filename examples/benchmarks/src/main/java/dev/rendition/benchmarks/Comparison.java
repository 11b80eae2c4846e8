package dev.rendition.benchmarks;

import dev.rendition.benchmarks.candidate.Target;
import dev.rendition.benchmarks.picture.Lanczos;
import dev.rendition.benchmarks.picture.Luma;
import dev.rendition.benchmarks.picture.Pictures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Runs one task with all contenders: first each is warmed up, then they take turns. */
final class Comparison {
  private final int rounds;
  private final int threads;
  private final Path scratch;
  private final Consumer<String> progress;

  /**
   * Prepares.
   *
   * @param rounds how often each contender's turn comes, 1 or more
   * @param threads of the throughput measurement
   * @param scratch takes files
   * @param progress is told what happens
   */
  Comparison(int rounds, int threads, Path scratch, Consumer<String> progress) {
    this.rounds = rounds;
    this.threads = threads;
    this.scratch = scratch;
    this.progress = progress;
  }

  Result run(Task task, List<Contender> contenders) throws IOException {
    List<Running> running = new ArrayList<>();
    try {
      for (Contender contender : contenders) {
        if (contender.workloads().contains(task.workload())) {
          Running started = new Running(contender, scratch.resolve("children.log"));
          running.add(started);
          started.load(task.sources());
          progress.accept(task.id() + ": warming up " + contender.id());
          started.warmUp(task.workload(), task.sources().size());
        }
      }
      Map<Running, List<Sample>> samples = turns(task, running);
      Map<Running, List<Sample>> together = together(task, running);
      Map<Target, Luma> references = references(task);
      List<Outcome> outcomes = new ArrayList<>();
      for (Running each : running) {
        outcomes.add(
            outcome(
                task, each, samples.get(each), together.getOrDefault(each, List.of()), references));
      }
      return new Result(task, outcomes);
    } finally {
      running.forEach(Running::close);
    }
  }

  private Map<Running, List<Sample>> turns(Task task, List<Running> running) throws IOException {
    Map<Running, List<Sample>> samples = new LinkedHashMap<>();
    running.forEach(each -> samples.put(each, new ArrayList<>()));
    for (int round = 1; round <= rounds; round++) {
      progress.accept(task.id() + ": round " + round + " of " + rounds);
      for (Running each : running) {
        samples.get(each).add(each.round(task.workload()));
      }
    }
    return samples;
  }

  private Map<Running, List<Sample>> together(Task task, List<Running> running) throws IOException {
    Map<Running, List<Sample>> samples = new LinkedHashMap<>();
    if (threads < 2) {
      return samples;
    }
    progress.accept(task.id() + ": on " + threads + " threads");
    for (int round = 0; round < Math.max(2, rounds / 2 + 1); round++) {
      for (Running each : running) {
        if (!isFloor(each)) {
          Sample sample = each.together(task.workload(), threads);
          // The first turn makes the other threads' buffers.
          if (round > 0) {
            samples.computeIfAbsent(each, key -> new ArrayList<>()).add(sample);
          }
        }
      }
    }
    return samples;
  }

  private static Map<Target, Luma> references(Task task) throws IOException {
    Luma full = Luma.of(Pictures.read(Files.readAllBytes(task.sources().get(0))));
    Map<Target, Luma> references = new HashMap<>();
    Map<Integer, Luma> byWidth = new HashMap<>();
    for (Target target : task.workload().targets()) {
      int height =
          (int) Math.max(1, Math.round((double) full.height() * target.width() / full.width()));
      references.put(
          target,
          byWidth.computeIfAbsent(target.width(), width -> Lanczos.scaled(full, width, height)));
    }
    return references;
  }

  private Outcome outcome(
      Task task,
      Running running,
      List<Sample> samples,
      List<Sample> together,
      Map<Target, Luma> references)
      throws IOException {
    Map<Target, Double> psnr = new HashMap<>();
    Map<Target, Long> sizes = new HashMap<>();
    if (!isFloor(running)) {
      Path folder = scratch.resolve(task.id()).resolve(running.contender().id());
      running.save(task.workload(), 0, folder);
      for (Target target : task.workload().targets()) {
        byte[] made = Files.readAllBytes(folder.resolve(target.fileName()));
        Luma reference = references.get(target);
        Luma luma = Luma.of(Pictures.read(made));
        sizes.put(target, (long) made.length);
        // Some round the height the other way: then there is nothing to compare.
        psnr.put(target, luma.height() == reference.height() ? luma.psnr(reference) : Double.NaN);
      }
    }
    return new Outcome(running.contender(), samples, together, psnr, sizes, running.peakResident());
  }

  private static boolean isFloor(Running running) {
    return running.contender().id().equals("floor");
  }
}
