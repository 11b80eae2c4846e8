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
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Runs one task with all contenders: first each is warmed up, then they take turns. */
final class Comparison {
  private final int rounds;
  private final double seconds;
  private final int threads;
  private final Path scratch;
  private final Consumer<String> progress;

  /**
   * Prepares.
   *
   * @param rounds how often each contender's turn comes, 1 or more
   * @param seconds of CPU in each turn, about
   * @param threads of the throughput measurement
   * @param scratch takes files
   * @param progress is told what happens
   */
  Comparison(int rounds, double seconds, int threads, Path scratch, Consumer<String> progress) {
    this.rounds = rounds;
    this.seconds = seconds;
    this.threads = threads;
    this.scratch = scratch;
    this.progress = progress;
  }

  Result run(Task task, List<Contender> contenders) throws IOException {
    List<Running> running = new ArrayList<>();
    try {
      for (Contender contender : contenders) {
        if (contender.workloads().contains(task.workload())) {
          start(task, contender, running);
        }
      }
      List<List<Sample>> samples = turns(task, running);
      List<List<Sample>> together = together(task, running);
      Map<Target, Luma> references = references(task);
      List<Outcome> outcomes = new ArrayList<>();
      for (int i = 0; i < running.size(); i++) {
        outcomes.add(outcome(task, running.get(i), samples.get(i), together.get(i), references));
      }
      return new Result(task, outcomes);
    } finally {
      running.forEach(Running::close);
    }
  }

  /** Warms a contender up and adds it; one that cannot do the task is left out. */
  private void start(Task task, Contender contender, List<Running> running) throws IOException {
    Running started = new Running(contender, seconds, scratch.resolve("children.log"));
    try {
      progress.accept(task.id() + ": warming up " + contender.id());
      started.load(task.sources());
      started.warmUp(task.workload(), task.sources().size());
      running.add(started);
    } catch (IOException e) {
      progress.accept(task.id() + ": left out: " + e.getMessage());
      started.close();
    }
  }

  private List<List<Sample>> turns(Task task, List<Running> running) throws IOException {
    List<List<Sample>> samples = new ArrayList<>();
    running.forEach(each -> samples.add(new ArrayList<>()));
    for (int round = 1; round <= rounds; round++) {
      progress.accept(task.id() + ": round " + round + " of " + rounds);
      for (int i = 0; i < running.size(); i++) {
        samples.get(i).add(running.get(i).round(task.workload()));
      }
    }
    return samples;
  }

  private List<List<Sample>> together(Task task, List<Running> running) throws IOException {
    List<List<Sample>> samples = new ArrayList<>();
    running.forEach(each -> samples.add(new ArrayList<>()));
    if (threads < 2) {
      return samples;
    }
    progress.accept(task.id() + ": on " + threads + " threads");
    for (int round = 0; round < Math.max(2, rounds / 2 + 1); round++) {
      for (int i = 0; i < running.size(); i++) {
        if (!isFloor(running.get(i))) {
          Sample sample = running.get(i).together(task.workload(), threads);
          // The first turn makes the other threads' buffers.
          if (round > 0) {
            samples.get(i).add(sample);
          }
        }
      }
    }
    return samples;
  }

  private static Map<Target, Luma> references(Task task) throws IOException {
    Luma full =
        Luma.of(task.seen().apply(Pictures.read(Files.readAllBytes(task.sources().get(0)))));
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
      for (Map.Entry<Target, Luma> entry : references.entrySet()) {
        Target target = entry.getKey();
        Luma reference = entry.getValue();
        byte[] made = Files.readAllBytes(folder.resolve(target.fileName()));
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
