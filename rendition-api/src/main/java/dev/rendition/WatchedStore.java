package dev.rendition;

import dev.rendition.asset.AssetAttributes;
import dev.rendition.asset.AssetContent;
import dev.rendition.asset.AssetInfo;
import dev.rendition.asset.AssetKey;
import dev.rendition.asset.AssetSource;
import dev.rendition.asset.AssetStore;
import java.io.IOException;
import java.net.URI;
import java.util.Collection;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Tells which assets of a store change through it, after each attempt: one that failed may have
 * changed something too. Closing it does nothing, the store is another's.
 */
final class WatchedStore implements AssetStore {
  private final AssetStore store;
  private final Consumer<AssetKey> changed;

  WatchedStore(AssetStore store, Consumer<AssetKey> changed) {
    this.store = store;
    this.changed = changed;
  }

  @Override
  public AssetInfo put(AssetKey key, AssetSource source, AssetAttributes attributes)
      throws IOException {
    try {
      return store.put(key, source, attributes);
    } finally {
      changed.accept(key);
    }
  }

  @Override
  public Optional<AssetInfo> putIfAbsent(
      AssetKey key, AssetSource source, AssetAttributes attributes) throws IOException {
    try {
      return store.putIfAbsent(key, source, attributes);
    } finally {
      changed.accept(key);
    }
  }

  @Override
  public boolean delete(AssetKey key) throws IOException {
    try {
      return store.delete(key);
    } finally {
      changed.accept(key);
    }
  }

  @Override
  public void deleteAll(Collection<AssetKey> keys) throws IOException {
    try {
      store.deleteAll(keys);
    } finally {
      keys.forEach(changed);
    }
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

  @Override
  public Optional<URI> location(AssetKey key) {
    return store.location(key);
  }

  @Override
  public void close() {}

  /** Names the other store. */
  @Override
  public String toString() {
    return store.toString();
  }
}
