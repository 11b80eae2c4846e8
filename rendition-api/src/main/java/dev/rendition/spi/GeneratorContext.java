package dev.rendition.spi;

import dev.rendition.asset.AssetStore;
import dev.rendition.config.Settings;
import dev.rendition.generate.RenditionGenerator;
import dev.rendition.generate.RenditionListener;
import java.io.IOException;

/** What a generator is made from. */
public interface GeneratorContext {
  /** Returns the settings, read by every provider's keys. */
  Settings settings();

  /** Returns where originals are read; the generator does not close it. */
  AssetStore originals();

  /** Returns where renditions are written; the generator does not close it. */
  AssetStore renditions();

  /** Returns the class loader of the configuration door, to find further services with. */
  ClassLoader classLoader();

  /**
   * Returns who wants to be told of the stages of requests; a generator that works in this process
   * tells it {@link RenditionListener#stage} and nothing else. Nobody, unless overridden.
   */
  default RenditionListener listener() {
    return new RenditionListener() {};
  }

  /**
   * Makes another generator by its provider's name, for generators made of generators. The caller
   * closes it.
   *
   * @throws IOException as {@link RenditionGeneratorProvider#create}
   */
  RenditionGenerator generator(String name) throws IOException;
}
