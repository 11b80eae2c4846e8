package dev.rendition.s3;

import dev.rendition.asset.AssetStore;
import dev.rendition.testkit.AssetStoreContract;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** What every store promises, below a prefix with the tenant in it, with large assets in parts. */
class S3AssetStorePartsTest extends AssetStoreContract {
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
    return S3AssetStore.builder(server.newBucket() + "/{tenant}")
        .connection(server.connection())
        .partSize(5 << 20)
        .parallelParts(2)
        .build();
  }

  @Override
  protected int raceKeys() {
    return 10;
  }
}
