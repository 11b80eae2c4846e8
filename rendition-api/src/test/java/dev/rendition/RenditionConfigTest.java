package dev.rendition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.rendition.config.ConfigException;
import dev.rendition.config.ConfigKey;
import dev.rendition.config.Settings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RenditionConfigTest {
  @TempDir private Path folder;

  @Test
  void propertiesOfOthersAreIgnored() {
    Properties properties = new Properties();
    properties.setProperty("rendition.generator", "local");
    properties.setProperty("java.home", "/");
    properties.setProperty("renditions", "x");
    assertThat(texts(RenditionConfig.of(properties)))
        .containsExactly(Map.entry("rendition.generator", "local"));
  }

  @Test
  void someKeysCanBeReadAlone() {
    ConfigKey<Integer> count = ConfigKey.count("rendition.some.count", "7", 1, 100, "One.");
    ConfigKey<String> other = ConfigKey.text("rendition.other", "usual", "Another.");
    RenditionConfig config =
        RenditionConfig.of(Map.of("rendition.unknown", "x", "rendition.recipe.card", "png"))
            .overriddenBy(RenditionConfig.ofEnvironment(Map.of("RENDITION_SOME_COUNT", "42")));

    Settings settings = config.read(List.of(count, other));

    assertThat(settings.get(count)).isEqualTo(42);
    assertThat(settings.get(other)).isEqualTo("usual");
    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(() -> config.with("rendition.some.count", "0").read(List.of(count)))
        .satisfies(
            e ->
                assertThat(e.problems())
                    .containsExactly(
                        "rendition.some.count: expected a whole number 1..100, was \"0\""));
  }

  @Test
  void theEnvironmentFormNamesTheSameKeys() {
    RenditionConfig config =
        RenditionConfig.ofEnvironment(
            Map.of(
                "RENDITION_GENERATOR", "local",
                "RENDITION_URLS_PUBLIC_BASE", "https://h/",
                "RENDITION_LAYOUT_REWRITE_FROM", "photo",
                "RENDITION_RECIPE_CARD", "png",
                "RENDITION_RECIPE_CARD_SMALL", "gif",
                "RENDITION_NONSENSE", "1",
                "PATH", "/bin"));
    assertThat(texts(config))
        .containsOnly(
            Map.entry("rendition.generator", "local"),
            Map.entry("rendition.urls.public-base", "https://h/"),
            Map.entry("rendition.layout.rewrite-from", "photo"),
            Map.entry("rendition.recipe.card", "png"),
            Map.entry("rendition.recipe.card-small", "gif"),
            Map.entry("RENDITION_NONSENSE", "1"));
  }

  @Test
  void noTwoKeysShareAnEnvironmentForm() {
    Set<String> forms = new HashSet<>();
    for (ConfigKey<?> key : ConfigKeys.ALL) {
      assertThat(forms.add(key.environmentName())).as(key.name()).isTrue();
    }
  }

  @Test
  void theLaterSettingsHold() {
    RenditionConfig file =
        RenditionConfig.of(
            Map.of(
                "rendition.generator", "local",
                "rendition.originals", "memory:",
                "rendition.recipe.card_small", "png"));
    RenditionConfig environment =
        RenditionConfig.ofEnvironment(
            Map.of("RENDITION_GENERATOR", "lambda", "RENDITION_RECIPE_CARD_SMALL", "gif"));
    assertThat(texts(file.overriddenBy(environment)))
        .containsOnly(
            Map.entry("rendition.generator", "lambda"),
            Map.entry("rendition.originals", "memory:"),
            Map.entry("rendition.recipe.card_small", "gif"));
    assertThat(texts(environment.overriddenBy(file)))
        .containsOnly(
            Map.entry("rendition.generator", "local"),
            Map.entry("rendition.originals", "memory:"),
            Map.entry("rendition.recipe.card_small", "png"));
    assertThat(texts(environment.with("rendition.generator", "failover")))
        .containsEntry("rendition.generator", "failover");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> file.with("generator", "local"))
        .withMessageContaining("rendition.");
  }

  @Test
  void aFileIsReadInUtf8WithOrWithoutAByteOrderMark() throws IOException {
    for (String begin : List.of("", "\ufeff")) {
      Path file =
          Files.writeString(
              folder.resolve("r.properties"),
              begin + "rendition.generator=lökal\n# comment\nrendition.originals = memory:\n");
      assertThat(texts(RenditionConfig.ofFile(file)))
          .containsOnly(
              Map.entry("rendition.generator", "lökal"),
              Map.entry("rendition.originals", "memory:"));
    }
    Path empty = Files.createFile(folder.resolve("empty.properties"));
    assertThat(texts(RenditionConfig.ofFile(empty))).isEmpty();
  }

  @Test
  void aFileThatCannotBeReadIsNamed() throws IOException {
    Path absent = folder.resolve("absent.properties");
    assertThatExceptionOfType(NoSuchFileException.class)
        .isThrownBy(() -> RenditionConfig.ofFile(absent))
        .withMessageContaining("absent.properties");
    Path bad = Files.writeString(folder.resolve("bad.properties"), "rendition.a=\\u00zz");
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> RenditionConfig.ofFile(bad))
        .withMessageContaining("bad.properties is no properties file");
  }

  @Property(tries = 200)
  void anyFileIsSettingsOrARefusal(@ForAll byte[] bytes) throws IOException {
    Path file = Files.createTempFile("rendition", ".properties");
    try {
      Files.write(file, bytes);
      assertThat(texts(RenditionConfig.ofFile(file)).keySet())
          .allMatch(name -> name.startsWith("rendition."));
      Files.write(
          file,
          ("rendition.x=" + new String(bytes, StandardCharsets.ISO_8859_1))
              .getBytes(StandardCharsets.UTF_8));
      assertThat(RenditionConfig.ofFile(file).toString()).startsWith("settings for ");
    } catch (IOException e) {
      assertThat(e.getMessage()).contains(file.toString());
    } finally {
      Files.delete(file);
    }
  }

  private static Map<String, String> texts(RenditionConfig config) {
    return config.texts(ConfigKeys.ALL, ConfigKeys.FAMILIES);
  }
}
