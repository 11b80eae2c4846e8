package dev.rendition.local;

import dev.rendition.generate.Measure;
import java.util.List;

/**
 * How busy a {@link LocalRenditionGenerator} is. The numbers are read one after the other, not in
 * one moment.
 *
 * @param queued requests that wait for a worker
 * @param queueCapacity how many may wait
 * @param busy requests that are worked on
 * @param threads how many are worked on at a time
 * @param memoryUsed bytes of the memory budget that are granted
 * @param memoryBudget bytes of the memory budget
 * @param memoryWaiting requests that wait for memory
 */
public record LocalStats(
    int queued,
    int queueCapacity,
    int busy,
    int threads,
    long memoryUsed,
    long memoryBudget,
    int memoryWaiting) {

  /** Returns the numbers under the names they are watched by. */
  public List<Measure> measures() {
    return List.of(
        gauge("queue", queued, "Requests that wait for a worker."),
        gauge("queue-capacity", queueCapacity, "Requests that may wait for a worker."),
        gauge("busy", busy, "Requests that are worked on."),
        gauge("threads", threads, "Requests that are worked on at a time."),
        gauge("memory-used", (double) memoryUsed, "Bytes of the memory budget that are granted."),
        gauge("memory-budget", (double) memoryBudget, "Bytes of the memory budget."),
        gauge("memory-waiting", memoryWaiting, "Requests that wait for memory."));
  }

  private static Measure gauge(String name, double value, String description) {
    return Measure.gauge("rendition.local." + name, value, description);
  }
}
