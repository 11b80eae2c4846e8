package dev.rendition.s3;

import java.time.Clock;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.scheme.AwsV4AuthScheme;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.AsyncSignRequest;
import software.amazon.awssdk.http.auth.spi.signer.AsyncSignedRequest;
import software.amazon.awssdk.http.auth.spi.signer.SignRequest;
import software.amazon.awssdk.http.auth.spi.signer.SignedRequest;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.AwsSessionCredentialsIdentity;
import software.amazon.awssdk.identity.spi.IdentityProvider;
import software.amazon.awssdk.identity.spi.IdentityProviders;
import software.amazon.awssdk.utils.http.SdkHttpUtils;

/**
 * Signs requests that bring the digest of their body along in {@value #DIGEST}, so that the body
 * need not be read and hashed once more: AWS signature version 4 in the header {@code
 * Authorization} (AWS General Reference, "Signature Version 4 for API requests"). Leaves all others
 * to the AWS SDK. Safe for use by many threads.
 */
final class DigestSigner implements AwsV4HttpSigner {
  /** The SHA-256 of the body in hex; the server refuses another body. */
  static final String DIGEST = "x-amz-content-sha256";

  /** What a client or a proxy may change on the way; the AWS SDK leaves out the same. */
  private static final Set<String> UNSIGNED =
      Set.of(
          "connection",
          "expect",
          "transfer-encoding",
          "user-agent",
          "x-amzn-trace-id",
          "x-forwarded-for");

  private static final Pattern SPACES = Pattern.compile("\\s+");

  private final AwsV4HttpSigner sdk = AwsV4HttpSigner.create();
  private volatile @Nullable SigningKey lastKey;

  /** Returns a way to authenticate that signs with this signer. */
  static AwsV4AuthScheme scheme() {
    DigestSigner signer = new DigestSigner();
    return new AwsV4AuthScheme() {
      @Override
      public String schemeId() {
        return SCHEME_ID;
      }

      @Override
      public IdentityProvider<AwsCredentialsIdentity> identityProvider(IdentityProviders all) {
        return all.identityProvider(AwsCredentialsIdentity.class);
      }

      @Override
      public AwsV4HttpSigner signer() {
        return signer;
      }
    };
  }

  @Override
  public SignedRequest sign(SignRequest<? extends AwsCredentialsIdentity> request) {
    SdkHttpRequest http = request.request();
    Optional<String> digest = http.firstMatchingHeader(DIGEST);
    AwsCredentialsIdentity identity = request.identity();
    if (digest.isEmpty()
        || identity.accessKeyId() == null
        || !http.rawQueryParameters().isEmpty()
        || !"s3".equals(request.property(SERVICE_SIGNING_NAME))
        || request.hasProperty(CHECKSUM_ALGORITHM)
        || request.requireProperty(CHUNK_ENCODING_ENABLED, false)) {
      return sdk.sign(request);
    }
    String time =
        SigningKey.time(request.requireProperty(SIGNING_CLOCK, Clock.systemUTC()).instant());
    SigningKey daily =
        key(identity.secretAccessKey().strip(), time, request.requireProperty(REGION_NAME));
    SdkHttpRequest.Builder signed = http.toBuilder();
    signed.putHeader("Host", host(http));
    signed.putHeader("X-Amz-Date", time);
    if (identity instanceof AwsSessionCredentialsIdentity session) {
      signed.putHeader("X-Amz-Security-Token", session.sessionToken().strip());
    }
    Map<String, String> headers = headers(signed);
    String names = String.join(";", headers.keySet());
    StringBuilder canonical = new StringBuilder(1_000).append(http.method().name()).append('\n');
    canonical.append(http.encodedPath().isEmpty() ? "/" : http.encodedPath()).append("\n\n");
    headers.forEach((name, value) -> canonical.append(name).append(':').append(value).append('\n'));
    canonical.append('\n').append(names).append('\n').append(digest.get());
    signed.putHeader(
        "Authorization",
        SigningKey.ALGORITHM
            + " Credential="
            + identity.accessKeyId().strip()
            + '/'
            + daily.scope()
            + ", SignedHeaders="
            + names
            + ", Signature="
            + daily.sign(time, canonical.toString()));
    return SignedRequest.builder()
        .request(signed.build())
        .payload(request.payload().orElse(null))
        .build();
  }

  @Override
  public CompletableFuture<AsyncSignedRequest> signAsync(
      AsyncSignRequest<? extends AwsCredentialsIdentity> request) {
    return sdk.signAsync(request);
  }

  /** Names and values in the canonical form: lower case, sorted, spaces in a row as one. */
  private static Map<String, String> headers(SdkHttpRequest.Builder request) {
    Map<String, String> headers = new TreeMap<>();
    request.forEachHeader(
        (name, values) -> {
          String lower = name.toLowerCase(Locale.ROOT);
          if (!UNSIGNED.contains(lower)) {
            headers.put(
                lower,
                values.stream()
                    .map(value -> SPACES.matcher(value.strip()).replaceAll(" "))
                    .collect(Collectors.joining(",")));
          }
        });
    return headers;
  }

  private static String host(SdkHttpRequest http) {
    return SdkHttpUtils.isUsingStandardPort(http.protocol(), http.port())
        ? http.host()
        : http.host() + ':' + http.port();
  }

  private SigningKey key(String secret, String time, String region) {
    SigningKey last = lastKey;
    if (last == null || !last.holds(secret, time, region)) {
      last = SigningKey.derive(secret, time, region);
      lastKey = last;
    }
    return last;
  }
}
