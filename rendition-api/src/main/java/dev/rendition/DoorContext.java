package dev.rendition;

import dev.rendition.asset.AssetStore;
import dev.rendition.config.Settings;
import dev.rendition.generate.RenditionGenerator;
import dev.rendition.generate.RenditionListener;
import dev.rendition.spi.GeneratorContext;
import java.io.IOException;

/** What the configuration door hands to a generator's provider. */
record DoorContext(
    Settings settings,
    AssetStore originals,
    AssetStore renditions,
    ClassLoader classLoader,
    RenditionListener listener,
    Maker maker)
    implements GeneratorContext {
  @Override
  public RenditionGenerator generator(String name) throws IOException {
    return maker.make(name, this);
  }

  /** Makes a generator by its provider's name. */
  @FunctionalInterface
  interface Maker {
    RenditionGenerator make(String name, DoorContext context) throws IOException;
  }
}
