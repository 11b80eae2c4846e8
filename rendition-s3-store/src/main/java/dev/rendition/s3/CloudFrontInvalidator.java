package dev.rendition.s3;

import static java.util.Objects.requireNonNull;

import dev.rendition.asset.AssetKey;
import dev.rendition.asset.CdnInvalidator;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudfront.CloudFrontClient;
import software.amazon.awssdk.services.cloudfront.CloudFrontClientBuilder;

/**
 * Has a CloudFront distribution forget assets. Needs the artifact {@code
 * software.amazon.awssdk:cloudfront} beside this one.
 *
 * <p>Paths are written as public links write them. Where many keys of one folder are to be
 * forgotten they become one path with an asterisk: CloudFront counts it once, and fetches what else
 * lies there again. An order has at most {@value #MAX_PATHS} paths; each carries a reference of its
 * own, the same for every attempt, so that an attempt whose answer was lost is not carried out
 * twice. Safe for use by many threads.
 */
public final class CloudFrontInvalidator implements CdnInvalidator, AutoCloseable {
  /** The most paths of one order: what CloudFront works on at a time. */
  public static final int MAX_PATHS = 3_000;

  /** From how many keys in one folder on an asterisk is written unless told otherwise. */
  public static final int DEFAULT_WILDCARD_FROM = 10;

  private static final Pattern DISTRIBUTION = Pattern.compile("[A-Z0-9]{1,32}");

  private final CloudFrontClient client;
  private final boolean ownsClient;
  private final String distribution;
  private final String folder;
  private final int wildcardFrom;

  private CloudFrontInvalidator(
      CloudFrontClient client,
      boolean ownsClient,
      String distribution,
      String folder,
      int wildcardFrom) {
    this.client = client;
    this.ownsClient = ownsClient;
    this.distribution = distribution;
    this.folder = folder;
    this.wildcardFrom = wildcardFrom;
  }

  /**
   * Returns an invalidator over the caller's client, which stays the caller's.
   *
   * @param distribution the id, such as {@code EDFDVBD6EXAMPLE}
   * @param folder the path of public links before the key, with a slash at both ends: {@code /}
   * @param wildcardFrom from how many keys in one folder on an asterisk is written, 2 or more
   */
  public static CloudFrontInvalidator of(
      CloudFrontClient client, String distribution, String folder, int wildcardFrom) {
    requireUsable(distribution, folder, wildcardFrom);
    return new CloudFrontInvalidator(
        requireNonNull(client, "client"), false, distribution, folder, wildcardFrom);
  }

  /** Returns an invalidator with a client of its own, which it closes. */
  static CloudFrontInvalidator connect(
      @Nullable URI endpoint,
      @Nullable AwsCredentialsProvider credentials,
      String distribution,
      String folder,
      int wildcardFrom) {
    requireUsable(distribution, folder, wildcardFrom);
    CloudFrontClientBuilder builder =
        CloudFrontClient.builder()
            .region(Region.AWS_GLOBAL)
            .httpClientBuilder(
                UrlConnectionHttpClient.builder()
                    .connectionTimeout(Duration.ofSeconds(5))
                    .socketTimeout(Duration.ofSeconds(30)))
            .overrideConfiguration(
                override ->
                    override
                        .retryStrategy(AwsRetryStrategy.standardRetryStrategy())
                        .apiCallAttemptTimeout(Duration.ofSeconds(30))
                        .apiCallTimeout(Duration.ofMinutes(2)));
    if (endpoint != null) {
      builder.endpointOverride(endpoint);
    }
    if (credentials != null) {
      builder.credentialsProvider(credentials);
    }
    return new CloudFrontInvalidator(builder.build(), true, distribution, folder, wildcardFrom);
  }

  private static void requireUsable(String distribution, String folder, int wildcardFrom) {
    if (!DISTRIBUTION.matcher(distribution).matches()) {
      throw new IllegalArgumentException(
          "a distribution is written like EDFDVBD6EXAMPLE, capital letters and digits");
    }
    if (!folder.startsWith("/") || !folder.endsWith("/")) {
      throw new IllegalArgumentException("a folder begins and ends with '/'");
    }
    if (wildcardFrom < 2) {
      throw new IllegalArgumentException("wildcardFrom is 2 or more, was " + wildcardFrom);
    }
  }

  @Override
  public void invalidate(Collection<AssetKey> keys) throws IOException {
    List<String> paths = InvalidationPaths.of(new TreeSet<>(keys), folder, wildcardFrom);
    for (int from = 0; from < paths.size(); from += MAX_PATHS) {
      order(new ArrayList<>(paths.subList(from, Math.min(paths.size(), from + MAX_PATHS))));
    }
  }

  private void order(List<String> paths) throws IOException {
    String reference = "rendition-" + UUID.randomUUID();
    try {
      var unused =
          client.createInvalidation(
              order ->
                  order
                      .distributionId(distribution)
                      .invalidationBatch(
                          batch ->
                              batch
                                  .callerReference(reference)
                                  .paths(all -> all.quantity(paths.size()).items(paths))));
    } catch (SdkException e) {
      throw S3Fault.explain(
          "having " + paths.size() + " paths forgotten, the first " + paths.get(0),
          "the CloudFront distribution " + distribution,
          "cloudfront:CreateInvalidation",
          e);
    }
  }

  /** Closes the client unless the caller gave it. */
  @Override
  public void close() {
    if (ownsClient) {
      client.close();
    }
  }

  /** Names the distribution, no credentials. */
  @Override
  public String toString() {
    return "CloudFrontInvalidator[" + distribution + folder + "]";
  }
}
