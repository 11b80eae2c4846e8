package dev.rendition.s3;

import static java.util.Objects.requireNonNull;

import dev.rendition.asset.AssetKey;
import dev.rendition.asset.MediaType;
import dev.rendition.asset.SignedUrl;
import dev.rendition.asset.UrlSigner;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.regions.Region;

/**
 * Signs links which S3 itself honours (AWS signature version 4 in the query, "presigned URLs").
 *
 * <p>A link is valid for at most seven days, a limit of S3, and no longer than the session of the
 * credentials it was signed with: {@link SignedUrl#expiresAt} tells the earlier of both. Signing
 * does no I/O, except that credentials of a role are fetched again when they run out. Safe for use
 * by many threads.
 */
public final class S3UrlSigner implements UrlSigner, AutoCloseable {
  /** The longest validity of a link. */
  public static final Duration MAX_VALIDITY = Duration.ofDays(7);

  /** The most bytes of one PUT, a limit of S3. */
  public static final long MAX_UPLOAD = 5L << 30;

  private static final String UNSIGNED = "UNSIGNED-PAYLOAD";

  private final S3Place place;
  private final Region region;
  private final boolean pathStyle;
  private final @Nullable URI endpoint;
  private final AwsCredentialsProvider credentials;
  private final @Nullable DefaultCredentialsProvider owned;
  private final Clock clock;
  private volatile @Nullable SigningKey lastKey;

  private S3UrlSigner(S3Place place, S3Connection connection, Clock clock) {
    this.place = place;
    this.region = connection.regionOrFound();
    this.pathStyle = connection.isPathStyle();
    this.endpoint = connection.endpointOrNull();
    this.clock = clock;
    AwsCredentialsProvider given = connection.credentialsOrNull();
    if (given != null) {
      this.credentials = given;
      this.owned = null;
    } else {
      DefaultCredentialsProvider found = DefaultCredentialsProvider.builder().build();
      this.credentials = found;
      this.owned = found;
    }
  }

  /**
   * Returns a signer of links to the objects of a store.
   *
   * @param place as for {@link S3AssetStore#builder}
   * @param connection the store's; of it region, endpoint, path style and credentials count
   * @throws IllegalArgumentException if the place is none, or no region is known
   */
  public static S3UrlSigner of(String place, S3Connection connection) {
    return of(place, connection, Clock.systemUTC());
  }

  /** Returns a signer as {@link #of(String, S3Connection)} does, on another clock. */
  public static S3UrlSigner of(String place, S3Connection connection, Clock clock) {
    return new S3UrlSigner(S3Place.parse(place), connection, requireNonNull(clock, "clock"));
  }

  /**
   * Makes a link for reading, as {@link UrlSigner#sign} says.
   *
   * @param validity to the second, the rest rounded up; at most {@link #MAX_VALIDITY}
   * @throws IllegalArgumentException also if the key has no object in this place
   */
  @Override
  public SignedUrl sign(AssetKey key, Duration validity) {
    return sign("GET", key, validity, Map.of());
  }

  /**
   * Makes a link to which one asset may be uploaded, for example by a browser. S3 refuses another
   * media type and another number of bytes. What is uploaded has no digest of ours; see {@link
   * S3AssetStore} for the version it gets.
   *
   * @param mediaType what the request's {@code Content-Type} must be
   * @param length what the request's {@code Content-Length} must be: 0 to {@link #MAX_UPLOAD}
   * @param validity as for {@link #sign}
   */
  public SignedUpload signUpload(AssetKey key, String mediaType, long length, Duration validity) {
    if (length < 0 || length > MAX_UPLOAD) {
      throw new IllegalArgumentException(
          "an upload has 0 to " + MAX_UPLOAD + " bytes, was " + length);
    }
    String type = MediaType.require(mediaType);
    Map<String, String> headers =
        Map.of("content-type", type, "content-length", Long.toString(length));
    return new SignedUpload(sign("PUT", key, validity, headers), Map.of("Content-Type", type));
  }

  private SignedUrl sign(
      String method, AssetKey key, Duration validity, Map<String, String> headers) {
    if (validity.isNegative() || validity.isZero() || validity.compareTo(MAX_VALIDITY) > 0) {
      throw new IllegalArgumentException(
          "a link of S3 is valid for more than zero and at most "
              + MAX_VALIDITY
              + ", was "
              + validity);
    }
    Instant now = clock.instant();
    Instant begin = Instant.ofEpochSecond(now.getEpochSecond());
    Duration rest = Duration.between(begin, now.plus(validity));
    long seconds =
        Math.min(MAX_VALIDITY.toSeconds(), rest.toSeconds() + (rest.toNanosPart() == 0 ? 0 : 1));
    AwsCredentials signing = credentials.resolveCredentials();
    String time = SigningKey.time(begin);
    SigningKey daily = key(signing.secretAccessKey(), time);
    Address address = address(key);
    Map<String, String> signed = new TreeMap<>(headers);
    signed.put("host", address.host());
    String names = String.join(";", signed.keySet());
    StringBuilder query =
        new StringBuilder(400)
            .append("X-Amz-Algorithm=")
            .append(SigningKey.ALGORITHM)
            .append("&X-Amz-Credential=")
            .append(UriText.strict(signing.accessKeyId() + '/' + daily.scope()))
            .append("&X-Amz-Date=")
            .append(time)
            .append("&X-Amz-Expires=")
            .append(seconds);
    if (signing instanceof AwsSessionCredentials session) {
      query.append("&X-Amz-Security-Token=").append(UriText.strict(session.sessionToken()));
    }
    query.append("&X-Amz-SignedHeaders=").append(UriText.strict(names));
    StringBuilder request =
        new StringBuilder(1_000)
            .append(method)
            .append('\n')
            .append(address.path())
            .append('\n')
            .append(query)
            .append('\n');
    signed.forEach((name, value) -> request.append(name).append(':').append(value).append('\n'));
    request.append('\n').append(names).append('\n').append(UNSIGNED);
    String signature = daily.sign(time, request.toString());
    URI uri =
        URI.create(
            address.scheme()
                + "://"
                + address.host()
                + address.path()
                + '?'
                + query
                + "&X-Amz-Signature="
                + signature);
    Instant end = begin.plusSeconds(seconds);
    return new SignedUrl(
        uri, signing.expirationTime().filter(session -> session.isBefore(end)).orElse(end));
  }

  private SigningKey key(String secret, String time) {
    SigningKey last = lastKey;
    if (last == null || !last.holds(secret, time, region.id())) {
      last = SigningKey.derive(secret, time, region.id());
      lastKey = last;
    }
    return last;
  }

  private Address address(AssetKey key) {
    String bucket;
    String object;
    try {
      bucket = place.bucket(key.tenant());
      object = place.object(key);
    } catch (IOException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
    URI other = endpoint;
    String scheme = other == null ? "https" : other.getScheme();
    String host =
        other == null
            ? "s3." + region.id() + '.' + region.metadata().partition().dnsSuffix()
            : other.getHost() + port(other);
    String path = '/' + UriText.strictPath(object);
    // The certificate of S3 covers one more label, so a bucket with dots stands in the path.
    return pathStyle || (bucket.indexOf('.') >= 0 && scheme.equals("https"))
        ? new Address(scheme, host, '/' + bucket + path)
        : new Address(scheme, bucket + '.' + host, path);
  }

  private static String port(URI endpoint) {
    int usual = endpoint.getScheme().equals("https") ? 443 : 80;
    return endpoint.getPort() < 0 || endpoint.getPort() == usual ? "" : ":" + endpoint.getPort();
  }

  /** Frees what fetches credentials, unless the caller gave it. */
  @Override
  public void close() {
    if (owned != null) {
      owned.close();
    }
  }

  /** Names the place, no credentials. */
  @Override
  public String toString() {
    return "S3UrlSigner[" + place + "]";
  }

  /** Where an object is asked for; the path is percent-encoded. */
  private record Address(String scheme, String host, String path) {}
}
