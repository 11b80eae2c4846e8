package dev.rendition.lambda.function;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rendition.asset.AssetInfo;
import dev.rendition.asset.AssetKey;
import dev.rendition.generate.RenditionOutcome;
import dev.rendition.generate.RenditionReport;
import dev.rendition.generate.RenditionRequest;
import dev.rendition.generate.RenditionSpec;
import dev.rendition.generate.WriteMode;
import dev.rendition.lambda.LambdaRenditionGenerator;
import dev.rendition.lambda.emulator.EmulatedFunction;
import dev.rendition.recipe.Recipe;
import dev.rendition.testkit.Charts;
import dev.rendition.testkit.Encoded;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
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

/** The client, Lambda and the deployed zip together: the same bytes, whatever happens between. */
@Timeout(value = 180, unit = TimeUnit.SECONDS)
class RoundTripIT {
  private static final Logger log = LoggerFactory.getLogger(RoundTripIT.class);
  private static final List<String> RECIPES =
      List.of("cover:80x60,jpeg:80:progressive", "fit:40,jpeg", "fit:150,jpeg:92", "fit:32,png");

  private static Cloud cloud;
  private static EmulatedFunction function;

  @BeforeAll
  static void start() throws Exception {
    cloud = Cloud.start();
    function = cloud.deploy("round-trip", each -> each.reservedConcurrency(3));
  }

  @AfterAll
  static void stop() throws Exception {
    cloud.close();
  }

  @BeforeEach
  void forgetFaults() {
    function.faults().clear();
  }

  @Test
  void everyChartAndPhotoHasTheBytesTheEngineMakesHere() throws Exception {
    try (LambdaRenditionGenerator lambda = cloud.client(function).build()) {
      for (Map.Entry<String, byte[]> picture : pictures().entrySet()) {
        AssetInfo original = cloud.original("parity/" + picture.getKey(), picture.getValue());
        RenditionRequest request = request(original);
        RenditionReport report = lambda.generate(request).join();
        assertThat(report.failed()).as(picture.getKey()).isEmpty();
        Map<String, byte[]> here = Engine.make(picture.getValue(), request);
        Map<String, byte[]> there = cloud.made("parity", picture.getKey() + "/");
        assertThat(there.keySet()).isEqualTo(here.keySet());
        for (String path : here.keySet()) {
          if (path.endsWith("3")) {
            assertThat(pixels(there.get(path))).as(path).isEqualTo(pixels(here.get(path)));
          } else {
            assertThat(there.get(path)).as(path).isEqualTo(here.get(path));
          }
        }
      }
    }
  }

  private static Map<String, byte[]> pictures() throws IOException {
    Map<String, byte[]> pictures = new LinkedHashMap<>();
    pictures.put("orientation", Encoded.jpeg(Charts.orientation(301, 203), 0.9));
    pictures.put("gradient", Encoded.jpeg(Charts.gradient(257, 129), 0.8));
    pictures.put("plain", Encoded.jpeg(Charts.plain(90, 200, Color.ORANGE), 0.7));
    pictures.put("stripes", Encoded.jpeg(Charts.stripes(200, 100), 0.95));
    pictures.put("photo", Encoded.jpeg(Charts.photo(640, 427, 11), 0.85));
    pictures.put("alpha", Encoded.png(Charts.alphaEdge(120, 90)));
    pictures.put("palette", Encoded.gif(Charts.orientation(160, 120)));
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
    return pictures;
  }

  @Test
  void aBurstOfHundredAssetsAgainstAConcurrencyOfFourLosesNothingAndMakesNothingTwice()
      throws Exception {
    EmulatedFunction narrow = cloud.deploy("narrow", each -> each.reservedConcurrency(4));
    List<AssetInfo> originals = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      originals.add(cloud.original("burst/" + i + ".jpg", Stage.picture(i)));
    }
    try (LambdaRenditionGenerator lambda = cloud.client(narrow).throttledAttempts(100).build()) {
      List<CompletableFuture<RenditionReport>> reports = new ArrayList<>();
      for (AssetInfo original : originals) {
        reports.add(lambda.generate(request(original).writing(WriteMode.CREATE)));
      }
      for (CompletableFuture<RenditionReport> report : reports) {
        assertThat(report.join().stored())
            .hasSize(RECIPES.size())
            .allMatch(RenditionOutcome.Stored::created, "made by the one invocation there was");
      }
      assertThat(narrow.statistics().throttles()).isPositive();
      assertThat(lambda.repetitions()).isEqualTo(narrow.statistics().throttles());
      assertThat(lambda.invocations()).isEqualTo(100);
    }
    assertThat(narrow.statistics().invocations()).isEqualTo(100);
    assertThat(narrow.statistics().coldStarts()).isLessThanOrEqualTo(4);
    assertThat(Cloud.keys(cloud.renditions(), "burst", "")).hasSize(100 * RECIPES.size());
    log.info("a burst of 100: {} throttled", narrow.statistics().throttles());
  }

  @Test
  void aWorkerKilledInTheMiddleOfItsWorkLeavesTheSameBytes() throws Exception {
    byte[] picture = Encoded.jpeg(Charts.gradient(3_000, 2_000), 0.9);
    RenditionRequest request = request(cloud.original("killed/a.jpg", picture));
    long before = function.statistics().errors();
    try (LambdaRenditionGenerator lambda = cloud.client(function).build()) {
      function.faults().killNext(1, Duration.ofMillis(40));
      assertThat(lambda.generate(request).join().stored()).hasSize(RECIPES.size());
      assertThat(lambda.repetitions()).isEqualTo(1);
    }
    assertThat(function.statistics().errors()).isEqualTo(before + 1);
    Engine.assertSame(cloud.made("killed"), Engine.make(picture, request));
  }

  @Test
  void anAnswerThatIsLostIsAskedForAgainAndTheBytesStay() throws Exception {
    byte[] picture = Stage.picture(30);
    RenditionRequest request = request(cloud.original("lost/a.jpg", picture));
    try (LambdaRenditionGenerator lambda = cloud.client(function).build()) {
      function.faults().dropNext(2);
      RenditionReport report = lambda.generate(request.writing(WriteMode.CREATE)).join();
      assertThat(report.stored()).hasSize(RECIPES.size()).noneMatch(each -> each.created());
      assertThat(lambda.repetitions()).isEqualTo(2);
    }
    Engine.assertSame(cloud.made("lost"), Engine.make(picture, request));
  }

  /** Every submission is delivered once to three times, in any order, while workers die. */
  @Test
  void submissionsThatComeTwiceAndInAnyOrderLeaveTheSameBytes() throws Exception {
    Random random = new Random(5);
    Map<String, byte[]> expected = new TreeMap<>();
    List<RenditionRequest> deliveries = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      byte[] picture = Stage.picture(40 + i);
      RenditionRequest request = request(cloud.original("queued/" + i + ".jpg", picture));
      expected.putAll(Engine.make(picture, request));
      for (int n = random.nextInt(2); n >= 0; n--) {
        deliveries.add(request.writing(n == 0 ? WriteMode.REPLACE : WriteMode.CREATE));
      }
    }
    Collections.shuffle(deliveries, random);
    function.faults().duplicateNext(8).killNext(2, Duration.ofMillis(15));
    try (LambdaRenditionGenerator lambda = cloud.client(function).build()) {
      for (RenditionRequest each : deliveries) {
        lambda.submit(each).join();
      }
    }
    Awaitility.await()
        .atMost(Duration.ofSeconds(90))
        .until(() -> function.pendingEvents() == 0 && function.faults().pending() == 0);
    assertThat(function.deadLetters()).isEmpty();
    Engine.assertSame(cloud.made("queued"), expected);
  }

  private static RenditionRequest request(AssetInfo original) {
    AssetKey key = original.key();
    List<RenditionSpec> specs = new ArrayList<>();
    for (String recipe : RECIPES) {
      String name = "r" + specs.size();
      specs.add(
          new RenditionSpec(name, Recipe.parse(recipe), key.withPath(key.path() + "/" + name)));
    }
    return RenditionRequest.of(key, specs).ofVersion(original.version());
  }

  private static int[] pixels(byte[] file) {
    BufferedImage image = Encoded.decode(file);
    int width = image.getWidth();
    return image.getRGB(0, 0, width, image.getHeight(), null, 0, width);
  }
}
