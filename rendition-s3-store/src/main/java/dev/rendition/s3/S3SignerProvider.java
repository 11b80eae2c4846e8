package dev.rendition.s3;

import dev.rendition.asset.UrlSigner;
import dev.rendition.config.ConfigException;
import dev.rendition.config.ConfigKey;
import dev.rendition.config.Settings;
import dev.rendition.spi.UrlSignerProvider;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes an {@link S3UrlSigner} for {@code rendition.urls.signer=s3}, over the renditions' place,
 * and for {@code rendition.urls.originals.signer=s3}, over the originals'.
 */
public final class S3SignerProvider implements UrlSignerProvider {
  /** The same keys as the facade's, read once more: a signer is made from settings alone. */
  static final ConfigKey<String> ORIGINALS =
      ConfigKey.text(
          "rendition.originals",
          "",
          "Where originals are: memory:, file:/folder, s3://bucket/prefix. Required.");

  static final ConfigKey<String> RENDITIONS =
      ConfigKey.text(
          "rendition.renditions",
          "",
          "Where renditions go: memory:, file:/folder, s3://bucket/prefix. Required.");

  @Override
  public String name() {
    return "s3";
  }

  @Override
  public List<ConfigKey<?>> keys() {
    List<ConfigKey<?>> keys = new ArrayList<>(S3Keys.CONNECTION);
    // A place may carry what only stores read, and its words are checked.
    keys.addAll(S3Keys.STORE);
    keys.add(ORIGINALS);
    keys.add(RENDITIONS);
    return keys;
  }

  @Override
  public UrlSigner create(Settings settings) {
    return signer("rendition.urls.signer", RENDITIONS, settings);
  }

  @Override
  public UrlSigner createForOriginals(Settings settings) {
    return signer("rendition.urls.originals.signer", ORIGINALS, settings);
  }

  private static UrlSigner signer(String chosenBy, ConfigKey<String> store, Settings settings) {
    String place = settings.get(store);
    if (!place.startsWith("s3:")) {
      throw new ConfigException(
          List.of(
              chosenBy
                  + ": s3 signs links to what lies in S3, and "
                  + store.name()
                  + " is "
                  + (place.isEmpty() ? "not set" : place)));
    }
    S3Location location = S3Location.read(place, settings);
    S3Connection connection = location.connection();
    location.requireUsable();
    try {
      return S3UrlSigner.of(location.place(), connection);
    } catch (IllegalArgumentException e) {
      throw new ConfigException(List.of(chosenBy + ": " + e.getMessage()));
    }
  }
}
