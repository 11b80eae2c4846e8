package dev.rendition.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.rendition.asset.AssetKey;
import dev.rendition.asset.MemoryAssetStore;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A server with a certificate of its own: the name in the URL is what it has to be for. */
@Timeout(60)
class TlsIngestIT {
  private static final AssetKey KEY = AssetKey.of("acme", "a.png");

  @TempDir Path folder;

  @Test
  void aCertificateIsForTheNameInTheUrlWhateverTheAddress() throws Exception {
    SSLContext trusting = context();
    byte[] picture = Drawn.picture("png", 20, 1);
    try (Origin origin = new Origin(trusting.getServerSocketFactory())) {
      origin
          .on("/a.png", "image/png", picture)
          .on("/down", "HTTP/1.1 302 Found\r\nLocation: http://pictures.test/a.png\r\n\r\n")
          .on("/cut", "HTTP/1.1 200 OK\r\nContent-Length: 99999\r\n\r\nabc");
      String port = ":" + origin.port();
      SSLSocketFactory ours = trusting.getSocketFactory();
      assertThat(ingest(origin, ours).url(KEY, "https://pictures.test" + port + "/a.png").length())
          .isEqualTo(picture.length);
      assertThat(reason(ingest(origin, ours), "https://other.test" + port + "/a.png"))
          .isEqualTo(IngestReason.REMOTE_UNREACHABLE);
      assertThat(reason(ingest(origin, ours), "https://127.0.0.1" + port + "/a.png"))
          .isEqualTo(IngestReason.REMOTE_UNREACHABLE);
      SSLSocketFactory system = (SSLSocketFactory) SSLSocketFactory.getDefault();
      assertThat(reason(ingest(origin, system), "https://pictures.test" + port + "/a.png"))
          .isEqualTo(IngestReason.REMOTE_UNREACHABLE);
      assertThat(reason(ingest(origin, ours), "https://pictures.test" + port + "/down"))
          .isEqualTo(IngestReason.REDIRECT_REFUSED);
      assertThat(reason(ingest(origin, ours), "https://pictures.test" + port + "/cut"))
          .isEqualTo(IngestReason.REMOTE_BROKE_OFF);
      assertThat(reason(ingest(origin, ours), "https://under_score.test" + port + "/"))
          .isEqualTo(IngestReason.URL_REFUSED);
      // Plain HTTP to a server that speaks TLS.
      assertThat(reason(ingest(origin, ours), "http://pictures.test" + port + "/a.png"))
          .isIn(IngestReason.REMOTE_BROKE_OFF, IngestReason.REMOTE_PROTOCOL);
    }
  }

  private Ingest ingest(Origin origin, SSLSocketFactory tls) {
    return Ingest.into(
        new MemoryAssetStore(),
        key -> false,
        IngestRules.DEFAULT
            .withTemporaryFolder(folder)
            .with(
                UrlRules.DEFAULT
                    .withPorts(Set.of(origin.port(), 80))
                    .opening(List.of("127.0.0.1"))),
        host -> List.of(InetAddress.getLoopbackAddress()),
        tls);
  }

  private static IngestReason reason(Ingest ingest, String url) {
    IngestException refusal =
        catchThrowableOfType(IngestException.class, () -> ingest.url(KEY, url));
    assertThat(refusal).as(url).isNotNull();
    return refusal.reason();
  }

  private SSLContext context() throws Exception {
    Path store = folder.resolve("keys.p12");
    char[] password = "only a test".toCharArray();
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "a",
                "-keyalg",
                "EC",
                "-dname",
                "CN=pictures.test",
                "-ext",
                "san=dns:pictures.test",
                "-storetype",
                "PKCS12",
                "-storepass",
                new String(password),
                "-keystore",
                store.toString())
            .redirectErrorStream(true)
            .start();
    byte[] said = keytool.getInputStream().readAllBytes();
    assertThat(keytool.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(keytool.exitValue())
        .as("%s", new String(said, java.nio.charset.StandardCharsets.UTF_8))
        .isZero();
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, password);
    }
    KeyManagerFactory own = KeyManagerFactory.getInstance("PKIX");
    own.init(keys, password);
    TrustManagerFactory trusted = TrustManagerFactory.getInstance("PKIX");
    KeyStore anchors = KeyStore.getInstance("PKCS12");
    anchors.load(null, password);
    anchors.setCertificateEntry("a", keys.getCertificate("a"));
    trusted.init(anchors);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(own.getKeyManagers(), trusted.getTrustManagers(), null);
    return context;
  }
}
