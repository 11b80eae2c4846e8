package dev.rendition.deliver;

import static java.util.Objects.requireNonNull;

import dev.rendition.asset.AssetAttributes;
import dev.rendition.asset.AssetInfo;
import dev.rendition.asset.AssetKey;
import dev.rendition.asset.AssetSource;
import dev.rendition.asset.AssetStore;
import dev.rendition.asset.MemoryAssetStore;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What is shown where there is no rendition. The status stays honest: a picture that says "not
 * found" is sent with 404. Safe for use by many threads.
 */
public final class Fallback {
  /** The largest fallback picture, in bytes: 1 MiB. */
  public static final int MAX_PICTURE = 1 << 20;

  /** A line of text, and no picture. */
  public static final Fallback NONE = new Fallback(Optional::empty, Optional::empty, 0);

  private final Supplier<Optional<KeptBytes>> notFound;
  private final Supplier<Optional<KeptBytes>> failed;
  private final long originalUpTo;

  private Fallback(
      Supplier<Optional<KeptBytes>> notFound,
      Supplier<Optional<KeptBytes>> failed,
      long originalUpTo) {
    this.notFound = notFound;
    this.failed = failed;
    this.originalUpTo = originalUpTo;
  }

  /** Returns this with a picture for status 404 and 410. */
  public Fallback notFound(AssetSource picture) throws IOException {
    return new Fallback(read(picture), failed, originalUpTo);
  }

  /**
   * Returns this with a picture for status 404 and 410 that is read from a store when it is shown
   * first, and kept from then on. While it is not there, or larger than {@link #MAX_PICTURE}, a
   * line of text is sent.
   *
   * @param store stays open
   */
  public Fallback notFound(AssetStore store, AssetKey picture) {
    return new Fallback(new StoredPicture(store, picture), failed, originalUpTo);
  }

  /** Returns this with a picture for every other failure. */
  public Fallback failed(AssetSource picture) throws IOException {
    return new Fallback(notFound, read(picture), originalUpTo);
  }

  /**
   * Returns this with a picture of a store for every other failure; see {@link
   * #notFound(AssetStore, AssetKey)}.
   */
  public Fallback failed(AssetStore store, AssetKey picture) {
    return new Fallback(notFound, new StoredPicture(store, picture), originalUpTo);
  }

  /**
   * Returns this with the original as last resort, where it is there and a browser shows it (JPEG,
   * PNG, GIF, WebP, AVIF). It is sent with 200 and not cached. Original metadata goes along, so
   * this is for originals that may be public.
   *
   * @param bytes the largest original that is sent, 1 or more
   */
  public Fallback originalUpTo(long bytes) {
    if (bytes < 1) {
      throw new IllegalArgumentException("an original has 1 byte or more, was " + bytes);
    }
    return new Fallback(notFound, failed, bytes);
  }

  long originalUpTo() {
    return originalUpTo;
  }

  Optional<KeptBytes> picture(int status) {
    return (status == 404 || status == 410 ? notFound : failed).get();
  }

  static AssetInfo requirePicture(AssetInfo info) throws IOException {
    if (!info.mediaType().startsWith("image/") || info.length() == 0) {
      throw new IOException("a fallback picture has a media type image/…, was " + info.mediaType());
    }
    return info;
  }

  private static Supplier<Optional<KeptBytes>> read(AssetSource picture) throws IOException {
    requireNonNull(picture, "picture");
    AssetKey key = AssetKey.of("fallback", "picture");
    try (MemoryAssetStore store = new MemoryAssetStore(MAX_PICTURE, java.time.Clock.systemUTC())) {
      AssetInfo info = requirePicture(store.put(key, picture, AssetAttributes.NONE));
      KeptBytes bytes = new KeptBytes(info, store.open(key).stream().readAllBytes());
      return () -> Optional.of(bytes);
    }
  }
}
