package dev.rendition.s3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.rendition.RenditionConfig;
import dev.rendition.Renditions;
import dev.rendition.VerificationReport;
import dev.rendition.asset.AssetKey;
import dev.rendition.asset.AssetNotFoundException;
import dev.rendition.asset.AssetSource;
import dev.rendition.s3.FaultProxy.Fault;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.ServerSocket;
import java.net.URI;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/** What can be wrong between here and a bucket, and the one line that says what to do. */
class S3RefusalsTest {
  private static final AssetKey KEY = AssetKey.of("acme", "a.jpg");

  private static LocalS3 server;

  @BeforeAll
  static void startServer() throws Exception {
    server = new LocalS3();
  }

  @AfterAll
  static void stopServer() throws Exception {
    server.close();
  }

  @Test
  void aSoundConfigurationIsVerified() throws Exception {
    VerificationReport report = verify(server.endpoint(), Map.of());
    assertThat(report.checks()).allSatisfy(check -> assertThat(check.ok()).isTrue());
    assertThat(report.checks().toString()).contains("private links").contains("s3://");
  }

  @Test
  void aMissingBucketIsTold() throws Exception {
    requireTold(
        server.endpoint(),
        Map.of("rendition.originals", "s3://nobody-made-this"),
        "NoSuchBucket",
        "create it, or correct the place s3://nobody-made-this");
  }

  @Test
  void aWrongSecretIsTold() throws Exception {
    requireTold(
        server.endpoint(),
        Map.of("rendition.s3.secret-key", "another-secret-altogether"),
        "SignatureDoesNotMatch",
        "the secret key does not belong to the access key");
  }

  @Test
  void anUnknownAccessKeyIsTold() throws Exception {
    requireTold(
        server.endpoint(),
        Map.of("rendition.s3.access-key", "AKIDNOBODY"),
        "InvalidAccessKeyId",
        "S3 does not know this access key");
  }

  @Test
  void aWrongRegionIsToldWithTheRightOne() throws Exception {
    requireScripted(
        "HTTP/1.1 301 Moved Permanently\nx-amz-bucket-region: eu-west-1\nContent-Type: application/xml\n",
        "<Error><Code>PermanentRedirect</Code><Message>Use the right endpoint</Message></Error>",
        "the bucket is in another region: write ?region=eu-west-1 behind the place");
  }

  @Test
  void aMissingRightIsToldByName() throws Exception {
    requireScripted(
        "HTTP/1.1 403 Forbidden\nContent-Type: application/xml\n",
        "<Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>",
        "these credentials lack the right s3:PutObject");
  }

  @Test
  void aClockThatIsOffIsTold() throws Exception {
    requireScripted(
        "HTTP/1.1 403 Forbidden\nContent-Type: application/xml\n",
        "<Error><Code>RequestTimeTooSkewed</Code><Message>The difference is too large</Message></Error>",
        "this machine's clock is off");
  }

  /** Requests are signed with the server's time once it has told it; links are not. */
  @Test
  void aClockThatOnlyLinksSufferFromIsToldToo() throws Exception {
    try (FaultProxy proxy = new FaultProxy(server.endpoint(), line -> Fault.NONE)) {
      String later =
          DateTimeFormatter.RFC_1123_DATE_TIME.format(
              ZonedDateTime.now(ZoneOffset.UTC).plusMinutes(20));
      proxy.changeHeads(head -> head.replaceFirst("(?i)\\r\\ndate: [^\\r]*", "\r\nDate: " + later));
      assertThat(broken(verify(proxy.endpoint(), Map.of()), "private links"))
          .contains("clock is 19 minutes behind", "NTP");
    }
  }

  @Test
  void eachMissingRightIsToldByItsName() throws Exception {
    Map<String, String> rights =
        Map.of("PUT ", "s3:PutObject", "GET ", "s3:GetObject", "DELETE ", "s3:DeleteObject");
    for (Map.Entry<String, String> right : rights.entrySet()) {
      try (FaultProxy proxy =
          new FaultProxy(
              server.endpoint(),
              line -> line.startsWith(right.getKey()) ? Fault.SCRIPTED : Fault.NONE)) {
        proxy.script(
            "HTTP/1.1 403 Forbidden\nContent-Type: application/xml\nContent-Length: 72\n\n"
                + "<Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>");
        assertThat(broken(verify(proxy.endpoint(), Map.of()), "originals"))
            .contains("AccessDenied", "lack the right " + right.getValue());
      }
    }
  }

  @Test
  void aStoreThatDoesNotKnowConditionsIsTold() throws Exception {
    AtomicInteger puts = new AtomicInteger();
    try (FaultProxy proxy =
        new FaultProxy(
            server.endpoint(),
            line ->
                line.startsWith("PUT ") && puts.getAndIncrement() == 1
                    ? Fault.SCRIPTED
                    : Fault.NONE)) {
      proxy.script("HTTP/1.1 200 OK\nContent-Length: 0\n\n");
      assertThat(broken(verify(proxy.endpoint(), Map.of()), "originals"))
          .contains("overwrote an asset it was told to keep");
    }
  }

  @Test
  void anEndpointNobodyListensAtIsTold() throws Exception {
    URI nobody;
    try (ServerSocket free = new ServerSocket(0)) {
      nobody = URI.create("http://127.0.0.1:" + free.getLocalPort());
    }
    requireTold(nobody, Map.of("rendition.s3.attempts", "1"), "cannot be reached", "endpoint");
  }

  @Test
  void whoMayNotListIsToldNothingIsThereOnlyWhenAsked() throws Exception {
    try (FaultProxy proxy =
        new FaultProxy(
            server.endpoint(), line -> line.startsWith("HEAD") ? Fault.SCRIPTED : scripted(line))) {
      proxy.script("HTTP/1.1 403 Forbidden\nContent-Type: application/xml\nContent-Length: 0\n\n");
      S3AssetStore.Builder builder =
          S3AssetStore.builder(server.newBucket())
              .connection(LocalS3.connection(proxy.endpoint()).attempts(1));
      try (S3AssetStore strict = builder.build()) {
        assertThatIOException()
            .isThrownBy(() -> strict.stat(KEY))
            .withMessageContaining("s3:GetObject");
        assertThatIOException()
            .isThrownBy(() -> strict.open(KEY).close())
            .isNotInstanceOf(AssetNotFoundException.class);
      }
      try (S3AssetStore told = builder.treatForbiddenAsMissing(true).build()) {
        assertThat(told.stat(KEY)).isEmpty();
        assertThatIOException()
            .isThrownBy(() -> told.open(KEY).close())
            .isInstanceOf(AssetNotFoundException.class);
      }
    }
  }

  private static Fault scripted(String line) {
    return line.startsWith("GET") ? Fault.SCRIPTED : Fault.NONE;
  }

  @Test
  void aForbiddenWriteIsNeverMistakenForAnAbsentAsset() throws Exception {
    try (FaultProxy proxy = new FaultProxy(server.endpoint(), line -> Fault.SCRIPTED);
        S3AssetStore store =
            S3AssetStore.builder(server.newBucket())
                .connection(LocalS3.connection(proxy.endpoint()).attempts(1))
                .treatForbiddenAsMissing(true)
                .build()) {
      proxy.script("HTTP/1.1 403 Forbidden\nContent-Length: 0\n\n");
      assertThatIOException()
          .isThrownBy(() -> store.put(KEY, AssetSource.ofBytes(new byte[1], "image/jpeg")))
          .withMessageContaining("s3:PutObject");
    }
  }

  @Test
  void noCredentialsShowUpAnywhere() throws Exception {
    S3Connection connection =
        server
            .connection()
            .credentials(
                StaticCredentialsProvider.create(
                    AwsBasicCredentials.create("AKIDNOTSHOWN", "secret-not-shown")));
    try (S3AssetStore store =
            S3AssetStore.builder(server.newBucket()).connection(connection).build();
        S3UrlSigner signer = S3UrlSigner.of("bucket", connection)) {
      StringWriter shown = new StringWriter();
      PrintWriter out = new PrintWriter(shown);
      out.println(store + " " + signer + " " + connection);
      assertThatIOException()
          .isThrownBy(() -> store.put(KEY, AssetSource.ofBytes("x".getBytes(UTF_8), "image/jpeg")))
          .satisfies(e -> e.printStackTrace(out));
      assertThatIOException()
          .isThrownBy(() -> store.stat(KEY))
          .satisfies(e -> e.printStackTrace(out));
      out.println(SigningKey.derive("secret-not-shown", "20240101T000000Z", "eu-central-1"));
      assertThat(shown.toString())
          .contains("s3://bucket")
          .doesNotContain("secret-not-shown")
          .doesNotContain("AKIDNOTSHOWN");
    }
  }

  private static void requireScripted(String head, String body, String told) throws Exception {
    try (FaultProxy proxy = new FaultProxy(server.endpoint(), line -> Fault.SCRIPTED)) {
      proxy.script(head + "Content-Length: " + body.length() + "\n\n" + body);
      requireTold(proxy.endpoint(), Map.of(), told, told);
    }
  }

  private static void requireTold(
      URI endpoint, Map<String, String> changed, String reason, String remedy) throws Exception {
    VerificationReport report = verify(endpoint, changed);
    assertThat(broken(report, "originals")).contains(reason).contains(remedy);
    assertThat(report.toString())
        .doesNotContain(LocalS3.SECRET_KEY)
        .doesNotContain("another-secret");
  }

  /** Returns the one line in which a check failed. */
  private static String broken(VerificationReport report, String name) {
    String line =
        report.checks().stream()
            .filter(check -> check.name().equals(name))
            .filter(check -> !check.ok())
            .map(VerificationReport.Check::detail)
            .collect(Collectors.joining());
    assertThat(line).as(report.toString()).isNotEmpty().doesNotContain("\n");
    return line;
  }

  private static VerificationReport verify(URI endpoint, Map<String, String> changed)
      throws Exception {
    Map<String, String> settings =
        new TreeMap<>(
            Map.of(
                "rendition.originals",
                "s3://" + server.newBucket() + "/originals",
                "rendition.renditions",
                "s3://" + server.newBucket() + "/{tenant}?path-style=true",
                "rendition.s3.endpoint",
                endpoint.toString(),
                "rendition.s3.path-style",
                "true",
                "rendition.s3.access-key",
                LocalS3.ACCESS_KEY,
                "rendition.s3.secret-key",
                LocalS3.SECRET_KEY,
                "rendition.s3.attempts",
                "2",
                "rendition.urls.signer",
                "s3",
                "rendition.recipe.dot",
                "fit:10,png"));
    settings.putAll(changed);
    try (Renditions renditions = Renditions.fromConfig(RenditionConfig.of(settings))) {
      return renditions.verify();
    }
  }
}
