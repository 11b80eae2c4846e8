package dev.rendition.s3;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.S3Configuration;

/**
 * How S3 is reached: region, endpoint, credentials, patience. Each method returns a changed copy;
 * what is not set is found as the AWS SDK finds it (variables, profile, role of the machine).
 * Immutable.
 */
public final class S3Connection {
  /** The SDK's own region and credentials, and five attempts of a minute each. */
  public static final S3Connection DEFAULT = new S3Connection(new Parts());

  private final Parts parts;

  private S3Connection(Parts parts) {
    this.parts = parts;
  }

  /**
   * Sets the region.
   *
   * @throws IllegalArgumentException if it is not written like {@code eu-central-1}
   */
  public S3Connection region(String name) {
    if (!name.matches("[a-z0-9][a-z0-9-]{1,40}")) {
      throw new IllegalArgumentException(
          "a region is written like eu-central-1, was \"" + name.replaceAll("[^ -~]", "?") + '"');
    }
    return with(copy -> copy.region = Region.of(name));
  }

  /**
   * Sets another place than AWS, for S3-compatible stores. The region is {@code us-east-1} then
   * unless set, and only the checksums S3 has always had are sent.
   *
   * @throws IllegalArgumentException if it is not an http or https address of a host alone
   */
  public S3Connection endpoint(URI address) {
    boolean web = "http".equals(address.getScheme()) || "https".equals(address.getScheme());
    String path = address.getRawPath() == null ? "" : address.getRawPath();
    if (!web
        || address.getHost() == null
        || address.getRawUserInfo() != null
        || address.getRawQuery() != null
        || !(path.isEmpty() || path.equals("/"))) {
      throw new IllegalArgumentException(
          "an endpoint is written like https://s3.example.com, without user, path and query");
    }
    return with(copy -> copy.endpoint = address);
  }

  /** Sets whether the bucket stands in the path instead of the host's name. False unless set. */
  public S3Connection pathStyle(boolean inPath) {
    return with(copy -> copy.pathStyle = inPath);
  }

  /** Sets where credentials come from; the provider stays the caller's. */
  public S3Connection credentials(AwsCredentialsProvider provider) {
    requireNonNull(provider, "provider");
    return with(copy -> copy.credentials = provider);
  }

  /**
   * Sets how often a request is tried, the first time included.
   *
   * @param count 1 to 20
   */
  public S3Connection attempts(int count) {
    if (count < 1 || count > 20) {
      throw new IllegalArgumentException("1 to 20 attempts, was " + count);
    }
    return with(copy -> copy.attempts = count);
  }

  /**
   * Sets how long one attempt may take and how long a silent connection is waited for. Reading an
   * opened asset has no limit but the second. All attempts of a request together take at most four
   * times as long.
   *
   * @param attempt more than zero
   * @param silence more than zero
   */
  public S3Connection timeouts(Duration attempt, Duration silence) {
    if (attempt.isNegative() || attempt.isZero() || silence.isNegative() || silence.isZero()) {
      throw new IllegalArgumentException(
          "timeouts are more than zero, were " + attempt + " and " + silence);
    }
    return with(
        copy -> {
          copy.attempt = attempt;
          copy.silence = silence;
        });
  }

  /** Names endpoint and region, no credentials. */
  @Override
  public String toString() {
    return "S3Connection[endpoint " + parts.endpoint + ", region " + parts.region + "]";
  }

  /** Makes a client, which the caller closes. */
  S3Client client() {
    S3ClientBuilder builder =
        S3Client.builder()
            .region(regionOrFound())
            .putAuthScheme(DigestSigner.scheme())
            // What is sent lies in memory, so its checksums go ahead of it: without the small
            // pieces of chunked encoding a write is one packet train, and any S3-compatible store
            // can read it.
            .serviceConfiguration(
                S3Configuration.builder()
                    .pathStyleAccessEnabled(parts.pathStyle)
                    .chunkedEncodingEnabled(false)
                    .expectContinueEnabled(false)
                    .build())
            .httpClientBuilder(
                UrlConnectionHttpClient.builder()
                    .connectionTimeout(shorter(parts.silence, Duration.ofSeconds(5)))
                    .socketTimeout(parts.silence))
            .overrideConfiguration(
                override ->
                    override
                        .retryStrategy(
                            AwsRetryStrategy.standardRetryStrategy().toBuilder()
                                .maxAttempts(parts.attempts)
                                .build())
                        .apiCallAttemptTimeout(parts.attempt)
                        .apiCallTimeout(parts.attempt.multipliedBy(4)));
    if (parts.endpoint != null) {
      builder
          .endpointOverride(parts.endpoint)
          .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
          .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED);
    }
    if (parts.credentials != null) {
      builder.credentialsProvider(parts.credentials);
    }
    return builder.build();
  }

  boolean isPathStyle() {
    return parts.pathStyle;
  }

  @Nullable URI endpointOrNull() {
    return parts.endpoint;
  }

  @Nullable AwsCredentialsProvider credentialsOrNull() {
    return parts.credentials;
  }

  /**
   * Returns the region that was set, or the one the SDK finds.
   *
   * @throws IllegalArgumentException if there is none
   */
  Region regionOrFound() {
    if (parts.region != null) {
      return parts.region;
    }
    if (parts.endpoint != null) {
      return Region.US_EAST_1;
    }
    try {
      return DefaultAwsRegionProviderChain.builder().build().getRegion();
    } catch (SdkException e) {
      throw new IllegalArgumentException(
          "there is no region: write ?region=eu-central-1 behind the place, or set rendition.s3.region"
              + " or AWS_REGION",
          e);
    }
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  private S3Connection with(Change change) {
    Parts copy = new Parts();
    copy.region = parts.region;
    copy.endpoint = parts.endpoint;
    copy.pathStyle = parts.pathStyle;
    copy.credentials = parts.credentials;
    copy.attempts = parts.attempts;
    copy.attempt = parts.attempt;
    copy.silence = parts.silence;
    change.on(copy);
    return new S3Connection(copy);
  }

  /** Sets one part of a copy nobody else sees yet. */
  @FunctionalInterface
  private interface Change {
    void on(Parts copy);
  }

  /** Never changed once a connection holds it. */
  private static final class Parts {
    private @Nullable Region region;
    private @Nullable URI endpoint;
    private boolean pathStyle;
    private @Nullable AwsCredentialsProvider credentials;
    private int attempts = 5;
    private Duration attempt = Duration.ofSeconds(60);
    private Duration silence = Duration.ofSeconds(30);
  }
}
