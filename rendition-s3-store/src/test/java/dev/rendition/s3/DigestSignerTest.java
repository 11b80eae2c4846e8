package dev.rendition.s3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.rendition.asset.AssetAttributes;
import dev.rendition.asset.AssetKey;
import dev.rendition.asset.AssetSource;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.checksums.DefaultChecksumAlgorithm;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.SdkHttpFullRequest;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.SignRequest;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.AwsSessionCredentialsIdentity;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** What is signed here is signed as the AWS SDK does, and the server looks at the body. */
class DigestSignerTest {
  private static final byte[] BODY = "the body".getBytes(UTF_8);
  private static final AwsCredentialsIdentity KEYS = AwsCredentialsIdentity.create("AKID", "s/+=");
  private static final AwsCredentialsIdentity SESSION =
      AwsSessionCredentialsIdentity.create(" AKID ", " s/+= ", "token/+==");

  @Test
  void signsAsTheAwsSdkDoes() {
    AwsV4HttpSigner sdk = AwsV4HttpSigner.create();
    AwsV4HttpSigner ours = DigestSigner.scheme().signer();
    for (AwsCredentialsIdentity identity : List.of(KEYS, SESSION)) {
      for (String region : List.of("eu-central-1", "us-east-1")) {
        for (int day = 0; day < 3; day++) {
          Clock clock =
              Clock.fixed(Instant.parse("2024-02-28T23:59:59Z").plusSeconds(day), ZoneOffset.UTC);
          for (SdkHttpRequest request : requests()) {
            SdkHttpRequest expected = sign(sdk, request, identity, region, clock);
            SdkHttpRequest with =
                request.copy(changed -> changed.putHeader(DigestSigner.DIGEST, sha256Of(expected)));
            assertThat(sorted(sign(ours, with, identity, region, clock)))
                .as("%s", request)
                .isEqualTo(sorted(expected));
          }
        }
      }
    }
  }

  private static List<SdkHttpRequest> requests() {
    SdkHttpFullRequest plain =
        SdkHttpFullRequest.builder()
            .method(SdkHttpMethod.PUT)
            .uri(URI.create("http://127.0.0.1:9000/bucket/acme/a.jpg"))
            .putHeader("Content-Type", "image/jpeg")
            .putHeader("Content-Length", "8")
            .putHeader("User-Agent", "anything")
            .putHeader("amz-sdk-request", "attempt=1; max=5")
            .putHeader("If-None-Match", "*")
            .build();
    return List.of(
        plain,
        plain.toBuilder().uri(URI.create("http://bucket.example.com")).build(),
        plain.toBuilder().uri(URI.create("http://h:80/b/%C3%BC%20%2B%2A/..//%25?")).build(),
        plain.toBuilder().uri(URI.create("https://h/b/a")).build(),
        plain.toBuilder().uri(URI.create("https://h:8443/b/a")).build(),
        plain.toBuilder()
            .putHeader("x-amz-meta-Title", "  two  spaces and\ttab  ")
            .putHeader("Cache-Control", List.of("no-store", "private"))
            .putHeader("X-Amzn-Trace-Id", "Root=1")
            .putHeader("Expect", "100-continue")
            .build());
  }

  @Test
  void doesNotReadTheBodyOnceMore() {
    SdkHttpRequest with =
        requests().get(0).copy(changed -> changed.putHeader(DigestSigner.DIGEST, "0".repeat(64)));
    var signed =
        DigestSigner.scheme()
            .signer()
            .sign(
                SignRequest.builder(KEYS)
                    .request(with)
                    .payload(
                        () -> {
                          throw new AssertionError("the body was opened");
                        })
                    .putProperty(AwsV4HttpSigner.REGION_NAME, "us-east-1")
                    .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "s3")
                    .build());
    assertThat(signed.payload()).isPresent();
    assertThat(signed.request().firstMatchingHeader("Authorization")).isPresent();
  }

  @Test
  void leavesToTheAwsSdkWhatBringsNoDigestOrAsksMore() {
    AwsV4HttpSigner ours = DigestSigner.scheme().signer();
    SdkHttpRequest plain = requests().get(0);
    SdkHttpRequest signed = sign(ours, plain, KEYS, "eu-central-1", Clock.systemUTC());
    assertThat(sha256Of(signed)).isEqualTo(Digests.hex(Digests.sha256().digest(BODY)));
    SdkHttpRequest asked =
        plain.copy(
            changed ->
                changed
                    .putHeader(DigestSigner.DIGEST, "0".repeat(64))
                    .putRawQueryParameter("uploads", ""));
    signed = sign(ours, asked, KEYS, "eu-central-1", Clock.systemUTC());
    assertThat(sha256Of(signed)).isEqualTo(Digests.hex(Digests.sha256().digest(BODY)));
    AwsCredentialsIdentity nobody = AnonymousCredentialsProvider.create().resolveCredentials();
    SdkHttpRequest unsigned =
        sign(
            ours,
            plain.copy(changed -> changed.putHeader(DigestSigner.DIGEST, "0".repeat(64))),
            nobody,
            "eu-central-1",
            Clock.systemUTC());
    assertThat(unsigned.firstMatchingHeader("Authorization")).isEmpty();
  }

  /** As where the environment, not the configuration, names an endpoint without TLS. */
  @Test
  void leavesToTheAwsSdkWhatHasAnotherChecksumToCompute() {
    SdkHttpRequest with =
        requests().get(0).copy(changed -> changed.putHeader(DigestSigner.DIGEST, "0".repeat(64)));
    SdkHttpRequest signed =
        DigestSigner.scheme()
            .signer()
            .sign(
                SignRequest.builder(KEYS)
                    .request(with)
                    .payload(ContentStreamProvider.fromByteArray(BODY))
                    .putProperty(AwsV4HttpSigner.REGION_NAME, "us-east-1")
                    .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "s3")
                    .putProperty(AwsV4HttpSigner.CHECKSUM_ALGORITHM, DefaultChecksumAlgorithm.CRC32)
                    .build())
            .request();
    assertThat(signed.firstMatchingHeader("x-amz-checksum-crc32")).isPresent();
    assertThat(sha256Of(signed)).isEqualTo(Digests.hex(Digests.sha256().digest(BODY)));
  }

  @Test
  void theServerRefusesAnotherBody() throws Exception {
    try (LocalS3 server = new LocalS3();
        S3Client client = server.client()) {
      String bucket = server.newBucket();
      String digest = Digests.hex(Digests.sha256().digest(BODY));
      put(client, bucket, "right", digest, BODY);
      byte[] other = "the bodY".getBytes(UTF_8);
      S3Exception refusal =
          catchThrowableOfType(
              S3Exception.class, () -> put(client, bucket, "wrong", digest, other));
      assertThat(refusal.statusCode()).isBetween(400, 403);
      assertThat(client.listObjectsV2(list -> list.bucket(bucket)).contents())
          .extracting(object -> object.key())
          .containsExactly("right");
    }
  }

  private static void put(S3Client client, String bucket, String key, String digest, byte[] bytes) {
    var unused =
        client.putObject(
            put ->
                put.bucket(bucket)
                    .key(key)
                    .overrideConfiguration(each -> each.putHeader(DigestSigner.DIGEST, digest)),
            RequestBody.fromBytes(bytes));
  }

  /** It signs with the AWS SDK, which computes the digest itself, in a chunked body or a whole. */
  @Test
  void aClientOfTheCallersStoresTheSame() throws Exception {
    try (LocalS3 server = new LocalS3()) {
      for (boolean chunked : new boolean[] {false, true}) {
        String bucket = server.newBucket();
        try (S3Client client =
                S3Client.builder()
                    .endpointOverride(server.endpoint())
                    .region(Region.US_EAST_1)
                    .forcePathStyle(true)
                    .serviceConfiguration(each -> each.chunkedEncodingEnabled(chunked))
                    .httpClientBuilder(UrlConnectionHttpClient.builder())
                    .credentialsProvider(
                        StaticCredentialsProvider.create(
                            AwsBasicCredentials.create(LocalS3.ACCESS_KEY, LocalS3.SECRET_KEY)))
                    .build();
            S3AssetStore store = S3AssetStore.builder(bucket).client(client).build()) {
          AssetKey key = AssetKey.of("acme", "a.jpg");
          var info = store.put(key, AssetSource.ofBytes(BODY, "image/jpeg"), AssetAttributes.NONE);
          assertThat(info.version()).isEqualTo(Digests.hex(Digests.sha256().digest(BODY)));
          try (var content = store.open(key)) {
            assertThat(content.info().version()).isEqualTo(info.version());
            assertThat(content.stream().readAllBytes()).isEqualTo(BODY);
          }
        }
      }
    }
  }

  private static SdkHttpRequest sign(
      AwsV4HttpSigner signer,
      SdkHttpRequest request,
      AwsCredentialsIdentity identity,
      String region,
      Clock clock) {
    return signer
        .sign(
            SignRequest.builder(identity)
                .request(request)
                .payload(ContentStreamProvider.fromByteArray(BODY))
                .putProperty(AwsV4HttpSigner.REGION_NAME, region)
                .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "s3")
                .putProperty(AwsV4HttpSigner.DOUBLE_URL_ENCODE, false)
                .putProperty(AwsV4HttpSigner.NORMALIZE_PATH, false)
                .putProperty(AwsV4HttpSigner.SIGNING_CLOCK, clock)
                .build())
        .request();
  }

  private static String sha256Of(SdkHttpRequest signed) {
    return signed.firstMatchingHeader(DigestSigner.DIGEST).orElseThrow();
  }

  private static Map<String, List<String>> sorted(SdkHttpRequest request) {
    Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    headers.putAll(request.headers());
    return headers;
  }
}
