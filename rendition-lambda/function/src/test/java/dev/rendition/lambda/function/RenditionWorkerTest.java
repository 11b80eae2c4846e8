package dev.rendition.lambda.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rendition.asset.AssetInfo;
import dev.rendition.asset.AssetKey;
import dev.rendition.asset.AssetSource;
import dev.rendition.asset.AssetStore;
import dev.rendition.generate.FailureReason;
import dev.rendition.generate.RenditionRequest;
import dev.rendition.generate.RenditionSpec;
import dev.rendition.lambda.wire.WireAnswer;
import dev.rendition.lambda.wire.WireCodec;
import dev.rendition.lambda.wire.WireRequest;
import dev.rendition.layout.Fingerprint;
import dev.rendition.local.FileAssetStore;
import dev.rendition.recipe.FocalPoint;
import dev.rendition.recipe.Recipe;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The plain process: the same answers over HTTP, bounded, and an end without loss. */
class RenditionWorkerTest {
  private final WireCodec codec = new WireCodec();
  private final HttpClient client = HttpClient.newHttpClient();

  @TempDir private Path folder;
  private RenditionWorker worker;
  private AssetStore originals;

  @BeforeEach
  void start() throws IOException {
    worker = start(Map.of());
    originals = FileAssetStore.open(folder.resolve("originals"));
  }

  @AfterEach
  void stop() throws IOException {
    worker.close();
    originals.close();
  }

  private RenditionWorker start(Map<String, String> more) throws IOException {
    Files.createDirectories(folder.resolve("originals"));
    Files.createDirectories(folder.resolve("renditions"));
    Map<String, String> variables = new TreeMap<>(more);
    variables.put("RENDITION_ORIGINALS", "file:" + folder.resolve("originals"));
    variables.put("RENDITION_RENDITIONS", "file:" + folder.resolve("renditions"));
    variables.put("RENDITION_RECIPE_CARD", "cover:24x18,jpeg:80");
    return RenditionWorker.start(variables, "127.0.0.1", 0);
  }

  private URI at(String path) {
    return URI.create("http://127.0.0.1:" + worker.port() + path);
  }

  private HttpResponse<byte[]> get(String path) throws Exception {
    return client.send(HttpRequest.newBuilder(at(path)).build(), BodyHandlers.ofByteArray());
  }

  private HttpResponse<byte[]> post(byte[] message) throws Exception {
    return client.send(
        HttpRequest.newBuilder(at(WireCodec.HTTP_PATH))
            .POST(BodyPublishers.ofByteArray(message))
            .build(),
        BodyHandlers.ofByteArray());
  }

  private AssetInfo original(String key) throws IOException {
    return originals.put(AssetKey.parse(key), AssetSource.ofBytes(Stage.picture(0), "image/jpeg"));
  }

  private static RenditionRequest request(AssetInfo original) {
    return RenditionRequest.of(
        original.key(),
        new RenditionSpec("own", Recipe.parse("fit:20,png"), original.key().withPath("made.png")));
  }

  private byte[] message(RenditionRequest request) {
    return codec.write(new WireRequest.Generate("t", request));
  }

  @Test
  void aRequestOfTheWireIsAnsweredWithAReport() throws Exception {
    RenditionRequest request = request(original("acme/a.jpg"));
    HttpResponse<byte[]> answer = post(message(request));
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("content-type")).contains(WireCodec.MEDIA_TYPE);
    assertThat(codec.readAnswer(answer.body(), request))
        .isInstanceOfSatisfying(
            WireAnswer.Report.class, report -> assertThat(report.report().stored()).hasSize(1));
  }

  @Test
  void aPingIsAnsweredAndTellsWhoItIs() throws Exception {
    HttpResponse<byte[]> answer = post(codec.write(new WireRequest.Ping("t")));
    assertThat(codec.readPong(answer.body()))
        .isInstanceOfSatisfying(
            WireAnswer.Pong.class,
            pong -> assertThat(pong.worker()).startsWith("rendition-lambda-function"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "{}", "[]", "{\"renditionWire\":1}", "{\"renditionWire\":1,\"kind\":\"x\"}"})
  void whatIsNoMessageIsRefusedInAMessage(String text) throws Exception {
    HttpResponse<byte[]> answer = post(text.getBytes(StandardCharsets.UTF_8));
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(codec.readPong(answer.body()))
        .isInstanceOfSatisfying(
            WireAnswer.Refused.class,
            refused -> assertThat(refused.reason()).isEqualTo(FailureReason.REQUEST_INVALID));
  }

  @Test
  void aVersionNobodySpeaksIsRefusedWithThoseThatAreSpoken() throws Exception {
    String text =
        new String(codec.write(new WireRequest.Ping("t")), StandardCharsets.UTF_8)
            .replace("\"renditionWire\":1", "\"renditionWire\":99");
    assertThat(codec.readPong(post(text.getBytes(StandardCharsets.UTF_8)).body()))
        .isEqualTo(new WireAnswer.VersionRefused(WireCodec.VERSIONS));
  }

  @Test
  void aRenditionForAnotherTenantIsRefused() throws Exception {
    AssetInfo original = original("acme/a.jpg");
    RenditionRequest request =
        RenditionRequest.of(
            original.key(),
            new RenditionSpec("x", Recipe.parse("png"), AssetKey.parse("globex/a.png")));
    assertThat(codec.readAnswer(post(message(request)).body(), request))
        .isInstanceOfSatisfying(
            WireAnswer.Refused.class,
            refused -> {
              assertThat(refused.reason()).isEqualTo(FailureReason.REQUEST_INVALID);
              assertThat(refused.message()).contains("another tenant");
            });
  }

  @Test
  void aRenditionOfARenditionIsRefused() throws Exception {
    RenditionRequest request = request(original("acme/a/card-0123456789abcdef.jpg"));
    assertThat(codec.readAnswer(post(message(request)).body(), request))
        .isInstanceOfSatisfying(
            WireAnswer.Refused.class,
            refused -> assertThat(refused.reason()).isEqualTo(FailureReason.SOURCE_IS_RENDITION));
  }

  @Test
  void aRenditionIsShownToWhoAsksForItsPath() throws Exception {
    AssetInfo original = original("acme/\u00fc b.jpg");
    String path =
        "/acme/%C3%BC%20b.jpg/card-"
            + Fingerprint.of(
                Recipe.parse("cover:24x18,jpeg:80"), original.version(), FocalPoint.CENTER)
            + ".jpg";
    HttpResponse<byte[]> shown = get(path);
    assertThat(shown.statusCode()).isEqualTo(200);
    assertThat(shown.headers().firstValue("content-type")).contains("image/jpeg");
    HttpResponse<byte[]> head =
        client.send(
            HttpRequest.newBuilder(at(path)).method("HEAD", BodyPublishers.noBody()).build(),
            BodyHandlers.ofByteArray());
    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.headers().firstValueAsLong("content-length")).hasValue(shown.body().length);
    assertThat(get("/acme/none.jpg").statusCode()).isEqualTo(404);
    assertThat(get("/acme/%ff").statusCode()).isEqualTo(400);
    assertThat(get(WireCodec.HTTP_PATH).statusCode()).isEqualTo(405);
  }

  @Test
  void itSaysWhetherItIsReady() throws Exception {
    assertThat(get("/health").statusCode()).isEqualTo(200);
    assertThat(new String(get("/health").body(), StandardCharsets.UTF_8)).isEqualTo("ready\n");
  }

  /** Callers that send half a message and then nothing take the places there are. */
  @Test
  void whenEveryPlaceIsTakenOthersAreRefusedAtOnceAndHealthStillAnswers() throws Exception {
    worker.close();
    worker = start(Map.of("RENDITION_WORKER_CONCURRENCY", "2", "RENDITION_WORKER_GRACE", "100ms"));
    List<Socket> slow = new ArrayList<>();
    try {
      for (int i = 0; i < 2; i++) {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), worker.port());
        slow.add(socket);
        OutputStream out = socket.getOutputStream();
        out.write(
            ("POST " + WireCodec.HTTP_PATH + " HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{")
                .getBytes(StandardCharsets.US_ASCII));
        out.flush();
      }
      byte[] ping = codec.write(new WireRequest.Ping("t"));
      Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> post(ping).statusCode() == 429);
      HttpResponse<byte[]> refused = post(ping);
      assertThat(refused.headers().firstValue("retry-after")).isPresent();
      assertThat(codec.readPong(refused.body()))
          .isInstanceOfSatisfying(
              WireAnswer.Refused.class,
              answer -> assertThat(answer.reason()).isEqualTo(FailureReason.BUSY));
      assertThat(get("/health").statusCode()).isEqualTo(200);
    } finally {
      for (Socket socket : slow) {
        socket.close();
      }
    }
  }

  @Test
  void afterItWasStoppedNobodyIsAnsweredAndStoppingAgainDoesNothing() throws Exception {
    worker.close();
    worker.close();
    assertThatThrownBy(() -> get("/health")).isInstanceOf(IOException.class);
  }

  @Test
  void theWordsOfTheCommandLineAreChecked() {
    WorkerCommand command = new WorkerCommand();
    assertThat(command.run(new String[] {}, Map.of())).isEqualTo(2);
    assertThat(command.run(new String[] {"serve", "--port"}, Map.of())).isEqualTo(2);
    assertThat(command.run(new String[] {"serve", "--port", "99999"}, Map.of())).isEqualTo(2);
    assertThat(command.run(new String[] {"serve", "--prot", "80"}, Map.of())).isEqualTo(2);
    assertThat(command.run(new String[] {"serve"}, Map.of())).as("no settings").isEqualTo(1);
  }
}
