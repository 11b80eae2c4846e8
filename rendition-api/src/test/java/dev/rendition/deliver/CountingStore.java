package dev.rendition.deliver;

import dev.rendition.ForwardingStore;
import dev.rendition.asset.AssetAttributes;
import dev.rendition.asset.AssetContent;
import dev.rendition.asset.AssetInfo;
import dev.rendition.asset.AssetKey;
import dev.rendition.asset.AssetSource;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/** A memory store that notes every call, and fails those it is told to. */
final class CountingStore extends ForwardingStore {
  final List<String> calls = new CopyOnWriteArrayList<>();
  final Set<String> broken = ConcurrentHashMap.newKeySet();

  private void call(String verb, Object key) throws IOException {
    calls.add(verb + " " + key);
    if (broken.contains(verb)) {
      throw new IOException("scripted to fail at " + verb);
    }
  }

  @Override
  public AssetInfo put(AssetKey key, AssetSource source, AssetAttributes attributes)
      throws IOException {
    call("put", key);
    return super.put(key, source, attributes);
  }

  @Override
  public Optional<AssetInfo> putIfAbsent(
      AssetKey key, AssetSource source, AssetAttributes attributes) throws IOException {
    call("putIfAbsent", key);
    return super.putIfAbsent(key, source, attributes);
  }

  @Override
  public AssetContent open(AssetKey key) throws IOException {
    call("open", key);
    return super.open(key);
  }

  @Override
  public Optional<AssetInfo> stat(AssetKey key) throws IOException {
    call("stat", key);
    return super.stat(key);
  }

  @Override
  public Stream<AssetInfo> list(String tenant, String pathPrefix) throws IOException {
    call("list", pathPrefix);
    return super.list(tenant, pathPrefix);
  }

  @Override
  public boolean delete(AssetKey key) throws IOException {
    call("delete", key);
    return super.delete(key);
  }
}
