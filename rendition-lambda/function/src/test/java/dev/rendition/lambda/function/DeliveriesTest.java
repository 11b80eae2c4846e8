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
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
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
