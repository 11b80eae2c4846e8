package dev.rendition.spi;

import dev.rendition.asset.AssetStore;
import dev.rendition.config.ConfigException;
import dev.rendition.config.ConfigKey;
import dev.rendition.config.Settings;
import java.io.IOException;
import java.util.List;

/**
 * Opens stores of one kind of place. Found by {@link java.util.ServiceLoader} for the configuration
 * door only.
 */
public interface AssetStoreProvider {
  /**
   * Returns what stands before the first colon of a place: {@code file}, {@code memory}, {@code
   * s3}.
   */
  String scheme();

  /** Returns every key this backend reads. */
  List<ConfigKey<?>> keys();

  /**
   * Opens a store, which the caller closes.
   *
   * @param place the whole text of {@code rendition.originals} or {@code rendition.renditions}
   * @throws ConfigException if the place or the settings cannot be used
   * @throws IOException if the place cannot be reached
   */
  AssetStore create(String place, Settings settings) throws IOException;
}
