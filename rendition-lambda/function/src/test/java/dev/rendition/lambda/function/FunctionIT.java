package dev.rendition.lambda.function;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rendition.asset.AssetContent;
import dev.rendition.asset.AssetInfo;
import dev.rendition.asset.AssetKey;
import dev.rendition.asset.AssetSource;
import dev.rendition.asset.AssetStore;
import dev.rendition.asset.MemoryAssetStore;
import dev.rendition.deliver.HttpQuestion;
import dev.rendition.generate.FailureReason;
import dev.rendition.generate.RenditionReport;
import dev.rendition.generate.RenditionRequest;
import dev.rendition.generate.RenditionSpec;
import dev.rendition.lambda.emulator.DeadLetter;
import dev.rendition.lambda.emulator.EmulatedFunction;
import dev.rendition.lambda.emulator.Events;
import dev.rendition.lambda.emulator.FunctionDefinition;
import dev.rendition.lambda.emulator.InvocationResult;
import dev.rendition.lambda.emulator.LambdaEmulator;
import dev.rendition.lambda.emulator.SqsQueue;
import dev.rendition.lambda.wire.WireAnswer;
import dev.rendition.lambda.wire.WireCodec;
import dev.rendition.lambda.wire.WireRequest;
import dev.rendition.layout.Fingerprint;
import dev.rendition.local.LocalRenditionGenerator;
import dev.rendition.recipe.FocalPoint;
import dev.rendition.recipe.Recipe;
import dev.rendition.testkit.Charts;
import dev.rendition.testkit.Encoded;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The real zip behind the genuine runtime client, against an S3 server. */
@Timeout(value = 180, unit = TimeUnit.SECONDS)
class FunctionIT {
  private static final Logger log = LoggerFactory.getLogger(FunctionIT.class);
  private static final Path ZIP = Path.of("target", "rendition-function.zip");
  private static final String REGION = "us-east-1";
  private static final String CARD = "cover:80x60,jpeg:80:progressive";
  private static final String THUMB = "fit:40,jpeg";

  private static S3Server s3;
  private static LambdaEmulator lambda;
  private static S3Server.Buckets buckets;
  private static EmulatedFunction function;
  private static AssetStore originals;
  private static AssetStore renditions;

  @BeforeAll
  static void start() throws Exception {
    s3 = new S3Server();
    lambda =
        LambdaEmulator.builder()
            .credentials(S3Server.ACCESS_KEY, S3Server.SECRET_KEY)
            .timeScale(0.002)
            .start();
    buckets = s3.newBuckets();
    originals = buckets.originalStore();
    renditions = buckets.renditionStore();
    function = lambda.deploy(definition("function").build());
  }

  @AfterAll
  static void stop() throws Exception {
    lambda.close();
    originals.close();
    renditions.close();
    s3.close();
  }

  @BeforeEach
  void forgetFaults() {
    function.faults().clear();
  }

  private static FunctionDefinition.Builder definition(String name) {
    return FunctionDefinition.of(name, ZIP, RenditionFunction.class.getName())
        .memory(512)
        .timeout(Duration.ofSeconds(20))
        .environment(buckets.variables())
        .environment("RENDITION_RECIPE_CARD", CARD)
        .environment("RENDITION_RECIPE_THUMB", THUMB);
  }

  private static AssetInfo original(String key, byte[] bytes) throws IOException {
    return originals.put(AssetKey.parse(key), AssetSource.ofBytes(bytes, "image/jpeg"));
  }

  private static String event(String key) {
    return Events.s3ObjectCreated(REGION, buckets.originals(), key, 1, "e");
  }

  private static Map<String, byte[]> madeOf(String key) throws IOException {
    AssetKey source = AssetKey.parse(key);
    Map<String, byte[]> made = new TreeMap<>();
    try (Stream<AssetInfo> listed = renditions.list(source.tenant(), source.path() + "/")) {
      for (AssetInfo info : listed.toList()) {
        try (AssetContent content = renditions.open(info.key())) {
          made.put(info.key().name().replaceAll("-.*", ""), content.stream().readAllBytes());
        }
      }
    }
    return made;
  }

  /** Returns what the local engine makes of the same bytes. */
  private static Map<String, byte[]> local(byte[] picture, Map<String, String> recipes)
      throws Exception {
    AssetKey key = AssetKey.parse("local/original");
    Map<String, byte[]> made = new TreeMap<>();
    try (MemoryAssetStore store = new MemoryAssetStore();
        LocalRenditionGenerator generator = LocalRenditionGenerator.builder(store, store).build()) {
      store.put(key, AssetSource.ofBytes(picture, "image/jpeg"));
      List<RenditionSpec> specs = new ArrayList<>();
      recipes.forEach(
          (name, recipe) ->
              specs.add(
                  new RenditionSpec(name, Recipe.parse(recipe), key.withPath("made/" + name))));
      RenditionReport report =
          generator.generate(RenditionRequest.of(key, specs)).get(60, TimeUnit.SECONDS);
      assertThat(report.failed()).isEmpty();
      for (String name : recipes.keySet()) {
        try (AssetContent content = store.open(key.withPath("made/" + name))) {
          made.put(name, content.stream().readAllBytes());
        }
      }
    }
    return made;
  }

  @Test
  void renditionsOfEveryChartAndPhotoAreThoseOfTheLocalEngineByteForByte() throws Exception {
    Map<String, byte[]> pictures = new LinkedHashMap<>();
    pictures.put("orientation", Encoded.jpeg(Charts.orientation(301, 203), 0.9));
    pictures.put("gradient", Encoded.jpeg(Charts.gradient(257, 129), 0.8));
    pictures.put("stripes", Encoded.jpeg(Charts.stripes(200, 100), 0.95));
    pictures.put("alpha", Encoded.png(Charts.alphaEdge(120, 90)));
    for (int i = 1; i <= 8; i++) {
      pictures.put(
          "turned-" + i,
          Encoded.withOrientation(Encoded.jpeg(Charts.orientation(160, 120), 0.9), i));
    }
    String folder = System.getProperty("RENDITION_PHOTOS", System.getenv("RENDITION_PHOTOS"));
    if (folder == null) {
      log.info("the photos are not looked at: RENDITION_PHOTOS is not set");
    } else {
      try (Stream<Path> files = Files.list(Path.of(folder))) {
        for (Path file : files.filter(each -> each.toString().endsWith(".jpg")).toList()) {
          pictures.put(String.valueOf(file.getFileName()), Files.readAllBytes(file));
        }
      }
    }
    for (Map.Entry<String, byte[]> picture : pictures.entrySet()) {
      String key = "parity/" + picture.getKey();
      original(key, picture.getValue());
      InvocationResult result = function.invoke(event(key));
      assertThat(result.functionError()).as(result.payload() + result.logTail()).isEmpty();
      Map<String, byte[]> expected =
          local(picture.getValue(), Map.of("card", CARD, "thumb", THUMB));
      Map<String, byte[]> made = madeOf(key);
      assertThat(made.keySet()).isEqualTo(expected.keySet());
      made.forEach((name, bytes) -> assertThat(bytes).as(key).isEqualTo(expected.get(name)));
    }
  }

  @Test
  void aRequestOfTheWireBringsItsOwnRecipes() throws Exception {
    WireCodec codec = new WireCodec();
    AssetInfo original = original("wire/a.jpg", Stage.picture(1));
    RenditionRequest request =
        RenditionRequest.of(
                original.key(),
                new RenditionSpec(
                    "own", Recipe.parse("fit:20,png"), AssetKey.parse("wire/made/own.png")))
            .ofVersion(original.version());
    byte[] message = codec.write(new WireRequest.Generate(WireRequest.newTrace(), request));
    String answer = function.invoke(new String(message, UTF_8)).payload();
    assertThat(codec.readAnswer(answer.getBytes(UTF_8), request))
        .isInstanceOfSatisfying(
            WireAnswer.Report.class, report -> assertThat(report.report().stored()).hasSize(1));
    try (AssetContent content = renditions.open(AssetKey.parse("wire/made/own.png"))) {
      assertThat(Encoded.decode(content.stream().readAllBytes()).getWidth()).isEqualTo(20);
    }
    String pong =
        function.invoke(new String(codec.write(new WireRequest.Ping("p")), UTF_8)).payload();
    assertThat(codec.readPong(pong.getBytes(UTF_8)))
        .isInstanceOfSatisfying(
            WireAnswer.Pong.class,
            who -> assertThat(who.outputVersion()).isEqualTo(Fingerprint.OUTPUT_VERSION));
  }

  @Test
  void aPoisonousEventReachesTheDeadLettersOnceAndWritesNothing() throws Exception {
    original("poison/a.jpg", new byte[] {1, 2, 3});
    String event = event("poison/a.jpg");
    int before = function.deadLetters().size();
    function.send(event);
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> function.deadLetters().size() > before && function.pendingEvents() == 0);
    List<DeadLetter> letters = function.deadLetters();
    assertThat(letters).hasSize(before + 1);
    assertThat(letters.get(before).event()).isEqualTo(event);
    assertThat(letters.get(before).errorMessage())
        .contains(FailureReason.FORMAT_UNKNOWN.name(), "poison/a.jpg");
    assertThat(madeOf("poison/a.jpg")).isEmpty();
  }

  @Test
  void ofABatchOnlyThePoisonReachesTheDeadLetters() throws Exception {
    original("queue/a.jpg", Stage.picture(2));
    original("queue/b.jpg", new byte[] {1, 2, 3});
    original("queue/c.jpg", Stage.picture(3));
    SqsQueue queue =
        lambda.queue("originals").visibilityTimeout(Duration.ofSeconds(5)).trigger(function);
    for (String key : List.of("queue/a.jpg", "queue/b.jpg", "queue/c.jpg")) {
      queue.send(event(key));
    }
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> queue.size() == 0 && queue.deadLetters().size() == 1);
    assertThat(queue.deadLetters().get(0)).contains("b.jpg");
    assertThat(madeOf("queue/a.jpg")).hasSize(2);
    assertThat(madeOf("queue/c.jpg")).hasSize(2);
  }

  @Test
  void aWorkerThatDiesAndEventsThatComeTwiceLeaveTheSameBytes() throws Exception {
    byte[] picture = Encoded.jpeg(Charts.gradient(900, 700), 0.9);
    original("killed/a.jpg", picture);
    function.faults().killNext(1, Duration.ofMillis(30)).duplicateNext(2);
    function.send(event("killed/a.jpg"));
    function.send(event("killed/a.jpg"));
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> function.pendingEvents() == 0 && madeOf("killed/a.jpg").size() == 2);
    Map<String, byte[]> expected = local(picture, Map.of("card", CARD, "thumb", THUMB));
    madeOf("killed/a.jpg")
        .forEach((name, bytes) -> assertThat(bytes).isEqualTo(expected.get(name)));
    try (Stream<AssetInfo> listed = renditions.list("killed", "")) {
      assertThat(listed.count()).as("one object for each key").isEqualTo(2);
    }
  }

  /** Events of two uploads come reversed and twice each, through Lambda's queue. */
  @Test
  void twoVersionsWhoseEventsComeReversedAndTwiceLeaveTheLaterOne() throws Exception {
    original("versions/a.jpg", Stage.picture(20));
    String first = event("versions/a.jpg");
    byte[] later = Stage.picture(21);
    original("versions/a.jpg", later);
    String second = event("versions/a.jpg");
    function.faults().duplicateNext(2);
    function.send(second);
    function.send(first);
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> function.pendingEvents() == 0 && function.faults().pending() == 0);
    Engine.assertSame(madeOf("versions/a.jpg"), local(later, Map.of("card", CARD, "thumb", THUMB)));
    try (Stream<AssetInfo> listed = renditions.list("versions", "")) {
      assertThat(listed.count()).as("one object for each key").isEqualTo(2);
    }
    assertThat(function.deadLetters()).noneMatch(each -> each.event().contains("versions"));
  }

  @Test
  void theFunctionUrlShowsWhatIsMissingAndThenWhatIsThere() throws Exception {
    AssetInfo original = original("url/a b+\u00fc.jpg", Stage.picture(4));
    RenditionSpec spec =
        new RenditionSpec(
            "card",
            Recipe.parse(CARD),
            AssetKey.parse(
                "url/a b+\u00fc.jpg/card-"
                    + Fingerprint.of(Recipe.parse(CARD), original.version(), FocalPoint.CENTER)
                    + ".jpg"));
    String path = HttpQuestion.ofDecoded("GET", spec.target().toString(), Map.of()).path();
    HttpClient client = HttpClient.newHttpClient();
    URI link = URI.create(function.url() + path);
    HttpResponse<byte[]> first =
        client.send(HttpRequest.newBuilder(link).build(), BodyHandlers.ofByteArray());
    assertThat(first.statusCode()).as(new String(first.body(), UTF_8)).isEqualTo(200);
    // 52 x 36, cut to 4:3 and not enlarged.
    assertThat(Encoded.decode(first.body()).getWidth()).isEqualTo(48);
    assertThat(first.headers().map().keySet())
        .noneMatch(name -> name.startsWith("x-amz-id") || name.startsWith("x-amz-meta"));
    HttpResponse<byte[]> again =
        client.send(
            HttpRequest.newBuilder(link)
                .header("If-None-Match", first.headers().firstValue("etag").orElseThrow())
                .build(),
            BodyHandlers.ofByteArray());
    assertThat(again.statusCode()).isEqualTo(304);
    HttpResponse<byte[]> none =
        client.send(
            HttpRequest.newBuilder(URI.create(function.url() + "url/none.jpg")).build(),
            BodyHandlers.ofByteArray());
    assertThat(none.statusCode()).isEqualTo(404);
  }

  @Test
  void settingsThatCannotBeUsedAreAllToldInOneLineOfTheLog() throws Exception {
    EmulatedFunction broken =
        lambda.deploy(
            definition("broken")
                .environment("RENDITION_RECIPE_CARD", "cover:0x0")
                .environment("RENDITION_FUNCTION_PARALEL", "2")
                .environment("RENDITION_LAYOUT", "heap")
                .build());
    InvocationResult result = broken.invoke("{}");
    assertThat(result.functionError()).isPresent();
    assertThat((result.payload() + result.logTail()).lines())
        .anySatisfy(
            line ->
                assertThat(line)
                    .contains("rendition.recipe.card")
                    .contains("RENDITION_FUNCTION_PARALEL")
                    .contains("rendition.layout"));
  }

  @Test
  void theHooksOfSnapStartRunAndWorkGoesOnAfterThem() throws Exception {
    EmulatedFunction snapped = lambda.deploy(definition("snapped").snapStart(true).build());
    original("snap/a.jpg", Stage.picture(5));
    InvocationResult result = snapped.invoke(event("snap/a.jpg"));
    assertThat(result.functionError()).as(result.payload() + result.logTail()).isEmpty();
    assertThat(madeOf("snap/a.jpg")).hasSize(2);
    assertThat(result.logTail()).doesNotContain("not primed");
  }

  @Test
  void fiveRenditionsOfTwelveMegapixelsFitInto512Megabytes() throws Exception {
    String folder = System.getProperty("RENDITION_PHOTOS", System.getenv("RENDITION_PHOTOS"));
    byte[] photo =
        folder == null
            ? Encoded.jpeg(Charts.gradient(4_000, 3_000), 0.9)
            : Files.readAllBytes(Path.of(folder, "Canon_EOS_450D.jpg"));
    EmulatedFunction web =
        lambda.deploy(
            FunctionDefinition.of("web", ZIP, RenditionFunction.class.getName())
                .memory(512)
                .timeout(Duration.ofSeconds(30))
                .environment(buckets.variables())
                .environment("RENDITION_RECIPE_W1600", "fit:1600,jpeg:80")
                .environment("RENDITION_RECIPE_W1200", "fit:1200,jpeg:80")
                .environment("RENDITION_RECIPE_W800", "fit:800,jpeg:80")
                .environment("RENDITION_RECIPE_W400", "fit:400,jpeg:80")
                .environment("RENDITION_RECIPE_W200", "fit:200,jpeg:80")
                .build());
    for (int i = 0; i < 6; i++) {
      original("web/" + i + ".jpg", photo);
      InvocationResult result = web.invoke(event("web/" + i + ".jpg"));
      assertThat(result.functionError()).as(result.payload() + result.logTail()).isEmpty();
      assertThat(result.payload()).contains("\"renditions\":5");
      log.info(
          "five renditions of {} bytes: {} billed, {} MB resident",
          photo.length,
          result.statistics().billed(),
          result.statistics().maxMemoryMegabytes());
    }
  }
}
