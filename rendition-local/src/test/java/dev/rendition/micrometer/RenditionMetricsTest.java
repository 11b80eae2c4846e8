package dev.rendition.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rendition.HealthReport;
import dev.rendition.RenditionConfig;
import dev.rendition.Renditions;
import dev.rendition.asset.AssetInfo;
import dev.rendition.asset.AssetKey;
import dev.rendition.asset.AssetSource;
import dev.rendition.asset.MemoryAssetStore;
import dev.rendition.generate.RenditionListener;
import dev.rendition.generate.RenditionRequest;
import dev.rendition.generate.RenditionStage;
import dev.rendition.generate.WriteMode;
import dev.rendition.local.LocalRenditionGenerator;
import dev.rendition.local.LocalStats;
import dev.rendition.testkit.Charts;
import dev.rendition.testkit.Encoded;
import dev.rendition.testkit.FaultyStore;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RenditionMetricsTest {
  private static final AssetKey BEACH = AssetKey.of("acme", "beach.png");

  @Test
  void everythingThatHappensIsCountedAndTimed() throws Exception {
    SimpleMeterRegistry registry = new SimpleMeterRegistry();
    RenditionMetrics metrics = new RenditionMetrics(registry);
    try (Renditions renditions = open(metrics)) {
      metrics.bind(renditions);
      AssetInfo original = upload(renditions);
      renditions.generate(original, renditions.recipes("card", "broken")).join();
      renditions.generateMissing(original, renditions.recipes("card")).join();
      renditions.readThrough().get(BEACH, renditions.recipes("card").get(0), Duration.ofSeconds(9));
      renditions
          .generate(AssetKey.of("acme", "absent.png"), renditions.recipes("card"))
          .exceptionally(problem -> null)
          .join();

      assertThat(count(registry, "card", "created")).isEqualTo(1);
      assertThat(count(registry, "card", "there")).isEqualTo(1);
      assertThat(count(registry, "broken", "operation-not-applicable")).isEqualTo(1);
      assertThat(registry.get("rendition.requests").tag("outcome", "answered").timer().count())
          .isEqualTo(2);
      assertThat(registry.get("rendition.bytes").tag("recipe", "card").summary().max())
          .isGreaterThan(50);
      for (RenditionStage stage : RenditionStage.values()) {
        var timer =
            registry
                .get("rendition.stage")
                .tag("stage", stage.name().toLowerCase(java.util.Locale.ROOT))
                .timer();
        assertThat(timer.count()).as("%s", stage).isPositive();
      }
      assertThat(registry.get("rendition.local.threads").gauge().value()).isPositive();
      assertThat(registry.get("rendition.local.memory-budget").gauge().value())
          .isGreaterThanOrEqualTo(32 << 20);
      assertThat(registry.get("rendition.local.queue").gauge().value()).isZero();
      FunctionCounter hits = registry.get("rendition.delivery.hits").functionCounter();
      assertThat(hits.count()).isEqualTo(1);
      assertThat(
              registry.getMeters().stream()
                  .map(Meter::getId)
                  .filter(id -> id.getDescription() == null || id.getDescription().isEmpty()))
          .isEmpty();
    }
  }

  @Test
  void stagesAreToldInOrderAndADefectOfTheListenerChangesNothing() throws Exception {
    List<RenditionStage> seen = new CopyOnWriteArrayList<>();
    RenditionListener listener =
        new RenditionListener() {
          @Override
          public void stage(RenditionRequest request, RenditionStage stage, Duration elapsed) {
            seen.add(stage);
            assertThat(elapsed)
                .isGreaterThanOrEqualTo(Duration.ZERO)
                .isLessThan(Duration.ofMinutes(1));
            throw new IllegalStateException("a defect of the listener");
          }
        };
    try (Renditions renditions = open(listener)) {
      AssetInfo original = upload(renditions);
      assertThat(renditions.generateMissing(original, renditions.recipes("card")).join().stored())
          .hasSize(1);
      assertThat(seen).containsExactly(RenditionStage.values());
      seen.clear();
      assertThat(renditions.generateMissing(original, renditions.recipes("card")).join().stored())
          .hasSize(1);
      assertThat(seen).containsExactly(RenditionStage.QUEUE, RenditionStage.LOOK);
    }
  }

  @Test
  void queueAndMemoryAreSeenWhileTheyAreTaken() throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    CountDownLatch begun = new CountDownLatch(1);
    RenditionListener gate =
        new RenditionListener() {
          @Override
          public void stage(RenditionRequest request, RenditionStage stage, Duration elapsed) {
            begun.countDown();
            try {
              assertThat(go.await(20, TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
          }
        };
    MemoryAssetStore store = new MemoryAssetStore();
    try (LocalRenditionGenerator generator =
        LocalRenditionGenerator.builder(store, store)
            .threads(1)
            .queueCapacity(5)
            .memoryBudget(48 << 20)
            .listener(gate)
            .build()) {
      store.put(BEACH, AssetSource.ofBytes(Encoded.png(Charts.gradient(64, 64)), "image/png"));
      RenditionRequest request =
          RenditionRequest.of(
              BEACH,
              dev.rendition.generate.RenditionSpec.of(
                  dev.rendition.recipe.NamedRecipe.of("card", "fit:8,png"),
                  AssetKey.of("acme", "made.png")));
      var answers =
          List.of(
              generator.generate(request),
              generator.generate(request.writing(WriteMode.MISSING)),
              generator.generate(request));
      assertThat(begun.await(20, TimeUnit.SECONDS)).isTrue();
      LocalStats stats = generator.stats();
      assertThat(stats).isEqualTo(new LocalStats(2, 5, 1, 1, 0, 48 << 20, 0));
      go.countDown();
      answers.forEach(answer -> answer.join());
    }
  }

  @Test
  void healthMakesARealRenditionAndLeavesNothing() throws Exception {
    FaultyStore originals = FaultyStore.around(new MemoryAssetStore());
    FaultyStore made = FaultyStore.around(new MemoryAssetStore());
    try (Renditions renditions =
        Renditions.builder()
            .originals(originals)
            .renditions(made)
            .generator(LocalRenditionGenerator.builder(originals, made).build())
            .build()) {
      HealthReport fine = renditions.health();
      assertThat(fine.ok()).as(fine.detail()).isTrue();
      assertThat(fine.detail()).startsWith("made ").endsWith(" bytes of PNG");
      assertThat(fine.elapsed()).isPositive();
      made.on(FaultyStore.Call.PUT).every().fails();
      HealthReport broken = renditions.health();
      assertThat(broken.ok()).isFalse();
      assertThat(broken.detail()).startsWith("STORE_FAILED: ");
      made.heal();
      originals.on(FaultyStore.Call.DELETE).next().fails();
      HealthReport untidy = renditions.health();
      assertThat(untidy.ok()).isFalse();
      assertThat(untidy.detail()).contains("could not be deleted");
      originals.heal();
      assertThat(renditions.health().ok()).isTrue();
      assertThat(made.list("rendition-verify", "")).isEmpty();
      assertThat(originals.list("rendition-verify", "")).hasSize(1);
    }
  }

  private static Renditions open(RenditionListener listener) {
    Properties props = new Properties();
    props.setProperty("rendition.originals", "memory:");
    props.setProperty("rendition.renditions", "memory:");
    props.setProperty("rendition.recipe.card", "fit:8,png");
    props.setProperty("rendition.recipe.broken", "crop:5000,5000,10,10,png");
    return Renditions.builderFrom(
            RenditionConfig.of(props), RenditionMetricsTest.class.getClassLoader())
        .listener(listener)
        .build();
  }

  private static AssetInfo upload(Renditions renditions) throws Exception {
    return renditions.store(
        BEACH, AssetSource.ofBytes(Encoded.png(Charts.gradient(64, 48)), "image/png"));
  }

  private static double count(SimpleMeterRegistry registry, String recipe, String outcome) {
    return registry
        .get("rendition.renditions")
        .tag("recipe", recipe)
        .tag("outcome", outcome)
        .counter()
        .count();
  }
}
