package dev.rendition.s3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.rendition.asset.AssetKey;
import dev.rendition.asset.AssetSource;
import dev.rendition.asset.AssetStore;
import dev.rendition.asset.SignedUrl;
import dev.rendition.asset.UrlSigner;
import dev.rendition.testkit.UrlSignerContract;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/** Links which a server that verifies signatures accepts or refuses; nothing is decided by us. */
class S3UrlSignerTest extends UrlSignerContract {
  private static final String BUCKET = "links";
  private static final AssetKey KEY = AssetKey.of("acme", "photos/über & more/a+b.jpg");
  private static final Duration HOUR = Duration.ofHours(1);

  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final Set<AssetKey> PREPARED = ConcurrentHashMap.newKeySet();
  private static LocalS3 server;
  private static AssetStore store;

  @BeforeAll
  static void startServer() throws Exception {
    server = new LocalS3();
    store = S3AssetStore.builder(server.newBucket(BUCKET)).connection(server.connection()).build();
    PREPARED.clear();
  }

  @AfterAll
  static void stopServer() throws Exception {
    store.close();
    server.close();
  }

  @Override
  protected UrlSigner newSigner(Clock clock) {
    return S3UrlSigner.of(BUCKET, server.connection(), clock);
  }

  @Override
  protected boolean accepts(URI link) throws IOException {
    if (link.getHost() == null) {
      return false; // what was changed is the slash between host and path: no server is named
    }
    return status(HttpRequest.newBuilder(link).build()) == 200;
  }

  @Override
  protected void prepare(AssetKey key) throws IOException {
    if (PREPARED.add(key)) {
      store.put(key, AssetSource.ofBytes(key.toString().getBytes(UTF_8), "text/plain"));
    }
  }

  @Override
  protected Duration longestValidity() {
    return Duration.ofDays(7);
  }

  @Override
  protected String signatureParameter() {
    return "X-Amz-Signature";
  }

  @Override
  protected String expiryParameter() {
    return "X-Amz-Expires";
  }

  @Override
  protected List<String> secrets() {
    return List.of(LocalS3.SECRET_KEY);
  }

  @Test
  void aLinkGivesTheBytesToPlainHttp() throws Exception {
    prepare(KEY);
    URI link = newSigner(Clock.systemUTC()).sign(KEY, HOUR).uri();
    assertThat(HTTP.send(HttpRequest.newBuilder(link).build(), BodyHandlers.ofString()).body())
        .isEqualTo(KEY.toString());
  }

  @Test
  void aLinkForReadingWritesAndDeletesNothing() throws Exception {
    prepare(KEY);
    URI link = newSigner(Clock.systemUTC()).sign(KEY, HOUR).uri();
    HttpRequest.Builder request = HttpRequest.newBuilder(link);
    assertThat(status(request.PUT(BodyPublishers.ofString("evil")).build())).isEqualTo(403);
    assertThat(status(request.DELETE().build())).isEqualTo(403);
    assertThat(store.stat(KEY).orElseThrow().length())
        .isEqualTo(KEY.toString().getBytes(UTF_8).length);
  }

  @Test
  void anUploadOfTheSignedTypeAndLengthIsAnAsset() throws Exception {
    AssetKey key = AssetKey.of("acme", "upload/direct.jpg");
    SignedUpload upload = signer().signUpload(key, "image/jpeg", 5, HOUR);
    assertThat(status(put(upload, "image/jpeg", "bytes"))).isEqualTo(200);
    assertThat(store.stat(key).orElseThrow().mediaType()).isEqualTo("image/jpeg");
    assertThat(store.open(key).stream().readAllBytes()).isEqualTo("bytes".getBytes(UTF_8));
  }

  @Test
  void anUploadOfAnotherTypeOrLengthIsRefusedByTheServer() throws Exception {
    AssetKey key = AssetKey.of("acme", "upload/refused.jpg");
    SignedUpload upload = signer().signUpload(key, "image/jpeg", 5, HOUR);
    assertThat(status(put(upload, "text/html", "bytes"))).isEqualTo(403);
    assertThat(status(put(upload, "image/jpeg", "more bytes"))).isEqualTo(403);
    assertThat(status(put(upload, "image/jpeg", "less"))).isEqualTo(403);
    assertThat(status(HttpRequest.newBuilder(upload.url().uri()).build())).isEqualTo(403);
    assertThat(store.stat(key)).isEmpty();
  }

  @Test
  void anUploadOutOfRangeIsNotSigned() {
    for (long length : new long[] {-1, (5L << 30) + 1, Long.MAX_VALUE}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> signer().signUpload(KEY, "image/jpeg", length, HOUR));
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> signer().signUpload(KEY, "jpeg\r\nx-amz-acl: public-read", 1, HOUR));
  }

  @Test
  void linksAreThoseOfTheSdk() {
    Instant now = Instant.parse("2024-02-29T23:59:59Z");
    AwsCredentials plain = AwsBasicCredentials.create("AKIDEXAMPLE", "wJalr/+secret=");
    AwsCredentials session = AwsSessionCredentials.create("ASIAEXAMPLE", "secret", "to/ken+with==");
    for (String region : List.of("us-west-2", "eu-central-1", "cn-north-1", "us-gov-west-1")) {
      for (String bucket : List.of("plain-bucket", "bucket.with.dots")) {
        for (boolean pathStyle : new boolean[] {false, true}) {
          for (AwsCredentials credentials : List.of(plain, session)) {
            S3Connection connection =
                S3Connection.DEFAULT
                    .region(region)
                    .pathStyle(pathStyle)
                    .credentials(StaticCredentialsProvider.create(credentials));
            SignedUrl ours =
                S3UrlSigner.of(bucket + "/in/here", connection, Clock.fixed(now, ZoneOffset.UTC))
                    .sign(KEY, HOUR);
            URI theirs = ofTheSdk(now, region, bucket, pathStyle, credentials);
            assertThat(ours.uri().getRawPath()).isEqualTo(theirs.getRawPath());
            assertThat(ours.uri().getAuthority()).isEqualTo(theirs.getAuthority());
            assertThat(ours.uri().getRawQuery().split("&"))
                .containsExactlyInAnyOrder(theirs.getRawQuery().split("&"));
          }
        }
      }
    }
  }

  /** The SDK's presigner takes no clock; the signer below it does. */
  private static URI ofTheSdk(
      Instant now, String region, String bucket, boolean pathStyle, AwsCredentials credentials) {
    URI unsigned;
    try (S3Presigner presigner =
        S3Presigner.builder()
            .region(Region.of(region))
            .credentialsProvider(StaticCredentialsProvider.create(credentials))
            .serviceConfiguration(
                S3Configuration.builder().pathStyleAccessEnabled(pathStyle).build())
            .build()) {
      String link =
          presigner
              .presignGetObject(
                  get ->
                      get.signatureDuration(HOUR)
                          .getObjectRequest(of -> of.bucket(bucket).key("in/here/" + KEY)))
              .url()
              .toString();
      unsigned = URI.create(link.substring(0, link.indexOf('?')));
    }
    return AwsV4HttpSigner.create()
        .sign(
            request ->
                request
                    .identity(credentials)
                    .request(
                        SdkHttpRequest.builder().uri(unsigned).method(SdkHttpMethod.GET).build())
                    .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "s3")
                    .putProperty(AwsV4HttpSigner.REGION_NAME, region)
                    .putProperty(AwsV4HttpSigner.DOUBLE_URL_ENCODE, false)
                    .putProperty(AwsV4HttpSigner.NORMALIZE_PATH, false)
                    .putProperty(AwsV4HttpSigner.PAYLOAD_SIGNING_ENABLED, false)
                    .putProperty(
                        AwsV4HttpSigner.AUTH_LOCATION, AwsV4HttpSigner.AuthLocation.QUERY_STRING)
                    .putProperty(AwsV4HttpSigner.EXPIRATION_DURATION, HOUR)
                    .putProperty(HttpSigner.SIGNING_CLOCK, Clock.fixed(now, ZoneOffset.UTC)))
        .request()
        .getUri();
  }

  @Test
  void aLinkEndsNoLaterThanTheSessionItWasSignedWith() {
    Instant now = Instant.parse("2024-02-29T12:00:00Z");
    AwsSessionCredentials session =
        AwsSessionCredentials.builder()
            .accessKeyId("ASIAEXAMPLE")
            .secretAccessKey("secret")
            .sessionToken("token")
            .expirationTime(now.plusSeconds(600))
            .build();
    S3Connection connection =
        S3Connection.DEFAULT
            .region("eu-central-1")
            .credentials(StaticCredentialsProvider.create(session));
    SignedUrl link =
        S3UrlSigner.of("bucket", connection, Clock.fixed(now, ZoneOffset.UTC)).sign(KEY, HOUR);
    assertThat(link.expiresAt()).isEqualTo(now.plusSeconds(600));
  }

  @Test
  void aTenantsBucketStandsInItsLinks() {
    S3UrlSigner signer = S3UrlSigner.of("dam-{tenant}/r", server.connection());
    assertThat(signer.sign(AssetKey.of("acme", "a.jpg"), HOUR).uri().getPath())
        .isEqualTo("/dam-acme/r/a.jpg");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> signer.sign(AssetKey.of("ACME_1", "a.jpg"), HOUR))
        .withMessageContaining("ACME_1");
  }

  private static S3UrlSigner signer() {
    return S3UrlSigner.of(BUCKET, server.connection());
  }

  private static HttpRequest put(SignedUpload upload, String type, String body) {
    return HttpRequest.newBuilder(upload.url().uri())
        .header("Content-Type", type)
        .PUT(BodyPublishers.ofString(body))
        .build();
  }

  private static int status(HttpRequest request) throws IOException {
    try {
      return HTTP.send(request, BodyHandlers.discarding()).statusCode();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }
}
