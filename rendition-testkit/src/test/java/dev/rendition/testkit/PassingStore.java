package dev.rendition.testkit;

import dev.rendition.asset.AssetAttributes;
import dev.rendition.asset.AssetContent;
import dev.rendition.asset.AssetInfo;
import dev.rendition.asset.AssetKey;
import dev.rendition.asset.AssetSource;
import dev.rendition.asset.AssetStore;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import java.util.stream.Stream;

/** Passes every call on to a store that keeps the contract; subclasses break one thing. */
class PassingStore implements AssetStore {
  final AssetStore good;

  PassingStore(AssetStore good) {
    this.good = good;
  }

  @Override
  public AssetInfo put(AssetKey key, AssetSource source, AssetAttributes attributes)
      throws IOException {
    return good.put(key, source, attributes);
  }

  @Override
  public Optional<AssetInfo> putIfAbsent(
      AssetKey key, AssetSource source, AssetAttributes attributes) throws IOException {
    return good.putIfAbsent(key, source, attributes);
  }

  @Override
  public AssetContent open(AssetKey key) throws IOException {
    return good.open(key);
  }

  @Override
  public Optional<AssetInfo> stat(AssetKey key) throws IOException {
    return good.stat(key);
  }

  @Override
  public Stream<AssetInfo> list(String tenant, String pathPrefix) throws IOException {
    return good.list(tenant, pathPrefix);
  }

  @Override
  public boolean delete(AssetKey key) throws IOException {
    return good.delete(key);
  }

  @Override
  public Optional<URI> location(AssetKey key) {
    return good.location(key);
  }

  @Override
  public void close() throws IOException {
    good.close();
  }
}
