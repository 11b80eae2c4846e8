package dev.rendition.local;

import dev.rendition.asset.AssetStore;
import dev.rendition.testkit.AssetStoreContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** The layout of a file system that folds case keeps the contract too. */
class FileAssetStoreFoldedCaseTest extends AssetStoreContract {
  @TempDir Path folder;

  @Override
  protected AssetStore newStore() throws IOException {
    Path root = Files.createTempDirectory(folder, "store");
    return FileAssetStore.open(root, new StoreFormat(true, true));
  }

  @Override
  protected boolean supportsKeysBelowKeys() {
    return false;
  }

  @Override
  protected int raceKeys() {
    return 10;
  }

  @Override
  protected int deepestFolders() {
    return 50;
  }
}
