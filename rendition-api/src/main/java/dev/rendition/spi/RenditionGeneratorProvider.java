package dev.rendition.spi;

import dev.rendition.config.ConfigException;
import dev.rendition.config.ConfigKey;
import dev.rendition.generate.RenditionGenerator;
import java.io.IOException;
import java.util.List;

/**
 * Makes a generator from settings. Found by {@link java.util.ServiceLoader} for the configuration
 * door only.
 */
public interface RenditionGeneratorProvider {
  /** Returns the word of {@code rendition.generator} that chooses this backend. */
  String name();

  /** Returns every key this backend reads. */
  List<ConfigKey<?>> keys();

  /**
   * Makes a generator, which the caller closes.
   *
   * @throws ConfigException if the settings cannot be used together
   * @throws IOException if something outside, such as a folder, cannot be used
   */
  RenditionGenerator create(GeneratorContext context) throws IOException;
}
