package dev.rendition.spi;

import dev.rendition.asset.CdnInvalidator;
import dev.rendition.config.ConfigException;
import dev.rendition.config.ConfigKey;
import dev.rendition.config.Settings;
import java.util.List;

/**
 * Makes who empties a content delivery network from settings. Found by {@link
 * java.util.ServiceLoader} for the configuration door only.
 */
public interface CdnInvalidatorProvider {
  /** Returns the word of {@code rendition.cdn} that chooses this backend. */
  String name();

  /** Returns every key this backend reads. */
  List<ConfigKey<?>> keys();

  /**
   * Makes an invalidator for the renditions' links. Where it is {@link AutoCloseable}, {@code
   * Renditions} closes it.
   *
   * @throws ConfigException if the settings cannot be used together
   */
  CdnInvalidator create(Settings settings);
}
