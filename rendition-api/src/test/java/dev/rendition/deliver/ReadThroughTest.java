package dev.rendition.deliver;

import static dev.rendition.Refusals.thrown;
import static dev.rendition.deliver.Setting.BEACH;
import static dev.rendition.deliver.Setting.BOOK;
import static dev.rendition.deliver.Setting.CARD;
import static dev.rendition.deliver.Setting.HERO;
import static dev.rendition.deliver.Setting.SOON;
import static dev.rendition.deliver.Setting.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rendition.ScriptedGenerator;
import dev.rendition.asset.AssetInfo;
import dev.rendition.asset.AssetKey;
import dev.rendition.asset.AssetSource;
import dev.rendition.generate.FailureReason;
import dev.rendition.generate.RenditionException;
import dev.rendition.generate.RenditionMetadata;
import dev.rendition.generate.RenditionReport;
import dev.rendition.layout.AdHocLayout;
import dev.rendition.layout.FingerprintLayout;
import dev.rendition.layout.VariantFolderLayout;
import dev.rendition.recipe.FocalPoint;
import dev.rendition.recipe.NamedRecipe;
import dev.rendition.recipe.Recipe;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ReadThroughTest {
  @Test
  void aHitIsOneCallOfTheStoreAndNoneOfTheOriginals() throws Exception {
    try (Setting setting = new Setting()) {
      AssetInfo original = setting.upload(BEACH, "beach");
      text(setting.readThrough.get(original, CARD, FocalPoint.CENTER, SOON));
      setting.stored.calls.clear();

      Delivered found = setting.readThrough.get(original, CARD, FocalPoint.CENTER, SOON);

      assertThat(found.from()).isEqualTo(Delivered.From.STORE);
      assertThat(text(found)).isEqualTo("fit:300,png");
      assertThat(setting.stored.calls).containsExactly("open " + found.info().key());
      assertThat(setting.originals.calls).isEmpty();
    }
  }

  @Test
  void aHitByKeyIsOneCallToo() throws Exception {
    try (Setting folder = new Setting(new VariantFolderLayout(BOOK.names()), b -> b)) {
      folder.upload(BEACH, "beach");
      text(folder.readThrough.get(BEACH, CARD, SOON));
      folder.stored.calls.clear();
      folder.originals.calls.clear();
      text(folder.readThrough.get(BEACH, CARD, SOON));
      assertThat(folder.stored.calls).containsExactly("open acme/card/photos/beach.jpg");
      assertThat(folder.originals.calls).isEmpty();
    }
    try (Setting setting = new Setting()) {
      setting.upload(BEACH, "beach");
      text(setting.readThrough.get(BEACH, CARD, SOON));
      setting.stored.calls.clear();
      setting.originals.calls.clear();
      text(setting.readThrough.get(BEACH, CARD, SOON));
      assertThat(setting.stored.calls).hasSize(1).allMatch(call -> call.startsWith("open "));
      assertThat(setting.originals.calls).as("the version is remembered").isEmpty();
    }
  }

  @Test
  void aMissIsMadeStoredAndGivenWithoutReadingItBack() throws Exception {
    try (Setting setting = new Setting()) {
      AssetInfo original = setting.upload(BEACH, "beach");
      Delivered made = setting.readThrough.get(original, CARD, FocalPoint.CENTER, SOON);
      assertThat(made.from()).isEqualTo(Delivered.From.GENERATOR);
      assertThat(made.info().attributes().metadata())
          .containsEntry(RenditionMetadata.RECIPE, "fit:300,png");
      assertThat(setting.stored.calls.stream().filter(call -> call.startsWith("open "))).hasSize(1);
      assertThat(setting.readThrough.stats().keptBytes()).isEqualTo("fit:300,png".length());
      assertThat(text(made)).isEqualTo("fit:300,png");
      assertThat(setting.readThrough.stats().keptBytes()).isZero();
      assertThat(setting.stored.store.stat(made.info().key())).isPresent();
    }
  }

  @Test
  void aThousandWhoAskForOneColdRenditionHaveItMadeOnce() throws Exception {
    try (Setting setting = new Setting()) {
      setting.upload(BEACH, "beach");
      CompletableFuture<Void> go = new CompletableFuture<>();
      setting.generator.script(request -> go.thenApply(any -> setting.obey(request)));
      ExecutorService callers = Executors.newFixedThreadPool(1_000);
      try {
        List<Future<String>> answers = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
          answers.add(callers.submit(() -> text(setting.readThrough.get(BEACH, CARD, SOON))));
        }
        until(() -> setting.readThrough.stats().joined() == 999);
        go.complete(null);
        for (Future<String> answer : answers) {
          assertThat(answer.get(20, TimeUnit.SECONDS)).isEqualTo("fit:300,png");
        }
      } finally {
        callers.shutdownNow();
      }
      assertThat(setting.generator.requests()).hasSize(1);
      assertThat(setting.originals.calls).containsExactly("stat " + BEACH);
      assertThat(setting.readThrough.stats().generated()).isEqualTo(1);
      until(() -> setting.readThrough.stats().inFlight() == 0);
      assertThat(setting.readThrough.stats().keptBytes()).isZero();
    }
  }

  @Test
  void aFailedGenerationWakesEverybodyWithTheSameReason() throws Exception {
    try (Setting setting = new Setting()) {
      setting.upload(BEACH, "beach");
      CompletableFuture<Void> go = new CompletableFuture<>();
      setting.generator.script(
          request ->
              go.thenApply(
                  any -> {
                    throw new RenditionException(FailureReason.BUSY, "full");
                  }));
      ExecutorService callers = Executors.newFixedThreadPool(50);
      try {
        List<Future<?>> answers = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
          answers.add(
              callers.submit(
                  () ->
                      thrown(
                          FailureReason.BUSY, () -> setting.readThrough.get(BEACH, CARD, SOON))));
        }
        until(() -> setting.readThrough.stats().joined() == 49);
        go.complete(null);
        for (Future<?> answer : answers) {
          answer.get(20, TimeUnit.SECONDS);
        }
      } finally {
        callers.shutdownNow();
      }
      setting.generator.script(request -> CompletableFuture.completedFuture(setting.obey(request)));
      assertThat(text(setting.readThrough.get(BEACH, CARD, SOON)))
          .as("a passing failure is not remembered")
          .isEqualTo("fit:300,png");
    }
  }

  @Test
  void whoLeavesDisturbsNobodyAndTheLastOneToLeaveStopsTheWork() throws Exception {
    try (Setting setting = new Setting()) {
      setting.upload(BEACH, "beach");
      CompletableFuture<RenditionReport> work = new CompletableFuture<>();
      setting.generator.script(request -> work);
      ExecutorService callers = Executors.newFixedThreadPool(2);
      try {
        Future<?> patient =
            callers.submit(
                () ->
                    thrown(
                        FailureReason.CANCELLED, () -> setting.readThrough.get(BEACH, CARD, SOON)));
        until(() -> setting.generator.requests().size() == 1);
        thrown(
            FailureReason.DEADLINE_EXCEEDED,
            () -> setting.readThrough.get(BEACH, CARD, Duration.ofMillis(30)));
        assertThat(work).as("one still waits").isNotDone();
        assertThat(patient).isNotDone();
        callers.shutdownNow(); // interrupts the patient one: it leaves
        patient.get(20, TimeUnit.SECONDS);
        until(work::isCancelled);
        assertThat(setting.readThrough.stats().abandoned()).isEqualTo(1);
        until(() -> setting.readThrough.stats().inFlight() == 0);
      } finally {
        callers.shutdownNow();
      }
    }
  }

  @Test
  void theFirstWhoAskedMayLeaveAndTheOthersGetTheirs() throws Exception {
    try (Setting setting = new Setting()) {
      setting.upload(BEACH, "beach");
      CompletableFuture<Void> go = new CompletableFuture<>();
      setting.generator.script(request -> go.thenApply(any -> setting.obey(request)));
      CountDownLatch left = new CountDownLatch(1);
      ExecutorService callers = Executors.newFixedThreadPool(2);
      try {
        Future<?> leader =
            callers.submit(
                () -> {
                  thrown(
                      FailureReason.DEADLINE_EXCEEDED,
                      () -> setting.readThrough.get(BEACH, CARD, Duration.ofMillis(400)));
                  left.countDown();
                });
        until(() -> setting.generator.requests().size() == 1);
        Future<String> second =
            callers.submit(() -> text(setting.readThrough.get(BEACH, CARD, SOON)));
        until(() -> setting.readThrough.stats().joined() == 1);
        assertThat(left.await(20, TimeUnit.SECONDS)).isTrue();
        leader.get(20, TimeUnit.SECONDS);
        go.complete(null);
        assertThat(second.get(20, TimeUnit.SECONDS)).isEqualTo("fit:300,png");
      } finally {
        callers.shutdownNow();
      }
    }
  }

  @Test
  void aFailureThatStaysIsRememberedForItsTimeAndForgottenWhenTold() throws Exception {
    try (Setting setting = new Setting()) {
      AssetInfo original = setting.upload(BEACH, "beach");
      setting.generator.script(
          request ->
              CompletableFuture.completedFuture(
                  ScriptedGenerator.fail(request, FailureReason.SOURCE_DAMAGED)));
      for (int i = 0; i < 3; i++) {
        thrown(
            FailureReason.SOURCE_DAMAGED,
            () -> setting.readThrough.get(original, CARD, FocalPoint.CENTER, SOON));
      }
      assertThat(setting.generator.requests()).hasSize(1);
      assertThat(setting.readThrough.stats().refusedFromMemory()).isEqualTo(2);
      setting.readThrough.forget(BEACH);
      thrown(
          FailureReason.SOURCE_DAMAGED,
          () -> setting.readThrough.get(original, CARD, FocalPoint.CENTER, SOON));
      assertThat(setting.generator.requests()).hasSize(2);
    }
    try (Setting forgetful =
        new Setting(new FingerprintLayout(BOOK.names()), b -> b.rememberFailures(Duration.ZERO))) {
      AssetInfo original = forgetful.upload(BEACH, "beach");
      forgetful.generator.refusing(FailureReason.FORMAT_UNKNOWN);
      for (int i = 0; i < 3; i++) {
        thrown(
            FailureReason.FORMAT_UNKNOWN,
            () -> forgetful.readThrough.get(original, CARD, FocalPoint.CENTER, SOON));
      }
      assertThat(forgetful.generator.requests()).hasSize(3);
    }
  }

  @Test
  void anAbsentOriginalIsLookedForOnceInAWhile() throws Exception {
    try (Setting setting = new Setting()) {
      for (int i = 0; i < 3; i++) {
        thrown(FailureReason.SOURCE_NOT_FOUND, () -> setting.readThrough.get(BEACH, CARD, SOON));
      }
      assertThat(setting.originals.calls).hasSize(1);
      setting.upload(BEACH, "beach");
      setting.readThrough.forget(BEACH);
      assertThat(text(setting.readThrough.get(BEACH, CARD, SOON))).isEqualTo("fit:300,png");
    }
  }

  @Test
  void memoryIsBoundedAndTheOldestIsForgottenFirst() {
    long[] now = {0};
    Bounded<Integer, String> memory = new Bounded<>(100, Duration.ofNanos(50), () -> now[0]);
    for (int i = 0; i < 10_000; i++) {
      memory.put(i, "failure");
    }
    assertThat(memory.size()).isEqualTo(100);
    assertThat(memory.find(9_899)).isEmpty();
    assertThat(memory.find(9_900)).isPresent();
    now[0] = 49;
    assertThat(memory.find(9_999)).isPresent();
    now[0] = 50;
    assertThat(memory.find(9_999)).isEmpty();
  }

  @Test
  void whatTheStoreDoesNotTakeIsServedAllTheSame() throws Exception {
    try (Setting setting = new Setting()) {
      setting.upload(BEACH, "beach");
      setting.stored.broken.addAll(List.of("put", "putIfAbsent"));
      Delivered made = setting.readThrough.get(BEACH, CARD, SOON);
      assertThat(made.from()).isEqualTo(Delivered.From.UNSTORED);
      assertThat(made.info().mediaType()).isEqualTo("image/png");
      assertThat(text(made)).isEqualTo("fit:300,png");
      assertThat(setting.readThrough.stats().unstored()).isEqualTo(1);
      assertThat(setting.stored.store.stat(made.info().key())).isEmpty();
    }
  }

  @Test
  void aStoreThatCannotEvenBeReadIsNoReasonToServeNothing() throws Exception {
    try (Setting setting = new Setting()) {
      setting.upload(BEACH, "beach");
      setting.stored.broken.addAll(List.of("put", "putIfAbsent", "open", "stat", "list"));
      assertThat(text(setting.readThrough.get(BEACH, CARD, SOON))).isEqualTo("fit:300,png");
      assertThat(setting.readThrough.stats().storeFailures()).isEqualTo(1);
    }
  }

  @Test
  void anOriginalReplacedElsewhereIsFoundOutByTheGenerator() throws Exception {
    try (Setting setting = new Setting()) {
      AssetInfo old = setting.upload(BEACH, "beach");
      text(setting.readThrough.get(BEACH, CARD, SOON));
      AssetInfo fresh = setting.upload(BEACH, "another beach");
      setting.generator.script(
          request ->
              request.sourceVersion().equals(old.version())
                  ? CompletableFuture.failedFuture(
                      new RenditionException(FailureReason.SOURCE_CHANGED, "replaced"))
                  : CompletableFuture.completedFuture(setting.obey(request)));
      Delivered found = setting.readThrough.get(BEACH, HERO, SOON);
      assertThat(found.info().key())
          .isEqualTo(setting.layout.target(fresh, HERO, FocalPoint.CENTER));
      found.close();
    }
  }

  @Test
  void theOriginalsOwnFocalPointDecides() throws Exception {
    try (Setting setting = new Setting()) {
      FocalPoint point = new FocalPoint(0.25, 0.75);
      AssetInfo original =
          setting.originals.put(
              BEACH,
              AssetSource.ofBytes("b".getBytes(StandardCharsets.UTF_8), "image/jpeg"),
              RenditionMetadata.ofOriginal(point));
      Delivered found = setting.readThrough.get(BEACH, HERO, SOON);
      assertThat(found.info().key()).isEqualTo(setting.layout.target(original, HERO, point));
      assertThat(setting.generator.requests().get(0).focus()).isEqualTo(point);
      found.close();
    }
  }

  @Test
  void aKeyOfAFormerVersionIsNotFoundAndACurrentOneIsMade() throws Exception {
    try (Setting setting = new Setting()) {
      AssetInfo old = setting.upload(BEACH, "beach");
      AssetKey former = setting.layout.target(old, CARD, FocalPoint.CENTER);
      AssetInfo fresh = setting.upload(BEACH, "another beach");
      AssetKey now = setting.layout.target(fresh, CARD, FocalPoint.CENTER);
      thrown(
          FailureReason.SOURCE_NOT_FOUND,
          () -> setting.readThrough.getTarget(former, BEACH, CARD, SOON));
      assertThat(setting.generator.requests()).isEmpty();
      assertThat(text(setting.readThrough.getTarget(now, BEACH, CARD, SOON)))
          .isEqualTo("fit:300,png");
      setting.stored.calls.clear();
      text(setting.readThrough.getTarget(now, BEACH, CARD, SOON));
      assertThat(setting.stored.calls).containsExactly("open " + now);
    }
  }

  @Test
  void renditionsOfRenditionsAreRefused() throws Exception {
    try (Setting setting = new Setting()) {
      AssetKey rendition = AssetKey.of("acme", "a.jpg/card-0123456789abcdef.png");
      thrown(
          FailureReason.SOURCE_IS_RENDITION, () -> setting.readThrough.get(rendition, CARD, SOON));
      AssetKey variant = AssetKey.of("acme", "adhoc/a.jpg/0123456789abcdef.png");
      thrown(FailureReason.SOURCE_IS_RENDITION, () -> setting.readThrough.get(variant, CARD, SOON));
    }
  }

  @Test
  void anOriginalHasOnlySoManyVariantsOfItsOwn() throws Exception {
    try (Setting setting =
        new Setting(new FingerprintLayout(BOOK.names()), b -> b.maxVariants(3))) {
      setting.upload(BEACH, "beach");
      for (int width = 1; width <= 3; width++) {
        NamedRecipe recipe = AdHocLayout.recipe(Recipe.parse("fit:" + width + ",png"));
        assertThat(text(setting.readThrough.get(BEACH, recipe, SOON)))
            .isEqualTo("fit:" + width + ",png");
      }
      NamedRecipe fourth = AdHocLayout.recipe(Recipe.parse("fit:4,png"));
      thrown(FailureReason.LIMIT_EXCEEDED, () -> setting.readThrough.get(BEACH, fourth, SOON));
      NamedRecipe second = AdHocLayout.recipe(Recipe.parse("fit:2,png"));
      assertThat(text(setting.readThrough.get(BEACH, second, SOON))).isEqualTo("fit:2,png");
      assertThat(text(setting.readThrough.get(BEACH, CARD, SOON))).isEqualTo("fit:300,png");
    }
  }

  @Test
  void closingWakesWhoWaitsAndEndsTheThreads() throws Exception {
    Setting setting = new Setting();
    setting.upload(BEACH, "beach");
    CompletableFuture<RenditionReport> work = new CompletableFuture<>();
    setting.generator.script(request -> work);
    ExecutorService callers = Executors.newFixedThreadPool(1);
    try {
      Future<?> waiting =
          callers.submit(
              () ->
                  thrown(
                      FailureReason.CANCELLED, () -> setting.readThrough.get(BEACH, CARD, SOON)));
      until(() -> setting.generator.requests().size() == 1);
      setting.close();
      waiting.get(20, TimeUnit.SECONDS);
      assertThat(work).isCancelled();
      thrown(FailureReason.CANCELLED, () -> setting.readThrough.get(BEACH, CARD, SOON));
    } finally {
      callers.shutdownNow();
    }
  }

  static void until(java.util.function.BooleanSupplier holds) {
    long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (!holds.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("did not come to hold within 20 seconds");
      }
      Thread.onSpinWait();
    }
  }
}
