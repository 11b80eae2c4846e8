package dev.rendition.spi;

import dev.rendition.asset.AssetStore;
import dev.rendition.asset.MemoryAssetStore;
import dev.rendition.config.ConfigException;
import dev.rendition.config.ConfigKey;
import dev.rendition.config.Settings;
import java.time.Clock;
import java.util.List;

/** Opens a {@link MemoryAssetStore} for the place {@code memory:}. */
public final class MemoryStoreProvider implements AssetStoreProvider {
  static final ConfigKey<Long> MAX_BYTES =
      ConfigKey.bytes(
          "rendition.memory.max-bytes",
          "256MiB",
          1,
          1L << 40,
          "The most bytes a memory: store holds; more is refused.");

  @Override
  public String scheme() {
    return "memory";
  }

  @Override
  public List<ConfigKey<?>> keys() {
    return List.of(MAX_BYTES);
  }

  @Override
  public AssetStore create(String place, Settings settings) {
    if (!place.equals("memory:")) {
      throw new ConfigException(
          List.of("a memory store is written memory: and nothing more, was " + place));
    }
    return new MemoryAssetStore(settings.get(MAX_BYTES), Clock.systemUTC());
  }
}
