package dev.rendition.lambda.emulator;

import java.time.Duration;

/**
 * What one invocation took.
 *
 * @param requestId the invocation's id
 * @param cold whether a process was started for it
 * @param init from the start of the process until it asked for work; zero if it was warm
 * @param duration from handing the event out until the function's answer was there
 * @param billed {@code duration}, and {@code init} if it was cold, rounded up to whole
 *     milliseconds: what Lambda charges since August 2025
 * @param memoryMegabytes the memory size of the function
 * @param maxMemoryMegabytes the most the process has had resident so far; 0 where the system does
 *     not say
 * @param failed whether the function failed, timed out or died
 */
public record InvocationStatistics(
    String requestId,
    boolean cold,
    Duration init,
    Duration duration,
    Duration billed,
    int memoryMegabytes,
    int maxMemoryMegabytes,
    boolean failed) {

  /** Returns billed seconds times memory size in GB (1,024 MB). */
  public double gigabyteSeconds() {
    return billed.toMillis() / 1_000.0 * memoryMegabytes / 1_024.0;
  }
}
