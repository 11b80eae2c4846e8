package dev.rendition.deliver;

import static java.util.Objects.requireNonNull;

import dev.rendition.asset.AssetContent;
import dev.rendition.asset.AssetKey;
import dev.rendition.asset.AssetStore;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A picture of a store, read when it is needed first and kept from then on. While it cannot be read
 * there is none. Safe for use by many threads.
 */
final class StoredPicture implements Supplier<Optional<KeptBytes>> {
  private static final Logger log = LoggerFactory.getLogger(StoredPicture.class);

  private final AssetStore store;
  private final AssetKey key;
  private volatile @Nullable KeptBytes kept;

  StoredPicture(AssetStore store, AssetKey key) {
    this.store = requireNonNull(store, "store");
    this.key = requireNonNull(key, "key");
  }

  @Override
  public Optional<KeptBytes> get() {
    KeptBytes known = kept;
    if (known != null) {
      return Optional.of(known);
    }
    try (AssetContent content = store.open(key)) {
      byte[] bytes = content.stream().readNBytes(Fallback.MAX_PICTURE + 1);
      if (bytes.length > Fallback.MAX_PICTURE) {
        throw new IOException("it has more than " + Fallback.MAX_PICTURE + " bytes");
      }
      KeptBytes read = new KeptBytes(Fallback.requirePicture(content.info()), bytes);
      kept = read;
      return Optional.of(read);
    } catch (IOException | RuntimeException e) {
      log.warn("the fallback picture {} cannot be shown: {}", key, e.getMessage());
      return Optional.empty();
    }
  }
}
