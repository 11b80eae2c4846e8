package dev.rendition.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.rendition.asset.AssetInfo;
import dev.rendition.asset.AssetKey;
import dev.rendition.asset.AssetStore;
import dev.rendition.ingest.Expected;
import dev.rendition.ingest.Ingest;
import dev.rendition.ingest.IngestException;
import dev.rendition.ingest.IngestReason;
import dev.rendition.ingest.IngestRules;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a browser does with a link to upload by, and what the application does then. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class S3UploadIT {
  private static final AssetKey UPLOADED = AssetKey.of("acme", "incoming/4711");
  private static final AssetKey KEY = AssetKey.of("acme", "photos/beach.png");
  private static final HttpClient BROWSER = HttpClient.newHttpClient();

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
  void anUploadIsConfirmedAndMovedToItsKey() throws Exception {
    for (int side : new int[] {40, 800}) {
      byte[] picture = picture(side);
      String bucket = server.newBucket();
      try (AssetStore store = store(bucket);
          S3UrlSigner signer = S3UrlSigner.of(bucket, server.connection())) {
        upload(signer, "image/png", picture);
        Ingest ingest = Ingest.into(store, key -> false, IngestRules.DEFAULT);
        Expected expected =
            Expected.ANYTHING.withLength(picture.length).withSha256(sha256(picture));
        AssetInfo info = ingest.confirm(UPLOADED, KEY, expected);
        assertThat(info.version()).isEqualTo(sha256(picture));
        assertThat(store.stat(KEY).map(AssetInfo::version)).contains(info.version());
        assertThat(store.stat(KEY).map(AssetInfo::mediaType)).contains("image/png");
        assertThat(store.stat(UPLOADED)).isEmpty();
        try (var content = store.open(KEY)) {
          assertThat(content.stream().readAllBytes()).isEqualTo(picture);
        }
      }
    }
  }

  @Test
  void anUploadIsConfirmedWhereItLies() throws Exception {
    byte[] picture = picture(40);
    String bucket = server.newBucket();
    try (AssetStore store = store(bucket);
        S3UrlSigner signer = S3UrlSigner.of(bucket, server.connection())) {
      upload(signer, "application/octet-stream", picture);
      Ingest ingest = Ingest.into(store, key -> false, IngestRules.DEFAULT);
      AssetInfo info = ingest.confirm(UPLOADED, Expected.ANYTHING);
      assertThat(info.mediaType()).isEqualTo("image/png");
      assertThat(store.stat(UPLOADED).map(AssetInfo::mediaType)).contains("image/png");
    }
  }

  @Test
  void anUploadThatIsSomethingElseIsTakenAway() throws Exception {
    byte[] page = "<html>evil".getBytes(java.nio.charset.StandardCharsets.UTF_8);
    Map<IngestReason, Expected> cases =
        Map.of(
            IngestReason.NOT_A_PICTURE,
            Expected.ANYTHING,
            IngestReason.LENGTH_MISMATCH,
            Expected.ANYTHING.withLength(5));
    for (Map.Entry<IngestReason, Expected> each : cases.entrySet()) {
      String bucket = server.newBucket();
      try (AssetStore store = store(bucket);
          S3UrlSigner signer = S3UrlSigner.of(bucket, server.connection())) {
        Ingest ingest = Ingest.into(store, key -> false, IngestRules.DEFAULT);
        assertThat(reason(ingest, Expected.ANYTHING)).isEqualTo(IngestReason.UPLOAD_MISSING);
        upload(signer, "image/png", page);
        assertThat(reason(ingest, each.getValue())).isEqualTo(each.getKey());
        assertThat(store.stat(UPLOADED)).isEmpty();
        assertThat(store.stat(KEY)).isEmpty();
      }
    }
  }

  @Test
  void anUploadThatIsRefusedCanBePutAside() throws Exception {
    byte[] picture = picture(40);
    String bucket = server.newBucket();
    try (AssetStore store = store(bucket);
        S3UrlSigner signer = S3UrlSigner.of(bucket, server.connection())) {
      upload(signer, "image/png", picture);
      Ingest ingest =
          Ingest.into(store, key -> false, IngestRules.DEFAULT.quarantining("quarantine"));
      assertThat(reason(ingest, Expected.ANYTHING.withSha256("0".repeat(64))))
          .isEqualTo(IngestReason.DIGEST_MISMATCH);
      assertThat(store.stat(UPLOADED)).isEmpty();
      assertThat(store.stat(UPLOADED.withPath("quarantine/incoming/4711"))).isPresent();
    }
  }

  private static void upload(S3UrlSigner signer, String type, byte[] bytes) throws Exception {
    SignedUpload upload = signer.signUpload(UPLOADED, type, bytes.length, Duration.ofMinutes(5));
    HttpRequest put =
        HttpRequest.newBuilder(upload.url().uri())
            .header("Content-Type", type)
            .PUT(BodyPublishers.ofByteArray(bytes))
            .build();
    assertThat(BROWSER.send(put, BodyHandlers.discarding()).statusCode()).isEqualTo(200);
  }

  private static IngestReason reason(Ingest ingest, Expected expected) {
    IngestException refusal =
        catchThrowableOfType(IngestException.class, () -> ingest.confirm(UPLOADED, KEY, expected));
    assertThat(refusal).isNotNull();
    return refusal.reason();
  }

  private static AssetStore store(String bucket) {
    return S3AssetStore.builder(bucket).connection(server.connection()).build();
  }

  private static String sha256(byte[] bytes) throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }

  private static byte[] picture(int side) throws IOException {
    BufferedImage image = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
    Random random = new Random(side);
    for (int i = 0; i < side * side; i++) {
      image.setRGB(i % side, i / side, random.nextInt(1 << 24));
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    assertThat(ImageIO.write(image, "png", out)).isTrue();
    return out.toByteArray();
  }
}
