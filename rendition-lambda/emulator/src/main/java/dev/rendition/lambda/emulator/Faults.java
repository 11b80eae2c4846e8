package dev.rendition.lambda.emulator;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;

/**
 * Things that go wrong on demand. Each call adds to what is pending for the next invocations of a
 * function, in the order they arrive; several kinds may meet the same invocation. Attempts at
 * events count as invocations too. Safe for use by many threads.
 */
public final class Faults {
  private int throttles;
  private int errors;
  private int drops;
  private int duplicates;
  private final Queue<Duration> kills = new ArrayDeque<>();
  private final Queue<Duration> delays = new ArrayDeque<>();
  private long applied;

  Faults() {}

  /** Refuses the next {@code times} requests with 429, without running the function. */
  public synchronized Faults throttleNext(int times) {
    throttles += positive(times);
    return this;
  }

  /** Answers the next {@code times} requests with 500, without running the function. */
  public synchronized Faults errorNext(int times) {
    errors += positive(times);
    return this;
  }

  /**
   * Kills the process of the next {@code times} invocations, so long after the function was given
   * the event.
   */
  public synchronized Faults killNext(int times, Duration after) {
    for (int i = 0; i < positive(times); i++) {
      kills.add(after);
    }
    return this;
  }

  /**
   * Runs the next {@code times} invocations to their end and then breaks the connection instead of
   * answering.
   */
  public synchronized Faults dropNext(int times) {
    drops += positive(times);
    return this;
  }

  /** Holds the answers of the next {@code times} invocations back. */
  public synchronized Faults delayNext(int times, Duration delay) {
    for (int i = 0; i < positive(times); i++) {
      delays.add(delay);
    }
    return this;
  }

  /**
   * Delivers the next {@code times} events twice, under the same request id; at the same time if
   * the concurrency allows it.
   */
  public synchronized Faults duplicateNext(int times) {
    duplicates += positive(times);
    return this;
  }

  /** Forgets what is pending. */
  public synchronized Faults clear() {
    throttles = 0;
    errors = 0;
    drops = 0;
    duplicates = 0;
    kills.clear();
    delays.clear();
    return this;
  }

  /** Returns how many faults are pending. */
  public synchronized int pending() {
    return throttles + errors + drops + duplicates + kills.size() + delays.size();
  }

  synchronized long applied() {
    return applied;
  }

  /** Takes what the next invocation meets. One that is refused meets nothing else. */
  synchronized Drawn draw() {
    if (throttles > 0) {
      throttles--;
      applied++;
      return new Drawn(true, false, false, false, Optional.empty(), Optional.empty());
    }
    if (errors > 0) {
      errors--;
      applied++;
      return new Drawn(false, true, false, false, Optional.empty(), Optional.empty());
    }
    boolean drop = drops > 0;
    boolean duplicate = duplicates > 0;
    Optional<Duration> kill = Optional.ofNullable(kills.poll());
    Optional<Duration> delay = Optional.ofNullable(delays.poll());
    drops -= drop ? 1 : 0;
    duplicates -= duplicate ? 1 : 0;
    applied +=
        (drop ? 1 : 0)
            + (duplicate ? 1 : 0)
            + (kill.isPresent() ? 1 : 0)
            + (delay.isPresent() ? 1 : 0);
    return new Drawn(false, false, drop, duplicate, kill, delay);
  }

  private static int positive(int times) {
    if (times < 1) {
      throw new IllegalArgumentException("times must be 1 or more, was " + times);
    }
    return times;
  }

  record Drawn(
      boolean throttle,
      boolean error,
      boolean drop,
      boolean duplicate,
      Optional<Duration> kill,
      Optional<Duration> delay) {}
}
