package dev.rendition.s3;

import dev.rendition.asset.AssetStore;
import dev.rendition.testkit.AssetStoreContract;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** What every store promises, over the real protocol: assets lie under their tenant. */
class S3AssetStoreTest extends AssetStoreContract {
  private static LocalS3 server;

  @BeforeAll
  static void startServer() throws Exception {
    server = new LocalS3();
  }

  @AfterAll
  static void stopServer() throws Exception {
    server.close();
  }

  @Override
  protected AssetStore newStore() {
    return server.newStore();
  }
}
