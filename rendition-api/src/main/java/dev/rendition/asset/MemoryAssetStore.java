package dev.rendition.asset;

import static java.util.Objects.requireNonNull;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/**
 * Keeps assets on the heap: for tests, demos and small caches. Holds at most the number of bytes
 * given and refuses what would exceed it; while an asset is replaced, its old and its new bytes
 * count. Safe for use by many threads.
 */
public final class MemoryAssetStore implements AssetStore {
  /** The most bytes a store holds unless told otherwise: 256 MiB. */
  public static final long DEFAULT_MAX_BYTES = 256L << 20;

  /** The longest asset: what one array holds on every virtual machine, one byte spared. */
  private static final int LARGEST = Integer.MAX_VALUE - 9;

  private final Map<AssetKey, Held> assets = new ConcurrentSkipListMap<>();
  private final AtomicLong held = new AtomicLong();
  private final long maxBytes;
  private final Clock clock;
  private volatile boolean closed;

  /** Makes a store of {@link #DEFAULT_MAX_BYTES} on the system's clock. */
  public MemoryAssetStore() {
    this(DEFAULT_MAX_BYTES, Clock.systemUTC());
  }

  /**
   * Makes a store.
   *
   * @param maxBytes the sum of all assets' bytes that is not exceeded, 1 or more
   * @param clock tells {@link AssetInfo#modified()}
   */
  public MemoryAssetStore(long maxBytes, Clock clock) {
    if (maxBytes < 1) {
      throw new IllegalArgumentException("maxBytes is 1 or more, was " + maxBytes);
    }
    this.maxBytes = maxBytes;
    this.clock = requireNonNull(clock, "clock");
  }

  @Override
  public AssetInfo put(AssetKey key, AssetSource source, AssetAttributes attributes)
      throws IOException {
    Held fresh = read(key, source, attributes);
    Held before = assets.put(key, fresh);
    if (before != null) {
      held.addAndGet(-before.bytes.length);
    }
    return fresh.info;
  }

  @Override
  public Optional<AssetInfo> putIfAbsent(
      AssetKey key, AssetSource source, AssetAttributes attributes) throws IOException {
    requireOpen();
    if (assets.containsKey(key)) {
      return Optional.empty();
    }
    Held fresh = read(key, source, attributes);
    if (assets.putIfAbsent(key, fresh) != null) {
      held.addAndGet(-fresh.bytes.length);
      return Optional.empty();
    }
    return Optional.of(fresh.info);
  }

  @Override
  public AssetContent open(AssetKey key) throws IOException {
    requireOpen();
    Held found = assets.get(key);
    if (found == null) {
      throw new AssetNotFoundException(key);
    }
    return AssetContent.of(found.info, new ByteArrayInputStream(found.bytes));
  }

  @Override
  public Optional<AssetInfo> stat(AssetKey key) throws IOException {
    requireOpen();
    return Optional.ofNullable(assets.get(key)).map(Held::info);
  }

  @Override
  public Stream<AssetInfo> list(String tenant, String pathPrefix) throws IOException {
    requireOpen();
    AssetKey.requireTenant(tenant);
    requireNonNull(pathPrefix, "pathPrefix");
    return assets.values().stream()
        .map(Held::info)
        .filter(
            info -> info.key().tenant().equals(tenant) && info.key().path().startsWith(pathPrefix));
  }

  @Override
  public boolean delete(AssetKey key) throws IOException {
    requireOpen();
    Held gone = assets.remove(key);
    if (gone == null) {
      return false;
    }
    held.addAndGet(-gone.bytes.length);
    return true;
  }

  /** Forgets every asset. */
  @Override
  public void close() {
    closed = true;
    assets.clear();
  }

  private void requireOpen() throws IOException {
    if (closed) {
      throw new IOException("this memory store is closed");
    }
  }

  private Held read(AssetKey key, AssetSource source, AssetAttributes attributes)
      throws IOException {
    requireOpen();
    requireNonNull(attributes, "attributes");
    OptionalLong length = source.length();
    long declared = length.orElse(0);
    // Other writers may have taken more than there is for a moment, until they notice.
    long room = Math.max(0, Math.min(maxBytes - held.get(), LARGEST));
    if (declared > room) {
      throw full(key);
    }
    byte[] bytes;
    // One byte more than may come, so that a source that never ends is noticed at once.
    try (InputStream in = source.open()) {
      bytes = in.readNBytes((int) length.orElse(room) + 1);
    }
    if (length.isPresent() && bytes.length != declared) {
      throw new IOException(
          "the source of "
              + key
              + " declared "
              + declared
              + " bytes and gave "
              + (bytes.length < declared ? "" : "at least ")
              + bytes.length);
    }
    if (held.addAndGet(bytes.length) > maxBytes || bytes.length > LARGEST) {
      held.addAndGet(-bytes.length);
      throw full(key);
    }
    AssetInfo info =
        new AssetInfo(
            key, bytes.length, source.mediaType(), sha256(bytes), clock.instant(), attributes);
    return new Held(info, bytes);
  }

  private IOException full(AssetKey key) {
    return new IOException(
        "the memory store is full: "
            + key
            + " would exceed its "
            + maxBytes
            + " bytes; raise maxBytes, delete assets, or use a store on disk");
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** One asset; the bytes are never written after this was made. */
  private static final class Held {
    private final AssetInfo info;
    private final byte[] bytes;

    Held(AssetInfo info, byte[] bytes) {
      this.info = info;
      this.bytes = bytes;
    }

    AssetInfo info() {
      return info;
    }
  }
}
