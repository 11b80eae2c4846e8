package dev.rendition.lambda.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rendition.asset.AssetContent;
import dev.rendition.asset.AssetInfo;
import dev.rendition.asset.AssetKey;
import dev.rendition.generate.FailureReason;
import dev.rendition.generate.RenditionReport;
import dev.rendition.generate.RenditionRequest;
import dev.rendition.generate.RenditionSpec;
import dev.rendition.lambda.wire.WireCodec;
import dev.rendition.lambda.wire.WireRequest;
import dev.rendition.layout.VariantFolderLayout;
import dev.rendition.local.LocalRenditionGenerator;
import dev.rendition.recipe.Recipe;
import dev.rendition.testkit.FaultyStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** News comes at least once, in any order, and what is there in the end is the same. */
class DeliveriesTest {
  private static final List<String> KEYS = List.of("acme/a.jpg", "acme/b.jpg", "acme/c.jpg");

  @Property(tries = 40)
  void oneToThreeDeliveriesInAnyOrderLeaveTheSameBytes(@ForAll("deliveries") List<String> keys)
      throws IOException {
    Map<String, String> expected;
    try (Stage once = Stage.open()) {
      for (String key : KEYS) {
        once.original(key, KEYS.indexOf(key));
        once.route(Stage.s3Event(key));
      }
      expected = once.made();
    }
    try (Stage stage = Stage.open()) {
      for (String key : KEYS) {
        stage.original(key, KEYS.indexOf(key));
      }
      int half = keys.size() / 2;
      for (String key : keys.subList(0, half)) {
        stage.route(Stage.s3Event(key));
      }
      assertThat(stage.route(Stage.s3Event(keys.subList(half, keys.size()).toArray(String[]::new))))
          .isNotEmpty();
      assertThat(stage.made()).isEqualTo(expected);
    }
  }

  @Provide
  Arbitrary<List<String>> deliveries() {
    return Arbitraries.of(1, 2, 3)
        .list()
        .ofSize(KEYS.size())
        .flatMap(
            times -> {
              List<String> all = new ArrayList<>();
              for (int i = 0; i < times.size(); i++) {
                for (int n = 0; n < times.get(i); n++) {
                  all.add(KEYS.get(i));
                }
              }
              return Arbitraries.shuffle(all);
            });
  }

  /**
   * An original is uploaded twice, and each upload is told of once to three times, at any time
   * after it: also both of the second before the first of the first. In the end there is what one
   * delivery of the second upload alone leaves: under keys that hold whatever is current, the same
   * object for each; under keys that name their content, those of the second version are all there.
   */
  @Property(tries = 60)
  void twoVersionsWhoseEventsComeInAnyOrderLeaveTheLaterOne(
      @ForAll @IntRange(min = 1, max = 3) int ofFirst,
      @ForAll @IntRange(min = 1, max = 3) int ofSecond,
      @ForAll long seed)
      throws IOException {
    List<String> story = story(ofFirst, ofSecond, new Random(seed));
    for (boolean current : List.of(true, false)) {
      Stage.Setup setup = Stage.with();
      Stage.Setup alone = Stage.with();
      if (current) {
        setup.layout(book -> new VariantFolderLayout(book.names()));
        alone.layout(book -> new VariantFolderLayout(book.names()));
      }
      try (Stage stage = setup.open();
          Stage second = alone.open()) {
        second.original("acme/a.jpg", 2);
        assertThat(second.route(versioned(2))).contains("\"renditions\":2");
        for (String step : story) {
          if (step.startsWith("upload")) {
            stage.original("acme/a.jpg", step.endsWith("1") ? 1 : 2);
          } else {
            assertThat(stage.route(versioned(step.endsWith("1") ? 1 : 2)))
                .contains("\"renditions\":2");
          }
        }
        if (current) {
          assertThat(stage.made()).as("%s", story).isEqualTo(second.made());
        } else {
          assertThat(stage.made()).as("%s", story).containsAllEntriesOf(second.made());
          boolean firstWasSeen = story.indexOf("told of 1") < story.indexOf("upload 2");
          assertThat(stage.made()).as("%s", story).hasSize(firstWasSeen ? 4 : 2);
        }
      }
    }
  }

  private static List<String> story(int ofFirst, int ofSecond, Random random) {
    List<String> later = new ArrayList<>();
    List<String> early = new ArrayList<>();
    for (int i = 0; i < ofFirst; i++) {
      (random.nextInt(3) == 0 ? early : later).add("told of 1");
    }
    later.addAll(Collections.nCopies(ofSecond, "told of 2"));
    Collections.shuffle(later, random);
    List<String> story = new ArrayList<>(List.of("upload 1"));
    story.addAll(early);
    story.add("upload 2");
    story.addAll(later);
    return story;
  }

  /** Returns what S3 sends for one version, with what tells it from others. */
  private static String versioned(int version) {
    return Stage.s3Event("acme/a.jpg")
        .replace(
            "\"key\":\"acme/a.jpg\"",
            "\"key\":\"acme/a.jpg\",\"eTag\":\"e%1$d\",\"versionId\":\"v%1$d\",\"sequencer\":\"00%1$d\""
                .formatted(version));
  }

  @Test
  void anObjectToldOfTwiceInOneEventIsWorkedOnOnce() throws IOException {
    AtomicInteger requests = new AtomicInteger();
    try (Stage stage = counting(requests)) {
      stage.original("acme/a.jpg", 0);
      assertThat(stage.route(Stage.s3Event("acme/a.jpg", "acme/%61.jpg", "acme/a.jpg")))
          .contains("\"objects\":3");
      assertThat(requests.get()).isEqualTo(1);
    }
  }

  private static Stage counting(AtomicInteger requests) {
    return Stage.with()
        .generator(
            (in, out) -> {
              var engine = LocalRenditionGenerator.builder(in, out).build();
              return new ScriptedGenerator(
                  request -> {
                    requests.incrementAndGet();
                    return engine.generate(request);
                  });
            })
        .open();
  }

  @Test
  void aJobThatRunsTwiceMakesNothingTwice() throws IOException {
    FaultyStore[] counting = new FaultyStore[1];
    try (Stage stage =
        Stage.with().around(store -> counting[0] = FaultyStore.around(store)).open()) {
      stage.original("acme/photos/beach.jpg", 0);
      assertThat(stage.route(Stage.event("batch-1"))).contains("Succeeded");
      assertThat(stage.route(Stage.event("batch-1"))).contains("Succeeded", "2 renditions");
      assertThat(counting[0].calls(FaultyStore.Call.OPEN)).as("read once").isEqualTo(1);
    }
  }

  @Test
  void anOriginalReplacedWhileItIsReadIsReadAgain() throws IOException {
    AtomicInteger requests = new AtomicInteger();
    Stage[] self = new Stage[1];
    try (Stage stage =
        Stage.with()
            .generator(
                (in, out) -> {
                  var engine = LocalRenditionGenerator.builder(in, out).build();
                  return new ScriptedGenerator(
                      request -> {
                        if (requests.getAndIncrement() == 0) {
                          replace(self[0]);
                        }
                        return engine.generate(request);
                      });
                })
            .open()) {
      self[0] = stage;
      stage.original("acme/a.jpg", 0);
      assertThat(stage.route(Stage.s3Event("acme/a.jpg"))).contains("\"renditions\":2");
      assertThat(requests.get()).isEqualTo(2);
      AssetInfo now = stage.originals.stat(AssetKey.parse("acme/a.jpg")).orElseThrow();
      AssetKey thumb = stage.library.target(now, stage.library.recipes("thumb").get(0));
      assertThat(stage.made().keySet()).contains(thumb.toString());
    }
  }

  private static void replace(Stage stage) {
    try {
      stage.original("acme/a.jpg", 7);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Where keys do not name their content, a slow worker may write old bytes over new ones. It looks
   * at the original afterwards, and makes them again.
   */
  @Test
  void aSlowWorkerDoesNotLeaveOldBytesUnderAKeyThatHoldsNewOnes() throws IOException {
    AtomicInteger requests = new AtomicInteger();
    Stage[] self = new Stage[1];
    try (Stage stage =
            Stage.with()
                .layout(book -> new VariantFolderLayout(book.names()))
                .generator(
                    (in, out) -> {
                      var engine = LocalRenditionGenerator.builder(in, out).build();
                      return new ScriptedGenerator(
                          request ->
                              engine
                                  .generate(request)
                                  .thenCompose(
                                      report -> {
                                        if (requests.getAndIncrement() == 0) {
                                          replace(self[0]);
                                        }
                                        return CompletableFuture.completedFuture(report);
                                      }));
                    })
                .open();
        Stage fresh = Stage.with().layout(book -> new VariantFolderLayout(book.names())).open()) {
      self[0] = stage;
      stage.original("acme/a.jpg", 0);
      assertThat(stage.route(Stage.s3Event("acme/a.jpg"))).contains("\"renditions\":2");
      fresh.original("acme/a.jpg", 7);
      fresh.route(Stage.s3Event("acme/a.jpg"));
      assertThat(stage.made()).isEqualTo(fresh.made());
    }
  }

  @Test
  void theDeadlineOfARequestIsTheRemainingTimeButAMargin() throws IOException {
    ScriptedGenerator generator =
        new ScriptedGenerator(
            request ->
                CompletableFuture.completedFuture(
                    new RenditionReport(request.source(), request.sourceVersion(), List.of())));
    try (Stage stage = Stage.with().generator((in, out) -> generator).open()) {
      stage.original("acme/a.jpg", 0);
      Instant before = Instant.now();
      stage.route(Stage.s3Event("acme/a.jpg"), Duration.ofSeconds(20));
      assertThat(generator.asked.get(0).deadline())
          .isBetween(before.plusMillis(19_500), Instant.now().plusMillis(19_500));
    }
  }

  @Test
  void aRequestThatLayInAQueueFailsVisiblyAndOthersAreAnswered() throws IOException {
    WireCodec codec = new WireCodec();
    for (FailureReason reason : FailureReason.values()) {
      for (ScriptedGenerator generator :
          List.of(ScriptedGenerator.failing(reason), ScriptedGenerator.refusing(reason))) {
        try (Stage stage = Stage.with().generator((in, out) -> generator).open()) {
          RenditionRequest request =
              RenditionRequest.of(
                  AssetKey.parse("acme/a.jpg"),
                  new RenditionSpec("x", Recipe.parse("png"), AssetKey.parse("acme/x.png")));
          String answered = text(codec.write(new WireRequest.Generate("t", request)));
          assertThat(stage.route(answered)).contains(reason.name());
          String queued = text(codec.write(new WireRequest.Generate("t", request, true)));
          assertThatThrownBy(() -> stage.route(queued))
              .isInstanceOf(
                  reason.retryable() ? EventFailedException.class : EventRefusedException.class)
              .hasMessageContaining(reason.name());
        }
      }
    }
  }

  private static String text(byte[] message) {
    return new String(message, StandardCharsets.UTF_8);
  }

  @Test
  void whatIsStoredHasTheCacheControlOfItsLayout() throws IOException {
    try (Stage stage = Stage.open()) {
      stage.original("acme/a.jpg", 0);
      stage.route(Stage.s3Event("acme/a.jpg"));
      for (String key : stage.made().keySet()) {
        try (AssetContent content = stage.renditions.open(AssetKey.parse(key))) {
          assertThat(content.info().attributes().cacheControl()).contains("immutable");
          assertThat(new String(content.stream().readAllBytes(), StandardCharsets.ISO_8859_1))
              .isEqualTo(stage.made().get(key));
        }
      }
    }
  }
}
