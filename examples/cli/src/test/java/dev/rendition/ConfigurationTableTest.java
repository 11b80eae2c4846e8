package dev.rendition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rendition.config.ConfigKey;
import dev.rendition.spi.AssetStoreProvider;
import dev.rendition.spi.CdnInvalidatorProvider;
import dev.rendition.spi.RenditionGeneratorProvider;
import dev.rendition.spi.UrlSignerProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** docs/configuration.md lists exactly the keys the code declares, with what the code says. */
class ConfigurationTableTest {
  private static final Path TABLE = Path.of("..", "..", "docs", "configuration.md");

  @Test
  void theTableIsThatOfTheCode() throws IOException {
    List<String> documented =
        Files.readAllLines(TABLE).stream()
            .filter(line -> line.startsWith("| `rendition."))
            .toList();

    assertThat(documented).containsExactlyElementsOf(rows());
  }

  private static List<String> rows() {
    Map<String, ConfigKey<?>> keys = new TreeMap<>();
    ConfigKeys.ALL.forEach(key -> keys.put(key.name(), key));
    ServiceLoader.load(RenditionGeneratorProvider.class)
        .forEach(provider -> provider.keys().forEach(key -> keys.put(key.name(), key)));
    ServiceLoader.load(AssetStoreProvider.class)
        .forEach(provider -> provider.keys().forEach(key -> keys.put(key.name(), key)));
    ServiceLoader.load(UrlSignerProvider.class)
        .forEach(provider -> provider.keys().forEach(key -> keys.put(key.name(), key)));
    ServiceLoader.load(CdnInvalidatorProvider.class)
        .forEach(provider -> provider.keys().forEach(key -> keys.put(key.name(), key)));
    List<String> rows = new ArrayList<>();
    keys.values()
        .forEach(
            key ->
                rows.add(
                    String.format(
                        "| `%s` | `%s` | %s | %s | %s |",
                        key.name(),
                        key.environmentName(),
                        key.fallback().isEmpty() ? "" : "`" + key.fallback() + "`",
                        key.kind(),
                        key.description())));
    return rows;
  }
}
