package dev.rendition.spi;

import dev.rendition.asset.UrlSigner;
import dev.rendition.config.ConfigException;
import dev.rendition.config.ConfigKey;
import dev.rendition.config.Settings;
import java.util.List;

/**
 * Makes a signer from settings. Found by {@link java.util.ServiceLoader} for the configuration door
 * only.
 */
public interface UrlSignerProvider {
  /** Returns the word of {@code rendition.urls.signer} that chooses this backend. */
  String name();

  /** Returns every key this backend reads. */
  List<ConfigKey<?>> keys();

  /**
   * Makes a signer for the renditions store.
   *
   * @throws ConfigException if the settings cannot be used together
   */
  UrlSigner create(Settings settings);

  /**
   * Makes a signer for the originals store; refuses unless overridden.
   *
   * @throws ConfigException if the settings cannot be used together, or this backend makes no such
   *     links
   */
  default UrlSigner createForOriginals(Settings settings) {
    throw new ConfigException(
        List.of("rendition.urls.originals.signer: " + name() + " makes no links to originals"));
  }
}
