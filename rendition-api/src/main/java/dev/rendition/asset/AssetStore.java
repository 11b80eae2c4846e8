package dev.rendition.asset;

import java.io.IOException;
import java.net.URI;
import java.util.Collection;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Bytes by key. Calls block until the store has answered; every implementation is safe for use by
 * many threads, and passes {@code AssetStoreContract} of rendition-testkit.
 *
 * <p>Writing is atomic: whoever reads a key sees the bytes before, the bytes after, or nothing;
 * never a part, and never the bytes of one write with the attributes of another. A write that
 * returned survives the end of the process.
 */
public interface AssetStore extends AutoCloseable {
  /**
   * Stores an asset, replacing what the key held. Repeating it leaves the same asset.
   *
   * <p>A store whose folders are real ones cannot hold {@code a/b} and {@code a/b/c} at the same
   * time; it refuses the second and says so.
   *
   * @param source opened on the calling thread, maybe more than once; every stream of it is closed
   *     before this returns
   * @return what is stored now
   * @throws IOException if the source cannot be read, gives another number of bytes than it
   *     declared, or the store cannot be written; the key then holds what it held before
   */
  AssetInfo put(AssetKey key, AssetSource source, AssetAttributes attributes) throws IOException;

  /**
   * Stores an asset without attributes; see {@link #put(AssetKey, AssetSource, AssetAttributes)}.
   */
  default AssetInfo put(AssetKey key, AssetSource source) throws IOException {
    return put(key, source, AssetAttributes.NONE);
  }

  /**
   * Stores an asset only if the key holds none. Of many writers racing for one key exactly one
   * stores its bytes.
   *
   * @return what is stored now; empty if the key already held an asset, which is left as it is.
   *     After a lost connection a store may answer empty to the very writer that won, so empty
   *     means "it is there: read it", not "another won".
   * @throws IOException as for {@link #put(AssetKey, AssetSource, AssetAttributes)}
   */
  Optional<AssetInfo> putIfAbsent(AssetKey key, AssetSource source, AssetAttributes attributes)
      throws IOException;

  /**
   * Opens an asset. The caller closes the content. An asset that is replaced or deleted while it is
   * read is read to its end as it was, or the stream fails; it never continues with other bytes.
   *
   * @throws AssetNotFoundException if the key holds nothing
   */
  AssetContent open(AssetKey key) throws IOException;

  /** Returns what is known of an asset, or empty if the key holds nothing. */
  Optional<AssetInfo> stat(AssetKey key) throws IOException;

  /**
   * Lists the assets of a tenant whose path begins with some characters, in no promised order.
   * Objects in the store that are no assets are passed over. An asset written or deleted meanwhile
   * may or may not appear.
   *
   * @param pathPrefix compared by character, not by segment; empty for all
   * @return a lazy stream; the caller closes it. Reading it throws {@link
   *     java.io.UncheckedIOException}
   * @throws IllegalArgumentException if the tenant is none
   */
  Stream<AssetInfo> list(String tenant, String pathPrefix) throws IOException;

  /**
   * Deletes an asset. Deleting what is not there is no mistake.
   *
   * @return whether the key held an asset, as far as the store can tell
   */
  boolean delete(AssetKey key) throws IOException;

  /**
   * Lists keys as {@link #list} does, for who needs no more than names. A store that would have to
   * look at each asset does not.
   *
   * @return a lazy stream; the caller closes it. Reading it throws {@link
   *     java.io.UncheckedIOException}
   */
  default Stream<AssetKey> keys(String tenant, String pathPrefix) throws IOException {
    return list(tenant, pathPrefix).map(AssetInfo::key);
  }

  /**
   * Deletes many assets, with as few requests as the store can. What is not there counts as
   * deleted.
   *
   * @throws IOException if some were not deleted; others may be. Repeating it continues
   */
  default void deleteAll(Collection<AssetKey> keys) throws IOException {
    for (AssetKey key : keys) {
      boolean unused = delete(key);
    }
  }

  /**
   * Returns where the bytes of a key lie or would lie, for people and logs ({@code file:…}, {@code
   * s3://…}), without asking the store. Empty if the place has no name. It is no link to hand out:
   * see {@link UrlSigner}.
   */
  default Optional<URI> location(AssetKey key) {
    return Optional.empty();
  }

  /**
   * Frees what the store holds. Calls after it fail; repeating it does nothing. Never deletes
   * assets.
   */
  @Override
  void close() throws IOException;
}
