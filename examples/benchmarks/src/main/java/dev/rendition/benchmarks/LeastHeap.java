package dev.rendition.benchmarks;

import dev.rendition.benchmarks.candidate.Workload;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;

/** Finds the smallest heap in which a contender makes the five renditions of a source. */
final class LeastHeap {
  /** The heaps tried, in MiB. */
  static final List<Integer> STEPS =
      List.of(16, 24, 32, 40, 48, 64, 96, 128, 160, 192, 256, 384, 512, 768, 1024);

  private LeastHeap() {}

  /**
   * Returns the first of {@link #STEPS} that suffices for three assets one after another, or empty
   * if none does.
   */
  static OptionalInt of(Contender contender, Path source, Path log) {
    for (int megabytes : STEPS) {
      Contender bounded = contender.with("-Xmx" + megabytes + "m", "-XX:+ExitOnOutOfMemoryError");
      try (Running running = new Running(bounded, 1, log)) {
        running.load(List.of(source));
        for (int i = 0; i < 3; i++) {
          running.round(Workload.W2);
        }
        return OptionalInt.of(megabytes);
      } catch (IOException e) {
        // Too small: the next one.
      }
    }
    return OptionalInt.empty();
  }
}
