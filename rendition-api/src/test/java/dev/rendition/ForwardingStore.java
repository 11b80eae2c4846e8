package dev.rendition;

import dev.rendition.asset.AssetAttributes;
import dev.rendition.asset.AssetContent;
import dev.rendition.asset.AssetInfo;
import dev.rendition.asset.AssetKey;
import dev.rendition.asset.AssetSource;
import dev.rendition.asset.AssetStore;
import dev.rendition.asset.MemoryAssetStore;
import java.io.IOException;
import java.util.Optional;
import java.util.stream.Stream;

/** A memory store whose calls a test may override. */
public class ForwardingStore implements AssetStore {
  public final AssetStore store = new MemoryAssetStore();

  @Override
  public AssetInfo put(AssetKey key, AssetSource source, AssetAttributes attributes)
      throws IOException {
    return store.put(key, source, attributes);
  }

  @Override
  public Optional<AssetInfo> putIfAbsent(
      AssetKey key, AssetSource source, AssetAttributes attributes) throws IOException {
    return store.putIfAbsent(key, source, attributes);
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
  public boolean delete(AssetKey key) throws IOException {
    return store.delete(key);
  }

  @Override
  public void close() throws IOException {
    store.close();
  }
}
