package dev.rendition.s3;

import dev.rendition.asset.AssetKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * The assets of one tenant, page by page as they are asked for. A listing of S3 tells neither media
 * type nor metadata, so who needs those looks each asset up, which is one more request. Not safe
 * for use by many threads.
 *
 * @param <T> what is told of each asset
 */
final class S3Listing<T> implements Iterator<T> {
  private final S3Client client;
  private final String bucket;
  private final S3Place place;
  private final String tenant;
  private final String pathPrefix;
  private final Lookup<T> lookup;
  private Iterator<S3Object> page = List.<S3Object>of().iterator();
  private @Nullable String continuation;
  private boolean lastPage;
  private @Nullable T next;

  /** Tells what is known of a key, or empty if it has gone meanwhile. */
  @FunctionalInterface
  interface Lookup<T> {
    Optional<T> find(AssetKey key) throws IOException;
  }

  S3Listing(
      S3Client client,
      String bucket,
      S3Place place,
      String tenant,
      String pathPrefix,
      Lookup<T> lookup) {
    this.client = client;
    this.bucket = bucket;
    this.place = place;
    this.tenant = tenant;
    this.pathPrefix = pathPrefix;
    this.lookup = lookup;
  }

  @Override
  public boolean hasNext() {
    try {
      while (next == null && (page.hasNext() || !lastPage)) {
        if (page.hasNext()) {
          next = asset(page.next()).orElse(null);
        } else {
          turn();
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return next != null;
  }

  @Override
  public T next() {
    if (!hasNext() || next == null) {
      throw new NoSuchElementException("the listing has ended");
    }
    T found = next;
    next = null;
    return found;
  }

  private Optional<T> asset(S3Object object) throws IOException {
    Optional<AssetKey> key =
        place.key(tenant, object.key()).filter(each -> each.path().startsWith(pathPrefix));
    return key.isPresent() ? lookup.find(key.get()) : Optional.empty();
  }

  private void turn() throws IOException {
    try {
      ListObjectsV2Response answer =
          client.listObjectsV2(
              list -> list.bucket(bucket).prefix(objectPrefix()).continuationToken(continuation));
      page = answer.contents().iterator();
      continuation = answer.nextContinuationToken();
      lastPage = continuation == null;
    } catch (SdkException e) {
      throw S3Fault.explain(
          "listing " + tenant + "/" + pathPrefix, "s3://" + bucket, "s3:ListBucket", e);
    }
  }

  /** Half of a character cannot be sent; the whole prefix is compared here in any case. */
  private String objectPrefix() {
    int end = pathPrefix.length();
    if (end > 0 && Character.isHighSurrogate(pathPrefix.charAt(end - 1))) {
      end--;
    }
    return place.beginning(tenant) + pathPrefix.substring(0, end);
  }
}
