package dev.rendition.local;

import dev.rendition.asset.AssetStore;
import dev.rendition.testkit.AssetStoreContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** The contract for a store that is laid out for another file system than that of the test. */
abstract class FileAssetStoreOfAnotherKind extends AssetStoreContract {
  private final StoreFormat format;

  @TempDir Path folder;

  FileAssetStoreOfAnotherKind(StoreFormat format) {
    this.format = format;
  }

  @Override
  protected AssetStore newStore() throws IOException {
    return FileAssetStore.open(Files.createTempDirectory(folder, "store"), format);
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
