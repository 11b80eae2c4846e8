package dev.rendition.deliver;

import static dev.rendition.deliver.ReadThroughTest.until;
import static dev.rendition.deliver.Setting.BEACH;
import static dev.rendition.deliver.Setting.BOOK;
import static dev.rendition.deliver.Setting.CARD;
import static dev.rendition.deliver.Setting.SOON;
import static dev.rendition.deliver.Setting.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rendition.asset.AssetAttributes;
import dev.rendition.asset.AssetKey;
import dev.rendition.asset.AssetSource;
import dev.rendition.asset.MemoryAssetStore;
import dev.rendition.layout.FingerprintLayout;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class ClaimsTest {
  private static final AssetKey TARGET = AssetKey.of("acme", "a/card.png");
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final MovingClock clock = new MovingClock();
  private final MemoryAssetStore store = new MemoryAssetStore();

  @Test
  void oneOwnerAtATimeHasATarget() throws Exception {
    Claims one = new Claims(store, clock, MINUTE);
    Claims other = new Claims(store, clock, MINUTE);
    assertThat(one.take(TARGET)).isTrue();
    assertThat(other.take(TARGET)).isFalse();
    assertThat(one.take(TARGET)).as("its own is its own").isTrue();
    assertThat(other.take(AssetKey.of("acme", "b/card.png"))).isTrue();
    one.release(TARGET);
    assertThat(other.take(TARGET)).isTrue();
  }

  @Test
  void aClaimOfAMachineThatDiedEnds() throws Exception {
    Claims dead = new Claims(store, clock, MINUTE);
    Claims other = new Claims(store, clock, MINUTE);
    assertThat(dead.take(TARGET)).isTrue();
    clock.move(MINUTE.minusMillis(1));
    assertThat(other.take(TARGET)).isFalse();
    clock.move(Duration.ofMillis(1));
    assertThat(other.take(TARGET)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "x",
        "00000000-0000-0000-0000-000000000000 999999999999999\n",
        "00000000-0000-0000-0000-000000000000 -5\n",
        "00000000-0000-0000-0000-000000000000 99999999999999999999999999999999\n"
      })
  void aClaimNobodyCanHaveWrittenHoldsNobodyUp(String text) throws Exception {
    store.put(
        Claims.key(TARGET),
        AssetSource.ofBytes(text.getBytes(StandardCharsets.UTF_8), "text/plain"),
        AssetAttributes.NONE);
    assertThat(new Claims(store, clock, MINUTE).take(TARGET)).isTrue();
  }

  @Test
  void ofManyWhoRaceOneWins() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      for (int round = 0; round < 200; round++) {
        AssetKey target = AssetKey.of("acme", "race/" + round + ".png");
        AtomicInteger winners = new AtomicInteger();
        List<Future<?>> racing =
            java.util.stream.IntStream.range(0, 8)
                .<Future<?>>mapToObj(
                    i ->
                        threads.submit(
                            () -> {
                              if (new Claims(store, clock, MINUTE).take(target)) {
                                winners.incrementAndGet();
                              }
                              return winners;
                            }))
                .toList();
        for (Future<?> racer : racing) {
          racer.get(20, TimeUnit.SECONDS);
        }
        assertThat(winners).hasValue(1);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void twoMachinesWithOneStoreMakeARenditionOnce() throws Exception {
    try (Setting one = claiming();
        ReadThrough other = beside(one)) {
      one.upload(BEACH, "beach");
      CompletableFuture<Void> go = new CompletableFuture<>();
      one.generator.script(request -> go.thenApply(any -> one.obey(request)));
      ExecutorService callers = Executors.newFixedThreadPool(2);
      try {
        Future<String> here = callers.submit(() -> text(one.readThrough.get(BEACH, CARD, SOON)));
        until(() -> one.generator.requests().size() == 1);
        Future<String> there = callers.submit(() -> text(other.get(BEACH, CARD, SOON)));
        until(() -> other.stats().claimedElsewhere() == 1);
        go.complete(null);
        assertThat(here.get(20, TimeUnit.SECONDS)).isEqualTo("fit:300,png");
        assertThat(there.get(20, TimeUnit.SECONDS)).isEqualTo("fit:300,png");
      } finally {
        callers.shutdownNow();
      }
      assertThat(one.generator.requests()).hasSize(1);
      until(() -> noClaims(one));
    }
  }

  @Test
  void whoWaitsForAMachineThatFailedMakesItItself() throws Exception {
    try (Setting one = claiming();
        ReadThrough other = beside(one)) {
      one.upload(BEACH, "beach");
      CompletableFuture<Void> go = new CompletableFuture<>();
      one.generator.script(
          request ->
              one.generator.requests().size() == 1
                  ? go.thenApply(
                      any -> {
                        throw new IllegalStateException("the first machine fails");
                      })
                  : CompletableFuture.completedFuture(one.obey(request)));
      ExecutorService callers = Executors.newFixedThreadPool(2);
      try {
        Future<?> here = callers.submit(() -> text(one.readThrough.get(BEACH, CARD, SOON)));
        until(() -> one.generator.requests().size() == 1);
        Future<String> there = callers.submit(() -> text(other.get(BEACH, CARD, SOON)));
        until(() -> other.stats().claimedElsewhere() == 1);
        go.complete(null);
        assertThat(there.get(20, TimeUnit.SECONDS)).isEqualTo("fit:300,png");
        assertThat(here).failsWithin(Duration.ofSeconds(20));
      } finally {
        callers.shutdownNow();
      }
    }
  }

  @Test
  void aStoreThatTakesNoClaimsIsCountedAndTheWorkGoesOn() throws Exception {
    try (Setting setting = claiming()) {
      setting.upload(BEACH, "beach");
      setting.stored.broken.add("putIfAbsent");
      assertThat(text(setting.readThrough.get(BEACH, CARD, SOON))).isEqualTo("fit:300,png");
      assertThat(setting.readThrough.stats().claimFailures()).isEqualTo(1);
    }
  }

  private static Setting claiming() {
    return new Setting(new FingerprintLayout(BOOK.names()), b -> b.claims(true));
  }

  private static ReadThrough beside(Setting one) {
    return ReadThrough.builder(one.originals, one.renditions, one.generator, one.layout)
        .claims(true)
        .build();
  }

  private static boolean noClaims(Setting setting) {
    try {
      return setting.stored.store.list("acme", Claims.FOLDER).findAny().isEmpty();
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
