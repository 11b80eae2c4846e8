package dev.rendition.s3;

import dev.rendition.asset.AssetStore;
import dev.rendition.config.ConfigException;
import dev.rendition.config.ConfigKey;
import dev.rendition.config.Settings;
import dev.rendition.spi.AssetStoreProvider;
import java.util.ArrayList;
import java.util.List;

/**
 * Opens an {@link S3AssetStore} for a place such as {@code s3://bucket/prefix?region=eu-central-1}.
 * Behind the question mark may stand region, endpoint, path-style, acl, encryption, kms-key and
 * treat-forbidden-as-missing, each in place of the key {@code rendition.s3.…} of that name.
 */
public final class S3StoreProvider implements AssetStoreProvider {
  @Override
  public String scheme() {
    return "s3";
  }

  @Override
  public List<ConfigKey<?>> keys() {
    List<ConfigKey<?>> keys = new ArrayList<>(S3Keys.CONNECTION);
    keys.addAll(S3Keys.STORE);
    return keys;
  }

  /**
   * Makes the store of a place, as {@link AssetStoreProvider#create} says. S3 is not asked
   * anything.
   */
  @Override
  public AssetStore create(String place, Settings settings) {
    S3Location location = S3Location.read(place, settings);
    S3AssetStore.Builder builder = location.store();
    location.requireUsable();
    try {
      return builder.build();
    } catch (IllegalArgumentException e) {
      throw new ConfigException(List.of("the place " + location.place() + ": " + e.getMessage()));
    }
  }
}
