package dev.rendition.asset;

import java.io.IOException;

/** No asset has the key. */
public final class AssetNotFoundException extends IOException {
  private static final long serialVersionUID = 1L;

  private final String key;

  public AssetNotFoundException(AssetKey key) {
    super("there is no asset " + key);
    this.key = key.toString();
  }

  /** Returns the key that names nothing. */
  public AssetKey key() {
    return AssetKey.parse(key);
  }
}
