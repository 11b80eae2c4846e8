package dev.rendition.lambda;

import dev.rendition.config.ConfigKey;
import dev.rendition.config.Settings;
import dev.rendition.generate.RenditionGenerator;
import java.time.Duration;
import java.util.List;

/** The settings both generators have, under the beginning of each. */
final class RemoteKeys {
  private final ConfigKey<Integer> concurrency;
  private final ConfigKey<Integer> queue;
  private final ConfigKey<Duration> workerTimeout;
  private final ConfigKey<Duration> connectTimeout;
  private final ConfigKey<Integer> attempts;
  private final ConfigKey<Integer> throttledAttempts;
  private final ConfigKey<Integer> perMessage;
  private final ConfigKey<Integer> breakerFailures;
  private final ConfigKey<Duration> breakerDelay;

  /**
   * @param beginning such as {@code rendition.lambda.}
   * @param worker what does the work, such as {@code function}
   * @param message what one message is, such as {@code invocation}
   */
  RemoteKeys(String beginning, String worker, String message) {
    concurrency =
        ConfigKey.count(
            beginning + "concurrency",
            "20",
            1,
            1_000,
            "How many " + message + "s are under way at a time.");
    queue =
        ConfigKey.count(
            beginning + "queue",
            "1000",
            1,
            1_000_000,
            "How many " + message + "s may wait; more are refused as BUSY.");
    workerTimeout =
        ConfigKey.duration(
            beginning + worker + "-timeout",
            "60s",
            Duration.ofMillis(100),
            Duration.ofMinutes(15),
            "The timeout the "
                + worker
                + " is configured with; its answer is waited for five seconds longer.");
    connectTimeout =
        ConfigKey.duration(
            beginning + "connect-timeout",
            "5s",
            Duration.ofMillis(10),
            Duration.ofMinutes(5),
            "How long making a connection may take.");
    attempts =
        ConfigKey.count(
            beginning + "attempts",
            "3",
            1,
            10,
            "How often each "
                + message
                + " is sent, the first time included, that was lost or whose "
                + worker
                + " crashed.");
    throttledAttempts =
        ConfigKey.count(
            beginning + "throttled-attempts",
            "30",
            1,
            1_000,
            "How often each " + message + " is sent that there was no room for.");
    perMessage =
        ConfigKey.count(
            beginning + "renditions-per-" + message,
            "50",
            1,
            200,
            "The most renditions asked for in one " + message + "; more are asked for in several.");
    breakerFailures =
        ConfigKey.count(
            beginning + "breaker-failures",
            "5",
            0,
            1_000,
            "After how many failed requests in a row the "
                + worker
                + " is not asked for a while; 0 for never.");
    breakerDelay =
        ConfigKey.duration(
            beginning + "breaker-delay",
            "30s",
            Duration.ofMillis(1),
            Duration.ofDays(1),
            "How long it is not asked then, before one request tries it.");
  }

  List<ConfigKey<?>> all() {
    return List.of(
        concurrency,
        queue,
        workerTimeout,
        connectTimeout,
        attempts,
        throttledAttempts,
        perMessage,
        breakerFailures,
        breakerDelay);
  }

  RemoteSettings read(Settings settings) {
    return new RemoteSettings(
        settings.get(concurrency),
        settings.get(queue),
        settings.get(workerTimeout),
        settings.get(attempts),
        settings.get(throttledAttempts),
        settings.get(perMessage));
  }

  Duration connectTimeout(Settings settings) {
    return settings.get(connectTimeout);
  }

  /** Puts the circuit breaker before a generator, unless it is switched off. */
  RenditionGenerator guarded(RenditionGenerator generator, Settings settings) {
    int failures = settings.get(breakerFailures);
    return failures == 0
        ? generator
        : new CircuitBreakerGenerator(generator, failures, settings.get(breakerDelay));
  }
}
