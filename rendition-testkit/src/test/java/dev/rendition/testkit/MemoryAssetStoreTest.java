package dev.rendition.testkit;

import dev.rendition.asset.AssetStore;
import dev.rendition.asset.MemoryAssetStore;

class MemoryAssetStoreTest extends AssetStoreContract {
  @Override
  protected AssetStore newStore() {
    return new MemoryAssetStore();
  }
}
