package dev.rendition.lambda;

import java.time.Duration;

/**
 * How a worker is asked, whatever the way to it.
 *
 * @param concurrency how many messages are under way at a time, 1 to 1,000
 * @param queue how many more may wait, 1 to 1,000,000
 * @param workerTimeout how long the worker may take for one message, as it is configured there
 * @param attempts how often a message is sent that was lost or whose worker crashed, 1 to 10, the
 *     first included
 * @param throttledAttempts how often a message is sent that the backend had no room for, 1 to 1,000
 * @param perMessage the most renditions asked for in one message, 1 to 200
 */
record RemoteSettings(
    int concurrency,
    int queue,
    Duration workerTimeout,
    int attempts,
    int throttledAttempts,
    int perMessage) {
  static final RemoteSettings DEFAULT =
      new RemoteSettings(20, 1_000, Duration.ofSeconds(60), 3, 30, 50);

  /** The most bytes of one message left with a queue: AWS takes 256 KB of an event at least. */
  static final int MAX_EVENT_BYTES = 200_000;

  /** How much longer than the worker's own limit its answer is waited for. */
  static final Duration MARGIN = Duration.ofSeconds(5);

  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);
  private static final Duration LONGEST_WISH = Duration.ofSeconds(10);

  RemoteSettings {
    require("concurrency", concurrency, 1, 1_000);
    require("queue capacity", queue, 1, 1_000_000);
    require("attempts", attempts, 1, 10);
    require("attempts when throttled", throttledAttempts, 1, 1_000);
    require("renditions per invocation", perMessage, 1, 200);
    if (workerTimeout.compareTo(Duration.ofMillis(100)) < 0
        || workerTimeout.compareTo(Duration.ofMinutes(15)) > 0) {
      throw new IllegalArgumentException(
          "the worker's timeout must be PT0.1S..PT15M, was " + workerTimeout);
    }
  }

  RemoteSettings withConcurrency(int count) {
    return new RemoteSettings(count, queue, workerTimeout, attempts, throttledAttempts, perMessage);
  }

  RemoteSettings withQueue(int count) {
    return new RemoteSettings(
        concurrency, count, workerTimeout, attempts, throttledAttempts, perMessage);
  }

  RemoteSettings withWorkerTimeout(Duration timeout) {
    return new RemoteSettings(concurrency, queue, timeout, attempts, throttledAttempts, perMessage);
  }

  RemoteSettings withAttempts(int count) {
    return new RemoteSettings(
        concurrency, queue, workerTimeout, count, throttledAttempts, perMessage);
  }

  RemoteSettings withThrottledAttempts(int count) {
    return new RemoteSettings(concurrency, queue, workerTimeout, attempts, count, perMessage);
  }

  RemoteSettings withPerMessage(int count) {
    return new RemoteSettings(
        concurrency, queue, workerTimeout, attempts, throttledAttempts, count);
  }

  /**
   * Returns how long to pause before a repetition: what the backend asked for, but at most ten
   * seconds; otherwise a random part of a time that doubles from 100 ms to 2 s, so that callers
   * that were turned away together do not come back together ("full jitter").
   *
   * @param repetition 1 for the first
   * @param random 0 (inclusive) to 1 (exclusive)
   */
  static Duration pause(int repetition, Duration wish, double random) {
    if (!wish.isZero() && !wish.isNegative()) {
      return wish.compareTo(LONGEST_WISH) < 0 ? wish : LONGEST_WISH;
    }
    long most =
        Math.min(
            LONGEST_PAUSE.toNanos(),
            FIRST_PAUSE.toNanos() << Math.min(20, Math.max(0, repetition - 1)));
    return Duration.ofNanos((long) (most * random) + 1);
  }

  private static void require(String what, int count, int least, int most) {
    if (count < least || count > most) {
      throw new IllegalArgumentException(
          what + " must be " + least + ".." + most + ", was " + count);
    }
  }
}
