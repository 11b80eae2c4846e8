package dev.rendition.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.rendition.asset.AssetInfo;
import dev.rendition.asset.AssetKey;
import dev.rendition.asset.AssetStore;
import dev.rendition.asset.MemoryAssetStore;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A real server on this machine that redirects, dawdles and lies. */
@Timeout(60)
class UrlIngestTest {
  private static final AssetKey KEY = AssetKey.of("acme", "a.png");
  private static final byte[] PICTURE = Drawn.picture("png", 40, 1);

  @TempDir Path folder;

  private final AssetStore store = new MemoryAssetStore();
  private final List<String> lookedUp = new CopyOnWriteArrayList<>();
  private Origin origin;

  @BeforeEach
  void start() throws IOException {
    origin = new Origin();
    origin.on("/a.png", "image/png", PICTURE);
  }

  @AfterEach
  void stop() throws IOException {
    origin.close();
    // Whatever happened, nothing waits in a temporary file.
    try (var left = Files.list(folder)) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void aPictureIsStoredAsItIs() throws IOException {
    AssetInfo info = ingest().url(KEY, url("/a.png"));
    assertThat(info.mediaType()).isEqualTo("image/png");
    assertThat(store.open(KEY).stream().readAllBytes()).isEqualTo(PICTURE);
    assertThat(origin.heads())
        .containsExactly(
            "GET /a.png HTTP/1.1\r\nHost: pictures.test:"
                + origin.port()
                + "\r\nUser-Agent: rendition\r\nAccept: image/*, */*;q=0.5\r\nAccept-Encoding:"
                + " identity\r\nConnection: close\r\n\r\n");
  }

  @Test
  void aNameThatChangesItsAddressChangesNothing() throws IOException {
    AtomicInteger asked = new AtomicInteger();
    Ingest ingest =
        ingest(
            rules(),
            host ->
                asked.getAndIncrement() == 0
                    ? List.of(InetAddress.getLoopbackAddress())
                    : List.of(InetAddress.getByName("169.254.169.254")));
    assertThat(ingest.url(KEY, url("/a.png")).length()).isEqualTo(PICTURE.length);
    assertThat(asked).hasValue(1);
  }

  @Test
  void aRedirectIsLookedUpAndCheckedAnew() {
    origin.on("/go", redirect(url("/a.png")));
    AtomicInteger asked = new AtomicInteger();
    Ingest ingest =
        ingest(
            rules(),
            host ->
                List.of(
                    InetAddress.getByName(
                        asked.getAndIncrement() == 0 ? "127.0.0.1" : "169.254.169.254")));
    assertThat(refusal(ingest, url("/go"))).isEqualTo(IngestReason.ADDRESS_REFUSED);
    assertThat(origin.heads()).hasSize(1);
  }

  @Test
  void oneBadAddressAmongGoodOnesIsEnough() {
    Ingest ingest =
        ingest(
            rules(),
            host ->
                List.of(InetAddress.getLoopbackAddress(), InetAddress.getByName("fd00:ec2::254")));
    assertThat(refusal(ingest, url("/a.png"))).isEqualTo(IngestReason.ADDRESS_REFUSED);
    assertThat(origin.heads()).isEmpty();
  }

  @Test
  void theNextAddressIsTriedWhereOneDoesNotAnswer() throws IOException {
    Ingest ingest =
        ingest(
            rules(),
            host -> List.of(InetAddress.getByName("127.9.9.9"), InetAddress.getLoopbackAddress()));
    assertThat(ingest.url(KEY, url("/a.png")).length()).isEqualTo(PICTURE.length);
  }

  @Test
  void loopbackIsRefusedUnlessOpened() {
    Ingest ingest =
        ingest(
            IngestRules.DEFAULT.with(UrlRules.DEFAULT.withPorts(Set.of(origin.port()))),
            host -> List.of(InetAddress.getLoopbackAddress()));
    assertThat(refusal(ingest, url("/a.png"))).isEqualTo(IngestReason.ADDRESS_REFUSED);
    assertThat(refusal(ingest, "http://127.0.0.1:" + origin.port() + "/a.png"))
        .isEqualTo(IngestReason.ADDRESS_REFUSED);
    assertThat(origin.heads()).isEmpty();
  }

  @Test
  void redirectsAreFollowedByEveryForm() throws IOException {
    origin
        .on("/1", redirect("/2?x=1"))
        .on("/2?x=1", redirect("?x=2"))
        .on("/2?x=2", redirect("http://other.test:" + origin.port() + "/deep/er"))
        .on("/deep/er", redirect("../über a.png"))
        .on("/%C3%83%C2%BCber%20a.png", redirect("//pictures.test:" + origin.port() + "/a.png"));
    assertThat(ingest().url(KEY, url("/1")).length()).isEqualTo(PICTURE.length);
    assertThat(lookedUp)
        .containsExactly(
            "pictures.test",
            "pictures.test",
            "pictures.test",
            "other.test",
            "other.test",
            "pictures.test");
  }

  @Test
  void aRedirectLeadsNowhereElse() {
    origin
        .on("/loop", redirect("/loop"))
        .on("/none", "HTTP/1.1 302 Found\r\nContent-Length: 0\r\n\r\n")
        .on("/file", redirect("file:///etc/passwd"))
        .on("/ftp", redirect("ftp://pictures.test/a.png"))
        .on("/port", redirect("http://pictures.test:22/"))
        .on("/user", redirect("http://a:b@pictures.test:" + origin.port() + "/"))
        .on("/literal", redirect("http://169.254.169.254/latest/meta-data/"))
        .on("/odd", redirect("http://2852039166/latest/meta-data/"))
        .on("/two", "HTTP/1.1 302 Found\r\nLocation: /a.png\r\nLocation: /b\r\n\r\n");
    assertThat(refusal("/loop")).isEqualTo(IngestReason.REDIRECT_REFUSED);
    assertThat(origin.heads()).hasSize(6);
    assertThat(refusal("/none")).isEqualTo(IngestReason.REDIRECT_REFUSED);
    assertThat(refusal("/two")).isEqualTo(IngestReason.REMOTE_PROTOCOL);
    for (String path : List.of("/file", "/ftp", "/port", "/user", "/odd")) {
      assertThat(refusal(path)).as(path).isEqualTo(IngestReason.URL_REFUSED);
    }
    Ingest open =
        ingest(rules().with(rules().urls().withPorts(Set.of(80, origin.port()))), this::loopback);
    assertThat(refusal(open, url("/literal"))).isEqualTo(IngestReason.ADDRESS_REFUSED);
  }

  @Test
  void onlyListedHostsPortsAndSchemesAreAsked() throws IOException {
    Ingest listed =
        ingest(
            rules().with(rules().urls().onlyHosts(List.of("pictures.test", ".example.test"))),
            this::loopback);
    assertThat(listed.url(KEY, url("/a.png")).length()).isEqualTo(PICTURE.length);
    String there = ":" + origin.port() + "/a.png";
    assertThat(listed.url(KEY, "http://a.example.test" + there).length()).isPositive();
    assertThat(listed.url(KEY, "http://EXAMPLE.test." + there).length()).isPositive();
    for (String host : List.of("evilexample.test", "pictures.test.evil", "a.pictures.test")) {
      assertThat(refusal(listed, "http://" + host + there)).isEqualTo(IngestReason.URL_REFUSED);
    }
    Ingest secure =
        ingest(rules().with(rules().urls().withSchemes(List.of("https"))), this::loopback);
    assertThat(refusal(secure, url("/a.png"))).isEqualTo(IngestReason.URL_REFUSED);
    assertThat(refusal(ingest(), "http://pictures.test/a.png")).isEqualTo(IngestReason.URL_REFUSED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "x",
        "//pictures.test/a",
        "mailto:a@b",
        "http:",
        "http://",
        "http:///a",
        "http:a.png",
        "HTTP/1.1",
        "http://pictures.test:0/",
        "http://pictures.test:65536/",
        "http://pictures.test:99999999999/",
        "http://pictures.test:8 0/",
        "http://pictures.test:-1/",
        "http://pictures.test:+80/",
        "http://pictures.test\r\nHost: evil/",
        "http://pictures.test/a\r\nX: y",
        "http://pictures.test/a b",
        "jar:http://pictures.test!/a",
        "gopher://pictures.test/1",
        "file:///etc/passwd",
        "http://pictures.test\\@evil.test/",
        "http://evil.test#@pictures.test/:99",
        "http://[::1]x/"
      })
  void whatIsNoUrlIsRefused(String text) {
    assertThat(refusal(ingest(), text)).isEqualTo(IngestReason.URL_REFUSED);
    assertThat(origin.heads()).isEmpty();
  }

  @Test
  void liesAboutLengthAreFound() {
    String ok = "HTTP/1.1 200 OK\r\n";
    origin
        .on("/short", ok + "Content-Length: 1000\r\n\r\nshort")
        .on("/two", ok + "Content-Length: 5\r\nContent-Length: 6\r\n\r\nabcde")
        .on("/list", ok + "Content-Length: 5, 5\r\n\r\nabcde")
        .on("/negative", ok + "Content-Length: -1\r\n\r\nabcde")
        .on("/huge", ok + "Content-Length: 99999999999999999999\r\n\r\nabcde")
        .on("/large", ok + "Content-Length: 999999999999\r\n\r\nabcde")
        .on("/empty", ok + "Content-Length: 0\r\n\r\n")
        .on("/both", ok + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n")
        .on("/gzip", ok + "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n")
        .on("/old", "HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n");
    assertThat(refusal("/short")).isEqualTo(IngestReason.REMOTE_BROKE_OFF);
    assertThat(refusal("/large")).isEqualTo(IngestReason.TOO_LARGE);
    assertThat(refusal("/empty")).isEqualTo(IngestReason.EMPTY);
    for (String path : List.of("/two", "/list", "/negative", "/huge", "/both", "/gzip", "/old")) {
      assertThat(refusal(path)).as(path).isEqualTo(IngestReason.REMOTE_PROTOCOL);
    }
  }

  @Test
  void bytesBehindTheLengthAreNotRead() throws IOException {
    byte[] more = new byte[PICTURE.length + 100];
    System.arraycopy(PICTURE, 0, more, 0, PICTURE.length);
    origin.on(
        "/long",
        (out, server) -> {
          out.write(
              ("HTTP/1.1 200 OK\r\nContent-Length: " + PICTURE.length + "\r\n\r\n")
                  .getBytes(StandardCharsets.US_ASCII));
          out.write(more);
        });
    assertThat(ingest().url(KEY, url("/long")).length()).isEqualTo(PICTURE.length);
  }

  @Test
  void chunksAreJoined() throws IOException {
    origin.on(
        "/chunks",
        (out, server) -> {
          out.write(
              "HTTP/1.1 103 Early\r\nLink: x\r\n\r\nHTTP/1.1 200 OK\r\nTransfer-Encoding: Chunked\r\n\r\n"
                  .getBytes(StandardCharsets.US_ASCII));
          for (int i = 0; i < PICTURE.length; i += 1000) {
            int n = Math.min(1000, PICTURE.length - i);
            out.write((Integer.toHexString(n) + ";x=y\r\n").getBytes(StandardCharsets.US_ASCII));
            out.write(PICTURE, i, n);
            out.write("\r\n".getBytes(StandardCharsets.US_ASCII));
          }
          out.write("0\r\nTrailer: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        });
    assertThat(ingest().url(KEY, url("/chunks")).length()).isEqualTo(PICTURE.length);
    assertThat(store.open(KEY).stream().readAllBytes()).isEqualTo(PICTURE);
  }

  @Test
  void garbledChunksAreRefused() {
    String head = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
    origin
        .on("/size", head + "xyz\r\n")
        .on("/sign", head + "-5\r\nabcde\r\n0\r\n\r\n")
        .on("/wide", head + "1234567890123456\r\n")
        .on("/long", head + "2\r\nabcdef\r\n0\r\n\r\n")
        .on("/line", head + "1;" + "x".repeat(5000) + "\r\na\r\n0\r\n\r\n")
        .on("/trailers", head + "0\r\n" + "a: b\r\n".repeat(100) + "\r\n")
        .on("/cut", head + "5\r\nab")
        .on("/unended", head + "2\r\nab\r\n")
        .on("/nothing", head);
    for (String path : List.of("/size", "/sign", "/wide", "/long", "/line", "/trailers")) {
      assertThat(refusal(path)).as(path).isEqualTo(IngestReason.REMOTE_PROTOCOL);
    }
    for (String path : List.of("/cut", "/unended", "/nothing")) {
      assertThat(refusal(path)).as(path).isEqualTo(IngestReason.REMOTE_BROKE_OFF);
    }
  }

  @Test
  void strangeHeadsAreRefused() {
    origin
        .on("/none", "")
        .on("/other", "ICY 200 OK\r\n\r\n")
        .on("/two", "HTTP/2 200\r\n\r\n")
        .on("/status", "HTTP/1.1 99999 x\r\n\r\n")
        .on("/field", "HTTP/1.1 200 OK\r\nno field\r\n\r\n")
        .on("/folded", "HTTP/1.1 200 OK\r\nA: b\r\n c: d\r\n\r\n")
        .on("/nul", "HTTP/1.1 200 OK\r\nA: \0\r\n\r\n")
        .on("/return", "HTTP/1.1 200 OK\r\nA: b\rc\r\n\r\n")
        .on("/wide", "HTTP/1.1 200 OK\r\nA: " + "x".repeat(100_000) + "\r\n\r\n")
        .on("/many", "HTTP/1.1 200 OK\r\n" + "A: b\r\n".repeat(500) + "\r\n")
        .on("/interim", "HTTP/1.1 100 Continue\r\n\r\n".repeat(50))
        .on("/switch", "HTTP/1.1 101 Switching\r\n\r\n")
        .on("/zipped", "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\nabc")
        .on("/created", "HTTP/1.1 201 Created\r\nContent-Length: 0\r\n\r\n")
        .on("/part", "HTTP/1.1 206 Partial\r\nContent-Length: 3\r\n\r\nabc")
        .on("/error", "HTTP/1.1 500 Oops\r\n\r\n");
    assertThat(refusal("/none")).isEqualTo(IngestReason.REMOTE_BROKE_OFF);
    for (String path :
        List.of(
            "/other",
            "/two",
            "/status",
            "/field",
            "/folded",
            "/nul",
            "/return",
            "/wide",
            "/many",
            "/interim",
            "/switch",
            "/zipped")) {
      assertThat(refusal(path)).as(path).isEqualTo(IngestReason.REMOTE_PROTOCOL);
    }
    for (String path : List.of("/created", "/part", "/error", "/missing")) {
      assertThat(refusal(path)).as(path).isEqualTo(IngestReason.REMOTE_REFUSED);
    }
  }

  @Test
  void slowServersAreLeft() throws Exception {
    Duration ms300 = Duration.ofMillis(300);
    Duration second = Duration.ofSeconds(1);
    UrlRules urls = rules().urls().within(ms300, ms300, ms300, second);
    Ingest ingest = ingest(rules().with(urls), this::loopback);
    origin
        .on("/silent", (out, server) -> server.pause(30_000))
        .on(
            "/stalls",
            (out, server) -> {
              out.write("HTTP/1.1 200 OK\r\n\r\nabc".getBytes(StandardCharsets.US_ASCII));
              out.flush();
              server.pause(30_000);
            })
        .on("/drips", (out, server) -> drip(out, server, "HTTP/1.1 200 OK\r\n\r\n"))
        .on("/drips-head", (out, server) -> drip(out, server, "HTTP/1.1 200 OK\r\nA: "));
    for (String path : List.of("/silent", "/stalls", "/drips", "/drips-head")) {
      long begin = System.nanoTime();
      assertThat(refusal(ingest, url(path))).as(path).isEqualTo(IngestReason.TIME_LIMIT);
      assertThat(System.nanoTime() - begin).as(path).isLessThan(5_000_000_000L);
    }
    CountDownLatch never = new CountDownLatch(1);
    Ingest lost =
        ingest(
            rules().with(urls),
            host -> {
              try {
                never.await();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
              throw new IOException("ended");
            });
    assertThat(refusal(lost, url("/a.png"))).isEqualTo(IngestReason.TIME_LIMIT);
  }

  @Test
  void aServerThatNeverAgreesOnACipherIsLeft() throws Exception {
    Duration ms300 = Duration.ofMillis(300);
    UrlRules urls = rules().urls().within(ms300, ms300, ms300, Duration.ofSeconds(1));
    try (ServerSocket mute = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      Ingest ingest =
          ingest(rules().with(urls.withPorts(Set.of(mute.getLocalPort()))), this::loopback);
      assertThat(refusal(ingest, "https://pictures.test:" + mute.getLocalPort() + "/"))
          .isEqualTo(IngestReason.TIME_LIMIT);
    }
  }

  @Test
  void moreThanAllowedIsNotReadToItsEnd() {
    AtomicInteger written = new AtomicInteger();
    origin.on(
        "/endless",
        (out, server) -> {
          out.write("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
          byte[] block = new byte[10_000];
          while (written.addAndGet(block.length) < 1_000_000_000) {
            out.write(block);
          }
        });
    Ingest ingest = ingest(rules().withMaxBytes(3_000_000), this::loopback);
    assertThat(refusal(ingest, url("/endless"))).isEqualTo(IngestReason.TOO_LARGE);
    assertThat(written.get()).isLessThan(100_000_000);
  }

  @Test
  void nobodyListening() throws Exception {
    int free;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      free = socket.getLocalPort();
    }
    Ingest ingest = ingest(rules().with(rules().urls().withPorts(Set.of(free))), this::loopback);
    assertThat(refusal(ingest, "http://pictures.test:" + free + "/"))
        .isEqualTo(IngestReason.REMOTE_UNREACHABLE);
  }

  @Test
  void aWebPageIsNoPicture() throws IOException {
    origin.on("/page.png", "image/png", "<html><script>".getBytes(StandardCharsets.UTF_8));
    assertThat(refusal("/page.png")).isEqualTo(IngestReason.NOT_A_PICTURE);
    assertThat(store.stat(KEY)).isEmpty();
  }

  @Test
  void secretsOfTheQueryStayOutOfMessages() {
    IngestException refusal =
        catchThrowableOfType(
            IngestException.class, () -> ingest().url(KEY, url("/missing?token=hush")));
    assertThat(refusal).hasMessageNotContaining("hush");
    IngestException other =
        catchThrowableOfType(IngestException.class, () -> ingest().url(KEY, "ftp://x/?token=hush"));
    assertThat(other).hasMessageNotContaining("hush");
  }

  private static void drip(java.io.OutputStream out, Origin server, String begin)
      throws IOException, InterruptedException {
    out.write(begin.getBytes(StandardCharsets.US_ASCII));
    for (int i = 0; i < 300; i++) {
      out.write('x');
      out.flush();
      server.pause(50);
    }
  }

  private static String redirect(String to) {
    return "HTTP/1.1 302 Found\r\nLocation: "
        + new String(to.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1)
        + "\r\nContent-Length: 0\r\n\r\n";
  }

  private List<InetAddress> loopback(String host) throws IOException {
    lookedUp.add(host);
    return List.of(InetAddress.getLoopbackAddress());
  }

  private IngestRules rules() {
    return IngestRules.DEFAULT
        .withTemporaryFolder(folder)
        .with(UrlRules.DEFAULT.withPorts(Set.of(origin.port())).opening(List.of("127.0.0.0/8")));
  }

  private Ingest ingest() {
    return ingest(rules(), this::loopback);
  }

  private Ingest ingest(IngestRules rules, HostResolver resolver) {
    return Ingest.into(
        store, key -> false, rules, resolver, (SSLSocketFactory) SSLSocketFactory.getDefault());
  }

  private String url(String path) {
    return "http://pictures.test:" + origin.port() + path;
  }

  private IngestReason refusal(String path) {
    return refusal(ingest(), url(path));
  }

  private static IngestReason refusal(Ingest ingest, String url) {
    IngestException refusal =
        catchThrowableOfType(IngestException.class, () -> ingest.url(KEY, url));
    assertThat(refusal).as(url).isNotNull();
    return refusal.reason();
  }
}
