package dev.rendition.compose;

import static java.util.Objects.requireNonNull;

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

/**
 * Lets another store be read and refuses every change. Closing it closes that store. Safe for use
 * by many threads.
 */
public final class ReadOnlyStore implements AssetStore {
  private final AssetStore store;

  /** Guards a store, which it owns from now on. */
  public ReadOnlyStore(AssetStore store) {
    this.store = requireNonNull(store, "store");
  }

  /** Always fails. */
  @Override
  public AssetInfo put(AssetKey key, AssetSource source, AssetAttributes attributes)
      throws IOException {
    throw refused(key);
  }

  /** Always fails. */
  @Override
  public Optional<AssetInfo> putIfAbsent(
      AssetKey key, AssetSource source, AssetAttributes attributes) throws IOException {
    throw refused(key);
  }

  @Override
  public AssetContent open(AssetKey key) throws IOException {
    return store.open(key);
  }

  @Override
  public Optional<AssetInfo> stat(AssetKey key) throws IOException {
    return store.stat(key);
  }

  @Override
  public Stream<AssetInfo> list(String tenant, String pathPrefix) throws IOException {
    return store.list(tenant, pathPrefix);
  }

  @Override
  public Stream<AssetKey> keys(String tenant, String pathPrefix) throws IOException {
    return store.keys(tenant, pathPrefix);
  }

  /** Always fails. */
  @Override
  public boolean delete(AssetKey key) throws IOException {
    throw refused(key);
  }

  @Override
  public Optional<URI> location(AssetKey key) {
    return store.location(key);
  }

  @Override
  public void close() throws IOException {
    store.close();
  }

  private static IOException refused(AssetKey key) {
    return new IOException("the store is read-only; " + key + " stays as it is");
  }
}
