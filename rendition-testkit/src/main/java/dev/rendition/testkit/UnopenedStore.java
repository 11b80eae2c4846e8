package dev.rendition.testkit;

import dev.rendition.asset.AssetAttributes;
import dev.rendition.asset.AssetContent;
import dev.rendition.asset.AssetInfo;
import dev.rendition.asset.AssetKey;
import dev.rendition.asset.AssetSource;
import dev.rendition.asset.AssetStore;
import java.io.IOException;
import java.util.Optional;
import java.util.stream.Stream;

/** Stands where a test has no store yet. Every call but {@link #close} fails. */
final class UnopenedStore implements AssetStore {
  @Override
  public AssetInfo put(AssetKey key, AssetSource source, AssetAttributes attributes)
      throws IOException {
    throw unopened();
  }

  @Override
  public Optional<AssetInfo> putIfAbsent(
      AssetKey key, AssetSource source, AssetAttributes attributes) throws IOException {
    throw unopened();
  }

  @Override
  public AssetContent open(AssetKey key) throws IOException {
    throw unopened();
  }

  @Override
  public Optional<AssetInfo> stat(AssetKey key) throws IOException {
    throw unopened();
  }

  @Override
  public Stream<AssetInfo> list(String tenant, String pathPrefix) throws IOException {
    throw unopened();
  }

  @Override
  public boolean delete(AssetKey key) throws IOException {
    throw unopened();
  }

  @Override
  public void close() {}

  private static IOException unopened() {
    return new IOException("no store has been opened for this test");
  }
}
