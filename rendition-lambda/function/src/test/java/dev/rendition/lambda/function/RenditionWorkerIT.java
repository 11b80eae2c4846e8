package dev.rendition.lambda.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rendition.asset.AssetContent;
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
import dev.rendition.recipe.Recipe;
import java.io.IOException;
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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The worker as a process of its own, which is told to end (SIGTERM) while it works. */
@Timeout(120)
class RenditionWorkerIT {
  private static final Pattern READY = Pattern.compile("ready at 127\\.0\\.0\\.1:([0-9]+)");
  private static final int PARALLEL = 2;

  /** What a process ends with that was told to: 128 and the number of SIGTERM. */
  private static final int TERMINATED = 143;

  private final WireCodec codec = new WireCodec();
  private final HttpClient client = HttpClient.newHttpClient();

  @TempDir private Path folder;
  private S3Server s3;
  private S3Server.Buckets buckets;
  private Process worker;
  private URI address;

  @BeforeEach
  void startS3() throws Exception {
    s3 = new S3Server();
    buckets = s3.newBuckets();
  }

  @AfterEach
  void stop() throws Exception {
    s3.objects().behave();
    worker.destroyForcibly();
    assertThat(worker.waitFor(10, TimeUnit.SECONDS)).isTrue();
    s3.close();
  }

  private void startWorker(Map<String, String> more) throws Exception {
    Path log = folder.resolve("worker.log");
    ProcessBuilder builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-jar",
                Path.of("target", "rendition-function", "rendition-worker.jar").toString(),
                "serve",
                "--port",
                "0",
                "--host",
                "127.0.0.1")
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    Map<String, String> environment = builder.environment();
    environment.clear();
    environment.putAll(buckets.variables());
    environment.put("AWS_ACCESS_KEY_ID", S3Server.ACCESS_KEY);
    environment.put("AWS_SECRET_ACCESS_KEY", S3Server.SECRET_KEY);
    environment.put("AWS_REGION", "us-east-1");
    environment.putAll(more);
    worker = builder.start();
    Matcher[] ready = new Matcher[1];
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () -> {
              ready[0] = READY.matcher(Files.readString(log));
              assertThat(worker.isAlive()).as(Files.readString(log)).isTrue();
              return ready[0].find();
            });
    address = URI.create("http://127.0.0.1:" + ready[0].group(1));
  }

  @Test
  void whatIsInWorkWhenTheWorkerIsStoppedIsAnsweredInFullAndNothingNewIsTaken() throws Exception {
    startWorker(
        Map.of(
            "RENDITION_WORKER_GRACE",
            "20s",
            "RENDITION_LOCAL_THREADS",
            Integer.toString(PARALLEL)));
    List<RenditionRequest> requests = new ArrayList<>();
    List<CompletableFuture<HttpResponse<byte[]>>> answers = new ArrayList<>();
    for (int i = 0; i < PARALLEL; i++) {
      requests.add(request(i));
      s3.objects().hold(object(i));
      answers.add(post(codec.write(new WireRequest.Generate("t", requests.get(i)))));
    }
    Awaitility.await().until(() -> inWork() == PARALLEL);
    worker.destroy();
    Awaitility.await().until(() -> get("/health").statusCode() == 503);
    HttpResponse<byte[]> refused = post(codec.write(new WireRequest.Ping("t"))).get();
    assertThat(refused.statusCode()).isEqualTo(503);
    assertThat(codec.readPong(refused.body()))
        .isInstanceOfSatisfying(
            WireAnswer.Refused.class,
            answer -> assertThat(answer.reason()).isEqualTo(FailureReason.CANCELLED));
    assertThat(answers).noneMatch(CompletableFuture::isDone);
    s3.objects().behave();
    for (int i = 0; i < PARALLEL; i++) {
      HttpResponse<byte[]> answer = answers.get(i).get(20, TimeUnit.SECONDS);
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(codec.readAnswer(answer.body(), requests.get(i)))
          .isInstanceOfSatisfying(
              WireAnswer.Report.class, report -> assertThat(report.report().stored()).hasSize(1));
      Map<String, byte[]> expected = Engine.make(Stage.picture(i), requests.get(i));
      assertThat(read(requests.get(i).specs().get(0).target()))
          .isEqualTo(expected.values().iterator().next());
    }
    assertThat(worker.waitFor(10, TimeUnit.SECONDS)).as("long before its grace ends").isTrue();
    assertThat(worker.exitValue()).isEqualTo(TERMINATED);
    assertThatThrownBy(() -> get("/health")).isInstanceOf(IOException.class);
  }

  @Test
  void whatDoesNotEndInTimeIsCutOffAndLeavesNothing() throws Exception {
    startWorker(Map.of("RENDITION_WORKER_GRACE", "300ms"));
    RenditionRequest request = request(0);
    s3.objects().hold(object(0));
    CompletableFuture<HttpResponse<byte[]>> answer =
        post(codec.write(new WireRequest.Generate("t", request)));
    Awaitility.await().until(() -> inWork() == 1);
    worker.destroy();
    assertThat(worker.waitFor(10, TimeUnit.SECONDS)).as("ends although S3 says nothing").isTrue();
    assertThat(worker.exitValue()).isEqualTo(TERMINATED);
    assertThatThrownBy(() -> answer.get(10, TimeUnit.SECONDS))
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(IOException.class);
    s3.objects().behave();
    try (AssetStore renditions = buckets.renditionStore()) {
      assertThat(renditions.stat(request.specs().get(0).target())).isEmpty();
    }
  }

  private int inWork() {
    int reads = 0;
    for (int i = 0; i < PARALLEL; i++) {
      reads += s3.objects().reads(object(i));
    }
    return reads;
  }

  private String object(int number) {
    return buckets.originals() + "/acme/" + number + ".jpg";
  }

  private RenditionRequest request(int number) throws IOException {
    try (AssetStore originals = buckets.originalStore()) {
      AssetInfo original =
          originals.put(
              AssetKey.of("acme", number + ".jpg"),
              AssetSource.ofBytes(Stage.picture(number), "image/jpeg"));
      return RenditionRequest.of(
          original.key(),
          new RenditionSpec(
              "r", Recipe.parse("fit:20,jpeg"), original.key().withPath("made/" + number)));
    }
  }

  private byte[] read(AssetKey key) throws IOException {
    try (AssetStore renditions = buckets.renditionStore();
        AssetContent content = renditions.open(key)) {
      return content.stream().readAllBytes();
    }
  }

  private HttpResponse<String> get(String path) throws Exception {
    return client.send(
        HttpRequest.newBuilder(address.resolve(path)).build(),
        BodyHandlers.ofString(StandardCharsets.UTF_8));
  }

  private CompletableFuture<HttpResponse<byte[]>> post(byte[] message) {
    return client.sendAsync(
        HttpRequest.newBuilder(address.resolve(WireCodec.HTTP_PATH))
            .POST(BodyPublishers.ofByteArray(message))
            .build(),
        BodyHandlers.ofByteArray());
  }
}
