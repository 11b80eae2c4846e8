package dev.rendition.lambda.function;

import dev.rendition.asset.AssetKey;
import dev.rendition.config.ConfigKey;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The settings of the function beside those of the library. */
final class FunctionKeys {
  /** What the names of these settings begin with. */
  static final List<String> BEGINNINGS = List.of("rendition.function.", "rendition.worker.");

  static final ConfigKey<List<String>> RECIPES =
      ConfigKey.of(
          "rendition.function.recipes",
          "",
          "Which recipes are made of an original that S3 tells of, separated by commas; empty for the whole book.",
          FunctionKeys::words);
  static final ConfigKey<Set<String>> TENANTS =
      ConfigKey.of(
          "rendition.function.tenants",
          "",
          "Whose assets are worked on, separated by commas; empty for everybody's.",
          text ->
              words(text).stream()
                  .map(AssetKey::requireTenant)
                  .collect(Collectors.toUnmodifiableSet()));
  static final ConfigKey<String> PERMANENT_FAILURES =
      ConfigKey.word(
          "rendition.function.permanent-failures",
          "fail",
          List.of("fail", "drop"),
          "What becomes of an event whose failure no repetition mends: fail, so that it ends in the dead-letter queue; or drop, told in the log only.");
  static final ConfigKey<Integer> PARALLEL =
      ConfigKey.count(
          "rendition.function.parallel",
          "4",
          1,
          64,
          "How many objects of one event are worked on at a time.");
  static final ConfigKey<Duration> MARGIN =
      ConfigKey.duration(
          "rendition.function.margin",
          "500ms",
          Duration.ofMillis(10),
          Duration.ofMinutes(1),
          "How long before the end of its time an invocation stops working, to answer.");
  static final ConfigKey<Long> INLINE_LIMIT =
      ConfigKey.bytes(
          "rendition.function.inline-limit",
          "4MiB",
          1,
          4_600_000,
          "The most bytes of a rendition an HTTP answer of the function holds; a larger one is redirected to its signed link.");
  static final ConfigKey<Optional<AssetKey>> NOT_FOUND_PICTURE =
      ConfigKey.of(
          "rendition.function.not-found-picture",
          "",
          "The original, tenant/path, that is shown with status 404; empty for a line of text.",
          FunctionKeys::asset);
  static final ConfigKey<Optional<AssetKey>> ERROR_PICTURE =
      ConfigKey.of(
          "rendition.function.error-picture",
          "",
          "The original, tenant/path, that is shown with every other error status; empty for a line of text.",
          FunctionKeys::asset);
  static final ConfigKey<Integer> WORKER_CONCURRENCY =
      ConfigKey.count(
          "rendition.worker.concurrency",
          "16",
          1,
          1_000,
          "How many requests the HTTP worker answers at a time; more are refused as BUSY.");
  static final ConfigKey<Duration> WORKER_GRACE =
      ConfigKey.duration(
          "rendition.worker.grace",
          "20s",
          Duration.ofMillis(100),
          Duration.ofMinutes(10),
          "How long the HTTP worker waits for running requests when it is stopped.");

  static final List<ConfigKey<?>> ALL =
      List.of(
          ERROR_PICTURE,
          INLINE_LIMIT,
          MARGIN,
          NOT_FOUND_PICTURE,
          PARALLEL,
          PERMANENT_FAILURES,
          RECIPES,
          TENANTS,
          WORKER_CONCURRENCY,
          WORKER_GRACE);

  private FunctionKeys() {}

  private static List<String> words(String text) {
    Stream<String> words = Arrays.stream(text.split(",", -1)).map(String::strip);
    return text.isBlank() ? List.of() : words.distinct().toList();
  }

  private static Optional<AssetKey> asset(String text) {
    return text.isEmpty() ? Optional.empty() : Optional.of(AssetKey.parse(text));
  }
}
