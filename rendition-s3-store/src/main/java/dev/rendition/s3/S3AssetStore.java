package dev.rendition.s3;

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
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.DeleteObjectsResponse;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.S3Error;

/**
 * Keeps assets as objects of S3, one each.
 *
 * <p>Assets up to one part are read into memory and written with one request; the caller's source
 * is opened once. Larger ones are read twice, first for their digest, and sent in parts; nothing of
 * them is visible before the last part has arrived, and parts of what fails are taken away. The
 * version is the SHA-256 of the bytes, kept in the object's metadata; an object somebody else wrote
 * is an asset too, whose version is made of its entity tag and length, so that its first change of
 * bytes changes it.
 *
 * <p>{@link AssetInfo#modified()} of what was just put is the time S3 gave in its answer, in whole
 * seconds. {@link #list} asks S3 once more for each asset. {@link #delete} looks first, because S3
 * does not tell whether there was anything; {@link #deleteAll} does not.
 *
 * <p>Safe for use by many threads.
 */
public final class S3AssetStore implements AssetStore {
  /** How large a part is unless told otherwise: 8 MiB. */
  public static final int DEFAULT_PART_SIZE = 8 << 20;

  /** How many parts of one asset are sent at a time unless told otherwise. */
  public static final int DEFAULT_PARALLEL_PARTS = 3;

  private static final int MAX_DELETES = 1_000;

  private final S3Place place;
  private final StartingClient client;
  private final ObjectWriter writer;
  private final boolean forbiddenIsMissing;
  private volatile boolean closed;

  private S3AssetStore(Builder from, StartingClient client) {
    this.place = from.place;
    this.client = client;
    this.writer =
        new ObjectWriter(
            client, from.writing, from.partSize, from.parallelParts, from.clock, this::stat);
    this.forbiddenIsMissing = from.forbiddenIsMissing;
  }

  /**
   * Begins a store.
   *
   * @param place {@code bucket} or {@code bucket/prefix}; {@code {tenant}} may stand in either. An
   *     asset without it lies under {@code prefix/tenant/path}, and with it under {@code
   *     prefix/path}
   * @throws IllegalArgumentException if it is no bucket's name or no prefix
   */
  public static Builder builder(String place) {
    return new Builder(S3Place.parse(place));
  }

  @Override
  public AssetInfo put(AssetKey key, AssetSource source, AssetAttributes attributes)
      throws IOException {
    requireOpen();
    return writer
        .write(target(key), source, attributes, false)
        .orElseThrow(() -> new IOException("S3 refused a condition that was not set for " + key));
  }

  /**
   * Creates an asset, as {@link AssetStore#putIfAbsent} says: S3 itself decides ({@code
   * If-None-Match: *}). An asset sent in parts is looked for first, so that it is not sent in vain.
   */
  @Override
  public Optional<AssetInfo> putIfAbsent(
      AssetKey key, AssetSource source, AssetAttributes attributes) throws IOException {
    requireOpen();
    return writer.write(target(key), source, attributes, true);
  }

  @Override
  public AssetContent open(AssetKey key) throws IOException {
    return get(target(key), null);
  }

  /**
   * Opens some bytes of an asset.
   *
   * @param from the first byte, counted from 0; before the asset's end
   * @param count at most so many bytes, 1 or more
   * @return what is known of the whole asset, and those bytes; the caller closes it
   * @throws AssetNotFoundException if the key holds nothing
   * @throws IOException if the range begins behind the asset's end, or S3 cannot be read
   */
  public AssetContent open(AssetKey key, long from, long count) throws IOException {
    if (from < 0 || count < 1 || from > Long.MAX_VALUE - count) {
      throw new IllegalArgumentException(
          "a range begins at 0 or later and has 1 byte or more, was " + count + " from " + from);
    }
    return get(target(key), "bytes=" + from + "-" + (from + count - 1));
  }

  private AssetContent get(ObjectAddress target, @Nullable String range) throws IOException {
    try {
      ResponseInputStream<GetObjectResponse> in =
          client().getObject(get -> get.bucket(target.bucket()).key(target.object()).range(range));
      GetObjectResponse answer = in.response();
      long sent = answer.contentLength() == null ? 0 : answer.contentLength();
      UserMetadata.Headers headers =
          UserMetadata.Headers.of(
              wholeLength(answer.contentRange(), sent),
              answer.contentType(),
              answer.cacheControl(),
              answer.eTag(),
              answer.lastModified(),
              answer.metadata());
      return AssetContent.of(
          UserMetadata.info(target.key(), headers),
          new ObjectStream(in, target.key(), target.shown(), sent));
    } catch (SdkException e) {
      if (isMissing(e)) {
        AssetNotFoundException gone = new AssetNotFoundException(target.key());
        gone.initCause(e);
        throw gone;
      }
      throw S3Fault.explain("opening " + target.key(), target.shown(), "s3:GetObject", e);
    }
  }

  @Override
  public Optional<AssetInfo> stat(AssetKey key) throws IOException {
    ObjectAddress target = target(key);
    try {
      HeadObjectResponse answer =
          client().headObject(head -> head.bucket(target.bucket()).key(target.object()));
      return Optional.of(
          UserMetadata.info(
              key,
              UserMetadata.Headers.of(
                  answer.contentLength(),
                  answer.contentType(),
                  answer.cacheControl(),
                  answer.eTag(),
                  answer.lastModified(),
                  answer.metadata())));
    } catch (SdkException e) {
      if (isMissing(e)) {
        return Optional.empty();
      }
      throw S3Fault.explain("looking at " + key, target.shown(), "s3:GetObject", e);
    }
  }

  /**
   * Lists assets, as {@link AssetStore#list} says: S3 is asked for a page of 1,000 names at a time,
   * when the first of them is read, and then for each asset.
   */
  @Override
  public Stream<AssetInfo> list(String tenant, String pathPrefix) throws IOException {
    return list(tenant, pathPrefix, this::stat);
  }

  /**
   * Lists names, as {@link AssetStore#keys} says: S3 is asked for a page of 1,000 names at a time,
   * and nothing else.
   */
  @Override
  public Stream<AssetKey> keys(String tenant, String pathPrefix) throws IOException {
    return list(tenant, pathPrefix, Optional::of);
  }

  private <T> Stream<T> list(String tenant, String pathPrefix, S3Listing.Lookup<T> lookup)
      throws IOException {
    AssetKey.requireTenant(tenant);
    requireNonNull(pathPrefix, "pathPrefix");
    S3Client s3 = client();
    if (!pathPrefix.isEmpty() && !canBegin(pathPrefix) && !canBegin(pathPrefix + "x")) {
      return Stream.empty();
    }
    S3Listing<T> listing =
        new S3Listing<>(s3, place.bucket(tenant), place, tenant, pathPrefix, lookup);
    return StreamSupport.stream(
        Spliterators.spliteratorUnknownSize(listing, Spliterator.NONNULL | Spliterator.DISTINCT),
        false);
  }

  private static boolean canBegin(String path) {
    try {
      return !AssetKey.of("t", path).path().isEmpty();
    } catch (IllegalArgumentException e) {
      return !path.isEmpty() && Character.isHighSurrogate(path.charAt(path.length() - 1));
    }
  }

  @Override
  public boolean delete(AssetKey key) throws IOException {
    if (stat(key).isEmpty()) {
      return false;
    }
    ObjectAddress target = target(key);
    try {
      var unused =
          client().deleteObject(delete -> delete.bucket(target.bucket()).key(target.object()));
      return true;
    } catch (SdkException e) {
      throw S3Fault.explain("deleting " + key, target.shown(), "s3:DeleteObject", e);
    }
  }

  /**
   * Deletes many assets, up to 1,000 with one request. What is not there counts as deleted.
   *
   * @throws IOException if some were not deleted; the message names the first. Repeating it
   *     continues
   */
  @Override
  public void deleteAll(Collection<AssetKey> keys) throws IOException {
    S3Client s3 = client();
    Map<String, List<ObjectAddress>> buckets = new LinkedHashMap<>();
    for (AssetKey key : keys) {
      ObjectAddress target = target(key);
      buckets.computeIfAbsent(target.bucket(), any -> new ArrayList<>()).add(target);
    }
    for (List<ObjectAddress> targets : buckets.values()) {
      for (int from = 0; from < targets.size(); from += MAX_DELETES) {
        deleteBatch(s3, targets.subList(from, Math.min(targets.size(), from + MAX_DELETES)));
      }
    }
  }

  private void deleteBatch(S3Client s3, List<ObjectAddress> targets) throws IOException {
    ObjectAddress first = targets.get(0);
    List<ObjectIdentifier> names =
        targets.stream()
            .map(target -> ObjectIdentifier.builder().key(target.object()).build())
            .toList();
    try {
      DeleteObjectsResponse answer =
          s3.deleteObjects(
              all -> all.bucket(first.bucket()).delete(list -> list.objects(names).quiet(true)));
      for (S3Error error : answer.errors()) {
        throw new IOException(
            "deleting "
                + error.key()
                + " in "
                + first.shown()
                + " failed ("
                + error.code()
                + "), one of "
                + answer.errors().size()
                + "; give these credentials s3:DeleteObject there, or try again");
      }
    } catch (SdkException e) {
      throw S3Fault.explain(
          "deleting " + first.key() + " and others", first.shown(), "s3:DeleteObject", e);
    }
  }

  /** Returns {@code s3://bucket/object}, percent-encoded. */
  @Override
  public Optional<URI> location(AssetKey key) {
    try {
      ObjectAddress target = target(key);
      return Optional.of(
          URI.create("s3://" + target.bucket() + "/" + UriText.path(target.object())));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /**
   * Returns the key of an object by its names in S3, the inverse of {@link #location}, without
   * asking S3. Empty if the object lies in another bucket or outside the prefix, or if its name is
   * no key: nobody's asset here.
   *
   * @param bucket of hostile origin, for example out of an event
   * @param object the object's key as it is, not percent-encoded, of hostile origin
   */
  public Optional<AssetKey> keyOf(String bucket, String object) {
    return place.keyIn(requireNonNull(bucket, "bucket"), requireNonNull(object, "object"));
  }

  /** Closes the client unless the caller gave it. */
  @Override
  public void close() {
    if (!closed) {
      closed = true;
      client.close();
    }
  }

  /** Names the place, no credentials. */
  @Override
  public String toString() {
    return "S3AssetStore[" + place + "]";
  }

  private boolean isMissing(SdkException problem) {
    return S3Fault.isMissing(problem) || (forbiddenIsMissing && S3Fault.isForbidden(problem));
  }

  private S3Client client() throws IOException {
    requireOpen();
    return client.get();
  }

  private void requireOpen() throws IOException {
    if (closed) {
      throw new IOException("this store is closed: " + place);
    }
  }

  private ObjectAddress target(AssetKey key) throws IOException {
    return new ObjectAddress(key, place.bucket(key.tenant()), place.object(key));
  }

  /** Reads the number behind the slash of {@code bytes 0-9/100} (RFC 9110, section 14.4). */
  private static long wholeLength(@Nullable String contentRange, long sent) {
    if (contentRange == null) {
      return sent;
    }
    String whole = contentRange.substring(contentRange.lastIndexOf('/') + 1);
    return whole.matches("[0-9]{1,18}") ? Long.parseLong(whole) : sent;
  }

  /** Collects what a store needs. Not safe for use by many threads. */
  public static final class Builder {
    private final S3Place place;
    private @Nullable S3Client client;
    private S3Connection connection = S3Connection.DEFAULT;
    private S3Writing writing = S3Writing.PLAIN;
    private int partSize = DEFAULT_PART_SIZE;
    private int parallelParts = DEFAULT_PARALLEL_PARTS;
    private boolean forbiddenIsMissing;
    private Clock clock = Clock.systemUTC();

    private Builder(S3Place place) {
      this.place = place;
    }

    /**
     * Sets the client to work with, which stays the caller's: closing the store does not close it.
     * Unless set, the store makes one over {@link java.net.HttpURLConnection} and closes it.
     */
    public Builder client(S3Client caller) {
      client = requireNonNull(caller, "caller");
      return this;
    }

    /** Sets how S3 is reached, for a store that makes its own client. */
    public Builder connection(S3Connection way) {
      connection = requireNonNull(way, "way");
      return this;
    }

    /**
     * Sets a canned access control list that every object gets, such as {@code public-read}; none
     * unless set, which is what buckets with access control lists switched off need.
     */
    public Builder acl(String canned) {
      writing = new S3Writing(canned, writing.encryption(), writing.kmsKey());
      return this;
    }

    /**
     * Sets how objects are encrypted; as the bucket does it unless set.
     *
     * @param algorithm {@code AES256}, {@code aws:kms} or {@code aws:kms:dsse}
     * @param kmsKey the id or ARN of the key; empty for the account's own
     */
    public Builder encryption(String algorithm, String kmsKey) {
      writing = new S3Writing(writing.acl(), algorithm, kmsKey);
      return this;
    }

    /**
     * Sets how many bytes are sent with one request: an asset up to this size is held in memory and
     * written with one request, a larger one is sent in parts of this size. The largest asset has
     * 10,000 parts.
     *
     * @param bytes 5 MiB to 1 GiB; {@link #DEFAULT_PART_SIZE} unless set
     */
    public Builder partSize(int bytes) {
      if (bytes < 5 << 20 || bytes > 1 << 30) {
        throw new IllegalArgumentException(
            "a part is 5 MiB to 1 GiB (5242880 to 1073741824 bytes), was " + bytes);
      }
      partSize = bytes;
      return this;
    }

    /**
     * Sets how many parts of one asset are sent at a time; one more is held in memory.
     *
     * @param count 1 to 100; {@link #DEFAULT_PARALLEL_PARTS} unless set
     */
    public Builder parallelParts(int count) {
      if (count < 1 || count > 100) {
        throw new IllegalArgumentException("1 to 100 parts are sent at a time, was " + count);
      }
      parallelParts = count;
      return this;
    }

    /**
     * Has a refusal to read count as an absent asset. S3 answers 403 instead of 404 to whoever may
     * not list the bucket; so does a wrong key. False unless set.
     */
    public Builder treatForbiddenAsMissing(boolean treat) {
      forbiddenIsMissing = treat;
      return this;
    }

    /** Sets the clock that tells {@link AssetInfo#modified()} where S3 does not. */
    public Builder clock(Clock source) {
      clock = requireNonNull(source, "source");
      return this;
    }

    /**
     * Returns the store. Asks S3 nothing; what the AWS SDK needs to start goes on in a thread of
     * its own, for which the first request waits.
     *
     * @throws IllegalArgumentException if no region is known
     */
    public S3AssetStore build() {
      S3Client given = client;
      return new S3AssetStore(
          this, given != null ? StartingClient.of(given) : StartingClient.start(connection));
    }
  }
}
