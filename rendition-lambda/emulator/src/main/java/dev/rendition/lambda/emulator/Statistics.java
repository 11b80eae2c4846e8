package dev.rendition.lambda.emulator;

import java.util.List;

/**
 * What happened to a function since it was deployed.
 *
 * @param invocations how many invocations ended, failed ones included
 * @param coldStarts how many processes were started
 * @param errors how many invocations failed
 * @param timeouts how many of them exceeded the timeout
 * @param throttles how many requests were refused with 429
 * @param faults how many faults on demand were applied
 * @param lostAnswers how many answers could not be sent because the caller had gone
 * @param gigabyteSeconds what is billed for all of them
 * @param maxMemoryMegabytes the most any process had resident
 * @param recent the last invocations, oldest first, at most {@value #RECENT}
 */
public record Statistics(
    long invocations,
    long coldStarts,
    long errors,
    long timeouts,
    long throttles,
    long faults,
    long lostAnswers,
    double gigabyteSeconds,
    int maxMemoryMegabytes,
    List<InvocationStatistics> recent) {
  /** How many invocations are kept one by one. */
  public static final int RECENT = 10_000;

  public Statistics {
    recent = List.copyOf(recent);
  }
}
