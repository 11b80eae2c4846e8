package dev.rendition.compose;

import static java.util.Objects.requireNonNull;

import dev.rendition.asset.AssetAttributes;
import dev.rendition.asset.AssetContent;
import dev.rendition.asset.AssetInfo;
import dev.rendition.asset.AssetKey;
import dev.rendition.asset.AssetNotFoundException;
import dev.rendition.asset.AssetSource;
import dev.rendition.asset.AssetStore;
import java.io.IOException;
import java.net.URI;
import java.util.Collection;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Moves from one store to another without a pause: writes to both, reads from the new one and,
 * where that has nothing, from the old one. A write counts as done only when both stores have it;
 * if the second fails the caller is told and repeats it. Writers racing for one key with {@code
 * put} may leave different bytes in the two stores; readers see those of the new one. Listings show
 * the assets of both, each once, and remember the keys of the new store while they run. Safe for
 * use by many threads; closing it closes both.
 */
public final class MirrorStore implements AssetStore {
  private final AssetStore newer;
  private final AssetStore older;

  /**
   * Mirrors two stores, which it owns from now on.
   *
   * @param newer where assets move to
   * @param older where they come from
   */
  public MirrorStore(AssetStore newer, AssetStore older) {
    this.newer = requireNonNull(newer, "newer");
    this.older = requireNonNull(older, "older");
  }

  @Override
  public AssetInfo put(AssetKey key, AssetSource source, AssetAttributes attributes)
      throws IOException {
    AssetInfo stored = newer.put(key, source, attributes);
    older.put(key, source, attributes);
    return stored;
  }

  /**
   * Asks the old store first: an asset that has not moved yet is there all the same. The new store
   * decides races.
   */
  @Override
  public Optional<AssetInfo> putIfAbsent(
      AssetKey key, AssetSource source, AssetAttributes attributes) throws IOException {
    if (older.stat(key).isPresent()) {
      return Optional.empty();
    }
    Optional<AssetInfo> stored = newer.putIfAbsent(key, source, attributes);
    if (stored.isPresent()) {
      older.put(key, source, attributes);
    } else {
      completeOlder(key);
    }
    return stored;
  }

  /** Writes what only the new store has: an earlier write that broke off between the two. */
  private void completeOlder(AssetKey key) throws IOException {
    Optional<AssetInfo> there = newer.stat(key);
    if (there.isPresent()) {
      AssetInfo info = there.get();
      AssetSource copy =
          AssetSource.of(() -> newer.open(key).stream(), info.length(), info.mediaType());
      var unused = older.putIfAbsent(key, copy, info.attributes());
    }
  }

  /**
   * Copies what only the old store has to the new one, while both are read and written through
   * mirrors. What the new store has is left alone, so a run that broke off is continued by the
   * next. Assets that cannot be copied are told and passed over; after 1,000 of them the run ends.
   * When a run {@linkplain Moved#isDone is done} and has copied nothing, the old store may go.
   *
   * @param pathPrefix as for {@link #list}; empty for all of the tenant
   * @param parallel how many assets are copied at a time, 1 to 100; the calling thread is one more
   * @throws IOException if the old store cannot be listed, or the thread is interrupted
   */
  public Moved move(String tenant, String pathPrefix, int parallel) throws IOException {
    if (parallel < 1 || parallel > 100) {
      throw new IllegalArgumentException("1 to 100 assets are copied at a time, was " + parallel);
    }
    return new Move(newer, older).run(tenant, pathPrefix, parallel);
  }

  @Override
  public AssetContent open(AssetKey key) throws IOException {
    try {
      return newer.open(key);
    } catch (AssetNotFoundException e) {
      return older.open(key);
    }
  }

  @Override
  public Optional<AssetInfo> stat(AssetKey key) throws IOException {
    Optional<AssetInfo> found = newer.stat(key);
    return found.isPresent() ? found : older.stat(key);
  }

  @Override
  public Stream<AssetInfo> list(String tenant, String pathPrefix) throws IOException {
    return both(store -> store.list(tenant, pathPrefix), AssetInfo::key);
  }

  @Override
  public Stream<AssetKey> keys(String tenant, String pathPrefix) throws IOException {
    return both(store -> store.keys(tenant, pathPrefix), key -> key);
  }

  private <T> Stream<T> both(Listing<T> listing, Function<T, AssetKey> key) throws IOException {
    Set<AssetKey> seen = new HashSet<>();
    Stream<T> moved = listing.of(newer).peek(one -> seen.add(key.apply(one)));
    try {
      Stream<T> rest = listing.of(older).filter(one -> !seen.contains(key.apply(one)));
      Stream<T> both = Stream.concat(moved, rest);
      // Through an iterator the order holds, new before old, even in a parallel stream.
      return StreamSupport.stream(
              Spliterators.spliteratorUnknownSize(both.iterator(), Spliterator.NONNULL), false)
          .onClose(both::close);
    } catch (IOException | RuntimeException e) {
      moved.close();
      throw e;
    }
  }

  /** Lists something of one store. */
  @FunctionalInterface
  private interface Listing<T> {
    Stream<T> of(AssetStore store) throws IOException;
  }

  @Override
  public void deleteAll(Collection<AssetKey> keys) throws IOException {
    older.deleteAll(keys);
    newer.deleteAll(keys);
  }

  @Override
  public boolean delete(AssetKey key) throws IOException {
    boolean old = older.delete(key);
    boolean fresh = newer.delete(key);
    return old || fresh;
  }

  @Override
  public Optional<URI> location(AssetKey key) {
    return newer.location(key);
  }

  @Override
  public void close() throws IOException {
    try (older) {
      newer.close();
    }
  }
}
