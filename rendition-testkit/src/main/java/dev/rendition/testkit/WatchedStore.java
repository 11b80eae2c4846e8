package dev.rendition.testkit;

import static java.util.Objects.requireNonNull;

import dev.rendition.asset.AssetAttributes;
import dev.rendition.asset.AssetContent;
import dev.rendition.asset.AssetInfo;
import dev.rendition.asset.AssetKey;
import dev.rendition.asset.AssetSource;
import dev.rendition.asset.AssetStore;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Another store, with a list of the keys opened, and doors that can be shut. */
final class WatchedStore implements AssetStore {
  private final AssetStore store;
  private final List<AssetKey> opened = new ArrayList<>();
  private final Set<AssetKey> unwritable = ConcurrentHashMap.newKeySet();
  private final Set<AssetKey> unreadable = ConcurrentHashMap.newKeySet();
  private final CountDownLatch released = new CountDownLatch(1);
  private volatile @Nullable Thread holder;

  WatchedStore(AssetStore store) {
    this.store = requireNonNull(store, "store");
  }

  /** Returns every key opened so far, once for each time. */
  List<AssetKey> opened() {
    synchronized (opened) {
      return List.copyOf(opened);
    }
  }

  /** Lets every write of a key fail from now on. */
  void refuseWriting(AssetKey key) {
    unwritable.add(key);
  }

  /** Lets every reading of a key fail from now on. */
  void refuseReading(AssetKey key) {
    unreadable.add(key);
  }

  /**
   * Lets {@link #open} wait from now on until {@link #release} is called, for 5 seconds at most. On
   * the calling thread, which is the one that will release it, it fails at once instead.
   */
  void hold() {
    holder = Thread.currentThread();
  }

  /** Lets everything through that is held. */
  void release() {
    holder = null;
    released.countDown();
  }

  @Override
  public AssetInfo put(AssetKey key, AssetSource source, AssetAttributes attributes)
      throws IOException {
    requireWritable(key);
    return store.put(key, source, attributes);
  }

  @Override
  public Optional<AssetInfo> putIfAbsent(
      AssetKey key, AssetSource source, AssetAttributes attributes) throws IOException {
    requireWritable(key);
    return store.putIfAbsent(key, source, attributes);
  }

  @Override
  public AssetContent open(AssetKey key) throws IOException {
    synchronized (opened) {
      opened.add(key);
    }
    if (unreadable.contains(key)) {
      throw new IOException("reading " + key + " fails on command");
    }
    Thread waitedFor = holder;
    if (waitedFor != null) {
      waitFor(waitedFor);
    }
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

  private void waitFor(Thread other) throws IOException {
    if (Thread.currentThread() == other) {
      throw new IllegalStateException("the store was called on the thread of the caller");
    }
    try {
      if (!released.await(5, TimeUnit.SECONDS)) {
        throw new IOException("held for 5 seconds on command");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while held on command");
    }
  }

  private void requireWritable(AssetKey key) throws IOException {
    if (unwritable.contains(key)) {
      throw new IOException("writing " + key + " fails on command");
    }
  }
}
