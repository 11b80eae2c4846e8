package dev.rendition.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * How long one asset takes alone: wall seconds through the generator with one worker and with one
 * per processor, rounds taking turns.
 *
 * @param oneWorker the median with one worker
 * @param allWorkers the median with a worker per processor, all idle but one
 */
record Latency(double oneWorker, double allWorkers) {

  static Latency of(Task task, int rounds, double seconds, Path log) throws IOException {
    Contender one = Contender.ours("generator", "one worker");
    Contender all = Contender.ours("generator-all-cores", "a worker per processor");
    try (Running single = new Running(one, seconds, log);
        Running several = new Running(all, seconds, log)) {
      List<Sample> alone = new ArrayList<>();
      List<Sample> together = new ArrayList<>();
      for (Running each : List.of(single, several)) {
        each.load(task.sources());
        each.warmUp(task.workload(), task.sources().size());
      }
      for (int round = 0; round < rounds; round++) {
        alone.add(single.round(task.workload()));
        together.add(several.round(task.workload()));
      }
      return new Latency(Medians.of(alone, Sample::wall), Medians.of(together, Sample::wall));
    }
  }

  double ratio() {
    return allWorkers / oneWorker;
  }
}
