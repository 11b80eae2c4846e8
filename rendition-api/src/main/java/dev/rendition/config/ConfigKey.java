package dev.rendition.config;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One setting: its name, how its text is read, what holds when it is absent.
 *
 * @param <T> what the text becomes
 */
public final class ConfigKey<T> {
  private static final Pattern AMOUNT =
      Pattern.compile("([0-9]{1,12}(?:\\.[0-9]{1,6})?) ?([A-Za-z]{0,3})");

  private final String name;
  private final String fallback;
  private final String kind;
  private final String description;
  private final Function<String, T> reader;

  private ConfigKey(
      String name, String fallback, String kind, String description, Function<String, T> reader) {
    if (!name.matches("rendition(\\.[a-z0-9]+(-[a-z0-9]+)*)+")) {
      throw new IllegalArgumentException(
          "a key is written rendition.some-word, was \"" + name + '"');
    }
    this.name = name;
    this.fallback = requireNonNull(fallback, "fallback");
    this.kind = kind;
    this.description = requireNonNull(description, "description");
    this.reader = requireNonNull(reader, "reader");
    try {
      var unused = reader.apply(fallback);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("the fallback of " + name + " cannot be read", e);
    }
  }

  /**
   * Returns a key whose text a function reads.
   *
   * @param fallback the text that holds when the key is absent; the reader takes it
   * @param description one sentence for docs/configuration.md
   * @param reader throws {@link IllegalArgumentException} for a text it refuses, with a message
   *     that says why
   */
  public static <T> ConfigKey<T> of(
      String name, String fallback, String description, Function<String, T> reader) {
    return new ConfigKey<>(name, fallback, "text", description, reader);
  }

  /** Returns a key for any text. */
  public static ConfigKey<String> text(String name, String fallback, String description) {
    return of(name, fallback, description, text -> text);
  }

  /** Returns a key for one of some words. */
  public static ConfigKey<String> word(
      String name, String fallback, List<String> words, String description) {
    return new ConfigKey<>(
        name,
        fallback,
        "one of " + String.join(", ", words),
        description,
        text -> {
          if (!words.contains(text)) {
            throw new IllegalArgumentException(
                "expected one of " + words + ", was \"" + shown(text) + '"');
          }
          return text;
        });
  }

  /** Returns a key for a whole number within bounds. */
  public static ConfigKey<Integer> count(
      String name, String fallback, int least, int most, String description) {
    return new ConfigKey<>(
        name,
        fallback,
        "whole number, " + least + " to " + most,
        description,
        text -> {
          if (!text.matches("[0-9]{1,10}")
              || Long.parseLong(text) < least
              || Long.parseLong(text) > most) {
            throw new IllegalArgumentException(
                "expected a whole number " + least + ".." + most + ", was \"" + shown(text) + '"');
          }
          return Integer.valueOf(text);
        });
  }

  /**
   * Returns a key for a number of bytes: {@code 256MiB}, {@code 64KiB}, {@code 1GiB}, {@code
   * 200kB}, {@code 4096}. A part of a byte is left out.
   */
  public static ConfigKey<Long> bytes(
      String name, String fallback, long least, long most, String description) {
    return new ConfigKey<>(
        name,
        fallback,
        "bytes, such as 256MiB",
        description,
        text -> amount(text, ConfigKey::byteUnit, least, most, "bytes such as 256MiB"));
  }

  /** Returns a key for a number of pixels: {@code 100MP} or {@code 1000000}. */
  public static ConfigKey<Long> pixels(
      String name, String fallback, long least, long most, String description) {
    return new ConfigKey<>(
        name,
        fallback,
        "pixels, such as 100MP",
        description,
        text ->
            amount(
                text,
                unit -> unit.isEmpty() ? 1 : unit.equalsIgnoreCase("MP") ? 1_000_000 : 0,
                least,
                most,
                "pixels such as 100MP"));
  }

  /**
   * Returns a key for a duration: {@code 250ms}, {@code 30s}, {@code 10m}, {@code 2h}, {@code 7d}
   * or {@code PT30S}.
   */
  public static ConfigKey<Duration> duration(
      String name, String fallback, Duration least, Duration most, String description) {
    return new ConfigKey<>(
        name, fallback, "duration, such as 30s", description, text -> duration(text, least, most));
  }

  public String name() {
    return name;
  }

  /** Returns the text that holds when the key is absent. */
  public String fallback() {
    return fallback;
  }

  public String description() {
    return description;
  }

  /** Returns what its text is, in a few words for docs/configuration.md: the unit, the words. */
  public String kind() {
    return kind;
  }

  T read(String text) {
    return reader.apply(text);
  }

  /** Returns the name in environment form: upper case, {@code .} and {@code -} as {@code _}. */
  public String environmentName() {
    return environmentName(name);
  }

  static String environmentName(String name) {
    return name.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
  }

  @Override
  public String toString() {
    return name;
  }

  private static Duration duration(String text, Duration least, Duration most) {
    long millis;
    if (text.startsWith("P")) {
      try {
        millis = Duration.parse(text).toMillis();
      } catch (DateTimeException | ArithmeticException e) {
        throw new IllegalArgumentException(
            "expected a duration such as PT30S or 30s, was \"" + shown(text) + '"', e);
      }
      if (millis < least.toMillis() || millis > most.toMillis()) {
        throw new IllegalArgumentException(
            "expected a duration from " + least + " to " + most + ", was \"" + shown(text) + '"');
      }
    } else {
      millis =
          amount(
              text,
              unit ->
                  switch (unit) {
                    case "ms" -> 1;
                    case "s" -> 1_000;
                    case "m" -> 60_000;
                    case "h" -> 3_600_000;
                    case "d" -> 86_400_000;
                    default -> 0;
                  },
              least.toMillis(),
              most.toMillis(),
              "a duration such as 30s, in milliseconds");
    }
    return Duration.ofMillis(millis);
  }

  private static long byteUnit(String unit) {
    return switch (unit.toLowerCase(Locale.ROOT)) {
      case "", "b" -> 1;
      case "kb" -> 1_000;
      case "mb" -> 1_000_000;
      case "gb" -> 1_000_000_000;
      case "kib" -> 1L << 10;
      case "mib" -> 1L << 20;
      case "gib" -> 1L << 30;
      default -> 0;
    };
  }

  /** Reads a number and a unit; a unit of 0 is none. */
  private static long amount(
      String text, ToLongFunction<String> unitOf, long least, long most, String expected) {
    Matcher matcher = AMOUNT.matcher(text);
    long unit = matcher.matches() ? unitOf.applyAsLong(matcher.group(2)) : 0;
    if (unit == 0) {
      throw new IllegalArgumentException("expected " + expected + ", was \"" + shown(text) + '"');
    }
    BigDecimal value = new BigDecimal(matcher.group(1)).multiply(BigDecimal.valueOf(unit));
    if (value.compareTo(BigDecimal.valueOf(least)) < 0
        || value.compareTo(BigDecimal.valueOf(most)) > 0) {
      throw new IllegalArgumentException(
          "expected "
              + expected
              + ", from "
              + least
              + " to "
              + most
              + ", was \""
              + shown(text)
              + '"');
    }
    return value.longValue();
  }

  /** Shortens hostile text for a message and takes out what could forge a log line. */
  static String shown(String text) {
    StringBuilder shown = new StringBuilder();
    for (int i = 0; i < Math.min(text.length(), 80); i++) {
      char c = text.charAt(i);
      shown.append(c < ' ' || c == 0x7f || (c >= 0x80 && c < 0xa0) ? '?' : c);
    }
    return shown.append(text.length() > 80 ? "…" : "").toString();
  }
}
