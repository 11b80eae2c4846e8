package dev.rendition.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigTest {
  private static final ConfigKey<Long> BYTES =
      ConfigKey.bytes("rendition.some-bytes", "1MiB", 1, 1L << 40, "Some bytes.");
  private static final ConfigKey<Long> PIXELS =
      ConfigKey.pixels("rendition.some-pixels", "1MP", 1, 1_000_000_000, "Some pixels.");
  private static final ConfigKey<Duration> TIME =
      ConfigKey.duration(
          "rendition.some-time", "1s", Duration.ofMillis(100), Duration.ofDays(7), "Some time.");
  private static final ConfigKey<Integer> COUNT =
      ConfigKey.count("rendition.some-count", "1", 1, 100, "A count.");
  private static final ConfigKey<String> WORD =
      ConfigKey.word("rendition.some-word", "one", List.of("one", "two"), "A word.");
  private static final ConfigKey<String> SECRET =
      ConfigKey.text("rendition.some-secret", "", "A secret.");
  private static final List<ConfigKey<?>> ALL = List.of(BYTES, PIXELS, TIME, COUNT, WORD, SECRET);
  private static final List<String> FAMILIES = List.of("rendition.recipe.");

  @ParameterizedTest
  @CsvSource({
    "256MiB, 268435456",
    "64KiB, 65536",
    "1GiB, 1073741824",
    "200kB, 200000",
    "200 kb, 200000",
    "1MB, 1000000",
    "2GB, 2000000000",
    "4096, 4096",
    "4096B, 4096",
    "1.5KiB, 1536",
    "1.9, 1"
  })
  void bytesHaveUnits(String text, long bytes) {
    assertThat(BYTES.read(text)).isEqualTo(bytes);
  }

  @ParameterizedTest
  @CsvSource({"100MP, 100000000", "0.3mp, 300000", "1000000, 1000000"})
  void pixelsHaveUnits(String text, long pixels) {
    assertThat(PIXELS.read(text)).isEqualTo(pixels);
  }

  @ParameterizedTest
  @CsvSource({
    "250ms, 250",
    "30s, 30000",
    "1.5s, 1500",
    "10m, 600000",
    "2h, 7200000",
    "7d, 604800000",
    "PT30S, 30000",
    "P1DT1H, 90000000"
  })
  void durationsHaveUnits(String text, long millis) {
    assertThat(TIME.read(text)).isEqualTo(Duration.ofMillis(millis));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "x",
        "-1",
        "1XB",
        "1 M B",
        "0",
        "0.5",
        "1e9",
        "1TiB1",
        "9999999999999",
        "2000GiB",
        "٣",
        "1\n",
        "0x10"
      })
  void noNumberOfBytes(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> BYTES.read(text))
        .satisfies(e -> assertThat(e.getMessage()).contains("256MiB").doesNotContain("\n"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "30",
        "30S",
        "0s",
        "99ms",
        "8d",
        "PT-5S",
        "PT0S",
        "P",
        "P99999999999D",
        "PT9999999999999H",
        "-1s",
        ""
      })
  void noDuration(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> TIME.read(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "101", "-1", "", "1.0", "99999999999", "4294967297", "x"})
  void noCount(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> COUNT.read(text))
        .withMessageContaining("1..100");
  }

  @Property
  void anyTextIsAValueOrARefusal(@ForAll String text) {
    for (ConfigKey<?> key : ALL) {
      try {
        assertThat(key.read(text)).isNotNull();
      } catch (IllegalArgumentException e) {
        assertThat(e.getMessage()).doesNotContain("\n", "\r", "\u0000").hasSizeLessThan(400);
      }
    }
  }

  @Property(tries = 100)
  void anySettingsAreReadOrReported(
      @ForAll Map<String, String> texts, @ForAll String name, @ForAll String text) {
    List<String> problems = new ArrayList<>();
    texts.put("rendition." + name, text);
    Settings settings = Settings.read(texts, ALL, FAMILIES, problems);
    assertThat(settings.get(COUNT)).isBetween(1, 100);
    if (!problems.isEmpty()) {
      assertThat(new ConfigException(problems).problems())
          .hasSameSizeAs(problems)
          .allSatisfy(problem -> assertThat(problem).doesNotContain("\n", "\u0000"));
    }
  }

  @Test
  void everyMistakeIsReportedAtOnceWithTheNearestKey() {
    List<String> problems = new ArrayList<>();
    Settings settings =
        Settings.read(
            Map.of(
                "rendition.some-byte", "1",
                "rendition.recipes.card", "png",
                "rendition.some-count", "0",
                "rendition.some-time", "soon",
                "RENDITION_SOME_WURD", "one",
                "rendition.recipe.", "png"),
            ALL,
            FAMILIES,
            problems);
    assertThat(problems)
        .containsExactlyInAnyOrder(
            "there is no key \"rendition.some-byte\"; the nearest is rendition.some-bytes",
            "there is no key \"rendition.recipes.card\"; the nearest is rendition.recipe.…",
            "there is no key \"rendition.recipe.\"; the nearest is rendition.recipe.…",
            "there is no variable \"RENDITION_SOME_WURD\"; the nearest is RENDITION_SOME_WORD",
            "rendition.some-count: expected a whole number 1..100, was \"0\"",
            "rendition.some-time: expected a duration such as 30s, in milliseconds, was \"soon\"");
    assertThat(settings.get(COUNT)).isEqualTo(1);
  }

  @Test
  void familiesKeepWhatStandsBehindThem() {
    List<String> problems = new ArrayList<>();
    Settings settings =
        Settings.read(
            Map.of("rendition.recipe.card", "png", "rendition.recipe.a.b", "gif"),
            ALL,
            FAMILIES,
            problems);
    assertThat(problems).isEmpty();
    assertThat(settings.family("rendition.recipe."))
        .containsOnly(Map.entry("card", "png"), Map.entry("a.b", "gif"));
    assertThat(settings.family("rendition.other.")).isEmpty();
  }

  @Test
  void twoBackendsMayDeclareOneName() {
    ConfigKey<Integer> mine = ConfigKey.count("rendition.shared", "1", 1, 9, "Mine.");
    ConfigKey<String> yours = ConfigKey.text("rendition.shared", "", "Yours.");
    Settings settings =
        Settings.read(
            Map.of("rendition.shared", "7"), List.of(mine, yours), List.of(), new ArrayList<>());
    assertThat(settings.get(mine)).isEqualTo(7);
    assertThat(settings.get(yours)).isEqualTo("7");
  }

  @Test
  void anUndeclaredKeyIsADefectOfTheBackend() {
    Settings settings = Settings.read(Map.of(), List.of(), List.of(), new ArrayList<>());
    assertThatIllegalStateException()
        .isThrownBy(() -> settings.get(COUNT))
        .withMessageContaining("rendition.some-count");
  }

  @Test
  void aKeyIsNamedInOneWayAndReadsItsFallback() {
    assertThat(COUNT.environmentName()).isEqualTo("RENDITION_SOME_COUNT");
    for (String name :
        List.of("some", "rendition", "rendition.Some", "rendition.a_b", "rendition.")) {
      assertThatIllegalArgumentException().isThrownBy(() -> ConfigKey.text(name, "", "None."));
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ConfigKey.count("rendition.bad", "0", 1, 2, "Bad."))
        .withMessageContaining("fallback of rendition.bad");
  }

  @Test
  void secretsAreInNoText() {
    Settings settings =
        Settings.read(Map.of("rendition.some-secret", "hunter2"), ALL, FAMILIES, new ArrayList<>());
    assertThat(settings.get(SECRET)).isEqualTo("hunter2");
    assertThat(settings.toString()).contains("rendition.some-secret").doesNotContain("hunter2");
    assertThat(SECRET.toString()).isEqualTo("rendition.some-secret");
  }

  @Test
  void aConfigExceptionHoldsEveryProblemAndTravels() throws IOException, ClassNotFoundException {
    ConfigException one = new ConfigException(List.of("a\nforged"));
    assertThat(one).hasMessage("the configuration cannot be used: a?forged");
    ConfigException two = new ConfigException(List.of("a", "b"));
    assertThat(two).hasMessage("the configuration cannot be used, for 2 reasons:\n- a\n- b");
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(two);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      assertThat(((ConfigException) in.readObject()).problems()).containsExactly("a", "b");
    }
    assertThatIllegalArgumentException().isThrownBy(() -> new ConfigException(List.of()));
  }
}
