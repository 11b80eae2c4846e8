package dev.rendition.local;

import dev.rendition.asset.AssetStore;
import dev.rendition.testkit.AssetStoreContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class FileAssetStoreTest extends AssetStoreContract {
  @TempDir Path folder;

  @Override
  protected AssetStore newStore() throws IOException {
    return FileAssetStore.open(Files.createTempDirectory(folder, "store"));
  }

  @Override
  protected boolean supportsKeysBelowKeys() {
    return false;
  }
}
