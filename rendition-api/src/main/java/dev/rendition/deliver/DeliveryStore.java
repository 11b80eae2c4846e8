package dev.rendition.deliver;

import static java.util.Objects.requireNonNull;

import dev.rendition.asset.AssetAttributes;
import dev.rendition.asset.AssetContent;
import dev.rendition.asset.AssetInfo;
import dev.rendition.asset.AssetKey;
import dev.rendition.asset.AssetSource;
import dev.rendition.asset.AssetStore;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/**
 * The renditions store as a generator of this process sees it: everything goes to another store,
 * and the bytes of a rendition that a {@link ReadThrough} waits for are kept on the heap on their
 * way, so that they can be served at once, also if that store fails.
 *
 * <p>A failure of the store is told to the writer as it is; nothing is hidden. Keeps at most a
 * number of bytes at a time; what exceeds it is written and not kept. Safe for use by many threads;
 * closing it closes the other store.
 */
public final class DeliveryStore implements AssetStore {
  /** How many bytes are kept at a time unless told otherwise: 64 MiB. */
  public static final long DEFAULT_MAX_KEPT = 64L << 20;

  private final AssetStore store;
  private final long maxKept;
  private final Clock clock;
  private final AtomicLong kept = new AtomicLong();
  private final Map<AssetKey, Awaited> awaited = new ConcurrentHashMap<>();

  /** Wraps a store, which it owns from now on, and keeps {@link #DEFAULT_MAX_KEPT} bytes. */
  public DeliveryStore(AssetStore store) {
    this(store, DEFAULT_MAX_KEPT, Clock.systemUTC());
  }

  /**
   * Wraps a store, which it owns from now on.
   *
   * @param maxKept how many bytes are kept at a time, 0 for none
   * @param clock tells when bytes were made that no store took
   */
  public DeliveryStore(AssetStore store, long maxKept, Clock clock) {
    if (maxKept < 0) {
      throw new IllegalArgumentException("maxKept is 0 or more, was " + maxKept);
    }
    this.store = requireNonNull(store, "store");
    this.maxKept = maxKept;
    this.clock = requireNonNull(clock, "clock");
  }

  @Override
  public AssetInfo put(AssetKey key, AssetSource source, AssetAttributes attributes)
      throws IOException {
    return store.put(key, keep(key, source, attributes), attributes);
  }

  @Override
  public Optional<AssetInfo> putIfAbsent(
      AssetKey key, AssetSource source, AssetAttributes attributes) throws IOException {
    return store.putIfAbsent(key, keep(key, source, attributes), attributes);
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
  public void deleteAll(Collection<AssetKey> keys) throws IOException {
    store.deleteAll(keys);
  }

  @Override
  public boolean delete(AssetKey key) throws IOException {
    return store.delete(key);
  }

  @Override
  public Optional<URI> location(AssetKey key) {
    return store.location(key);
  }

  @Override
  public void close() throws IOException {
    store.close();
  }

  /** Names the other store. */
  @Override
  public String toString() {
    return "DeliveryStore[" + store + "]";
  }

  /** Returns how many bytes are kept at the moment. */
  long kept() {
    return kept.get();
  }

  /** Waits for the bytes of a key; whoever gets this closes it. */
  Awaited await(AssetKey key) {
    Awaited slot = new Awaited(key);
    Awaited other = awaited.putIfAbsent(key, slot);
    // Two flights for one target happen when two recipes differ in name only: one keeps.
    return other == null ? slot : new Awaited(key);
  }

  private AssetSource keep(AssetKey key, AssetSource source, AssetAttributes attributes)
      throws IOException {
    Awaited slot = awaited.get(key);
    if (slot == null || source.length().isEmpty()) {
      return source;
    }
    long length = source.length().getAsLong();
    if (length > Integer.MAX_VALUE - 9 || !take(length)) {
      return source;
    }
    byte[] bytes;
    try (InputStream in = source.open()) {
      bytes = in.readNBytes((int) length);
    } catch (IOException | RuntimeException e) {
      kept.addAndGet(-length);
      throw e;
    }
    AssetInfo info =
        new AssetInfo(
            key, bytes.length, source.mediaType(), sha256(bytes), clock.instant(), attributes);
    slot.fill(new KeptBytes(info, bytes), length);
    return source;
  }

  private boolean take(long length) {
    if (kept.addAndGet(length) <= maxKept) {
      return true;
    }
    kept.addAndGet(-length);
    return false;
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** A place for the bytes of one key. Closing it frees them. Safe for use by many threads. */
  final class Awaited implements AutoCloseable {
    private final AssetKey key;
    private Optional<KeptBytes> bytes = Optional.empty();
    private long taken;
    private boolean closed;

    private Awaited(AssetKey key) {
      this.key = key;
    }

    synchronized Optional<KeptBytes> bytes() {
      return bytes;
    }

    private synchronized void fill(KeptBytes fresh, long length) {
      kept.addAndGet(-taken);
      taken = length;
      bytes = Optional.of(fresh);
      if (closed) {
        free();
      }
    }

    /** Ends the waiting; what was kept stays until {@link #close}. */
    void stop() {
      awaited.remove(key, this);
    }

    @Override
    public synchronized void close() {
      stop();
      closed = true;
      free();
    }

    private void free() {
      kept.addAndGet(-taken);
      taken = 0;
      bytes = Optional.empty();
    }
  }
}
