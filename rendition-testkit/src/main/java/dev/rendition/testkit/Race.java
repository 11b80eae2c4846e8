package dev.rendition.testkit;

import static dev.rendition.testkit.Noise.noise;

import dev.rendition.asset.AssetAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Has several threads do something at the same time; each has bytes and attributes of its own. */
final class Race {
  /** How many race. */
  static final int THREADS = 8;

  private Race() {}

  static byte[] racersBytes(int racer) {
    // Two of four have the same length, so that a length cannot tell them apart.
    return noise(20_000 + racer / 2, 1_000 + racer);
  }

  static AssetAttributes racersAttributes(int racer) {
    return AssetAttributes.NONE.with("racer", Integer.toString(racer));
  }

  /** One contestant. */
  @FunctionalInterface
  interface Racer<T> {
    T run(int racer) throws Exception;
  }

  static <T> List<T> race(Racer<T> racer) throws Exception {
    CyclicBarrier start = new CyclicBarrier(THREADS);
    List<Callable<T>> tasks = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      int number = i;
      tasks.add(
          () -> {
            start.await();
            return racer.run(number);
          });
    }
    return runAll(tasks);
  }

  static <T> List<T> runAll(List<Callable<T>> tasks) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(tasks.size());
    try {
      List<T> answers = new ArrayList<>();
      for (Future<T> each : threads.invokeAll(tasks)) {
        answers.add(each.get());
      }
      return answers;
    } finally {
      threads.shutdownNow();
    }
  }
}
