package dev.rendition.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rendition.RenditionConfig;
import dev.rendition.config.ConfigKey;
import dev.rendition.config.Settings;
import dev.rendition.local.LocalGeneratorProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SetupTest {
  private static final String BUDGET = "rendition.local.memory-budget";

  @TempDir Path folder;

  @Test
  void picturesMayTakeSixTenthsOfTheHeapUnlessConfigured() throws IOException {
    long expected = Runtime.getRuntime().maxMemory() / 10 * 6;
    Path other = Files.writeString(folder.resolve("other"), "rendition.timeout=5s");

    assertThat(budget(Setup.config(null))).isEqualTo(expected);
    assertThat(budget(Setup.config(other))).isEqualTo(expected);
  }

  @Test
  void theConfiguredMemoryBudgetHolds() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), BUDGET + "=48MiB");
    Path zero = Files.writeString(folder.resolve("zero"), BUDGET + "=0");

    assertThat(budget(Setup.config(file))).isEqualTo(48L << 20);
    assertThat(budget(Setup.config(zero))).isEqualTo(0L);
  }

  private static Object budget(RenditionConfig config) {
    LocalGeneratorProvider provider = new LocalGeneratorProvider();
    Settings settings = config.read(provider.keys());
    ConfigKey<?> key =
        provider.keys().stream()
            .filter(each -> each.name().equals(BUDGET))
            .findFirst()
            .orElseThrow();
    return settings.get(key);
  }
}
