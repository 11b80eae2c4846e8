package dev.rendition.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rendition.asset.AssetKey;
import dev.rendition.asset.AssetSource;
import dev.rendition.asset.MemoryAssetStore;
import dev.rendition.generate.FailureReason;
import dev.rendition.generate.RenditionException;
import dev.rendition.generate.RenditionReport;
import dev.rendition.generate.RenditionRequest;
import dev.rendition.generate.RenditionSpec;
import dev.rendition.local.engine.Engine;
import dev.rendition.recipe.Encoding;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who is served when, and what ends the work. */
@Timeout(60)
class LocalQueueTest {
  private final MemoryAssetStore store = new MemoryAssetStore();
  private final ScriptedEngine.Gate gate = new ScriptedEngine.Gate();
  private final List<LocalRenditionGenerator> generators = new ArrayList<>();

  @BeforeEach
  void originals() throws IOException {
    for (String tenant : List.of("bulk", "small", "other")) {
      store.put(source(tenant), AssetSource.ofBytes(new byte[10], "image/png"));
    }
  }

  @AfterEach
  void closeAll() {
    generators.forEach(LocalRenditionGenerator::close);
    assertThat(threads()).isEmpty();
    assertThat(generators).allSatisfy(g -> assertThat(g.budget().taken()).isZero());
  }

  @Test
  void aTenantsThousandRequestsDoNotHoldUpAnotherTenantsOne() {
    List<String> order = Collections.synchronizedList(new ArrayList<>());
    LocalRenditionGenerator generator = generator(1, 1_000, gate.engine());
    CompletableFuture<?> running = generator.generate(request("bulk", 0));
    gate.awaitArrival();
    List<CompletableFuture<?>> bulk = new ArrayList<>();
    for (int n = 1; n <= 999; n++) {
      bulk.add(generator.generate(request("bulk", n)).thenRun(() -> order.add("bulk")));
    }
    CompletableFuture<?> one =
        generator.generate(request("small", 1)).thenRun(() -> order.add("small"));
    gate.open(1_001);
    running.join();
    one.join();
    bulk.forEach(CompletableFuture::join);
    assertThat(order).hasSize(1_000);
    assertThat(order.indexOf("small")).isLessThanOrEqualTo(1);
  }

  @Test
  void aFullQueueRefusesAtOnce() {
    LocalRenditionGenerator generator = generator(2, 3, gate.engine());
    List<CompletableFuture<RenditionReport>> taken = new ArrayList<>();
    for (int n = 0; n < 5; n++) {
      taken.add(generator.generate(request("bulk", n)));
    }
    CompletableFuture<RenditionReport> refused = generator.generate(request("bulk", 5));
    assertThat(refused).isCompletedExceptionally();
    assertThat(problem(refused).reason()).isEqualTo(FailureReason.BUSY);
    assertThat(problem(refused)).hasMessageContaining("rendition.local.queue");
    assertThat(taken).noneMatch(CompletableFuture::isDone);
    gate.open(5);
    taken.forEach(CompletableFuture::join);
  }

  @Test
  void aFullQueueStillTakesATenantThatHoldsLess() {
    LocalRenditionGenerator generator = generator(1, 4, gate.engine());
    CompletableFuture<RenditionReport> running = generator.generate(request("bulk", 0));
    gate.awaitArrival();
    List<CompletableFuture<RenditionReport>> bulk = new ArrayList<>();
    for (int n = 1; n <= 4; n++) {
      bulk.add(generator.generate(request("bulk", n)));
    }
    CompletableFuture<RenditionReport> small1 = generator.generate(request("small", 1));
    CompletableFuture<RenditionReport> small2 = generator.generate(request("small", 2));
    CompletableFuture<RenditionReport> small3 = generator.generate(request("small", 3));
    assertThat(problem(bulk.get(3)).reason()).isEqualTo(FailureReason.BUSY);
    assertThat(problem(bulk.get(2)).reason()).isEqualTo(FailureReason.BUSY);
    assertThat(problem(small3).reason()).isEqualTo(FailureReason.BUSY);
    assertThat(generator.queued()).isEqualTo(4);
    gate.open(5);
    CompletableFuture.allOf(running, bulk.get(0), bulk.get(1), small1, small2).join();
  }

  @Test
  void continuationsOfADisplacedRequestDoNotRunOnTheCallerThatDisplacedIt() {
    LocalRenditionGenerator generator = generator(1, 2, gate.engine());
    CompletableFuture<RenditionReport> running = generator.generate(request("bulk", 0));
    gate.awaitArrival();
    CompletableFuture<RenditionReport> first = generator.generate(request("bulk", 1));
    CompletableFuture<Thread> ranOn =
        generator.generate(request("bulk", 2)).handle((report, e) -> Thread.currentThread());
    CompletableFuture<RenditionReport> small = generator.generate(request("small", 1));
    assertThat(ranOn.join()).isNotEqualTo(Thread.currentThread());
    gate.open(3);
    CompletableFuture.allOf(running, first, small).join();
  }

  @Test
  void aQueuedRequestIsAnsweredAtItsDeadlineWhileEveryWorkerIsBusy() {
    LocalRenditionGenerator generator = generator(1, 10, gate.engine());
    CompletableFuture<RenditionReport> running = generator.generate(request("bulk", 0));
    gate.awaitArrival();
    CompletableFuture<RenditionReport> queued =
        generator.generate(request("bulk", 1).before(Instant.now().plusMillis(30)));
    assertThat(problem(queued).reason()).isEqualTo(FailureReason.DEADLINE_EXCEEDED);
    assertThat(problem(queued)).hasMessageContaining("waited for a free worker");
    await().until(() -> generator.queued() == 0);
    assertThat(running).isNotDone();
    gate.open(1);
    running.join();
  }

  @Test
  void aRunningRequestEndsAtItsDeadlineAndTheWorkerIsFree() {
    LocalRenditionGenerator generator = generator(1, 10, gate.engine());
    Instant deadline = Instant.now().plusMillis(50);
    CompletableFuture<RenditionReport> late =
        generator.generate(request("bulk", 0).before(deadline));
    gate.awaitArrival();
    assertThat(problem(late).reason()).isEqualTo(FailureReason.DEADLINE_EXCEEDED);
    CompletableFuture<RenditionReport> next = generator.generate(request("bulk", 1));
    gate.awaitArrival();
    assertThat(Duration.between(deadline, Instant.now())).isLessThan(Duration.ofSeconds(2));
    gate.open(1);
    assertThat(next.join().stored()).hasSize(1);
  }

  @Test
  void aDeadlineIsComparedWithTheGivenClock() {
    Instant then = Instant.parse("2001-02-03T04:05:06Z");
    LocalRenditionGenerator generator =
        keep(
            LocalRenditionGenerator.builder(store, store, ScriptedEngine::obedient)
                .clock(Clock.fixed(then, ZoneOffset.UTC))
                .build());
    assertThat(generator.generate(request("bulk", 0).before(then.plusSeconds(30))).join().stored())
        .hasSize(1);
    CompletableFuture<RenditionReport> late =
        generator.generate(request("bulk", 1).before(then.minusNanos(1)));
    assertThat(late).isCompletedExceptionally();
    assertThat(problem(late).reason()).isEqualTo(FailureReason.DEADLINE_EXCEEDED);
  }

  @Test
  void theFurthestDeadlinesAreTakenAsTheyAre() {
    LocalRenditionGenerator generator = generator(1, 10, ScriptedEngine.obedient());
    assertThat(generator.generate(request("bulk", 0).before(Instant.MAX)).join().stored())
        .hasSize(1);
    assertThat(problem(generator.generate(request("bulk", 0).before(Instant.MIN))).reason())
        .isEqualTo(FailureReason.DEADLINE_EXCEEDED);
  }

  @Test
  void cancellingARunningRequestFreesItsWorker() {
    LocalRenditionGenerator generator = generator(1, 10, gate.engine());
    CompletableFuture<RenditionReport> running = generator.generate(request("bulk", 0));
    gate.awaitArrival();
    long begin = System.nanoTime();
    assertThat(running.cancel(true)).isTrue();
    CompletableFuture<RenditionReport> next = generator.generate(request("bulk", 1));
    gate.awaitArrival();
    assertThat(System.nanoTime() - begin).isLessThan(TimeUnit.SECONDS.toNanos(2));
    gate.open(1);
    assertThat(next.join().stored()).hasSize(1);
  }

  @Test
  void cancellingAQueuedRequestFreesItsPlace() {
    LocalRenditionGenerator generator = generator(1, 1, gate.engine());
    CompletableFuture<RenditionReport> running = generator.generate(request("bulk", 0));
    gate.awaitArrival();
    CompletableFuture<RenditionReport> queued = generator.generate(request("bulk", 1));
    assertThat(queued.cancel(false)).isTrue();
    CompletableFuture<RenditionReport> next = generator.generate(request("bulk", 2));
    gate.open(2);
    running.join();
    assertThat(next.join().stored()).hasSize(1);
  }

  @Test
  void completingTheFutureFromOutsideStopsTheWorkToo() {
    LocalRenditionGenerator generator = generator(1, 10, gate.engine());
    CompletableFuture<RenditionReport> running =
        generator.generate(request("bulk", 0)).orTimeout(20, TimeUnit.MILLISECONDS);
    gate.awaitArrival();
    CompletableFuture<RenditionReport> next = generator.generate(request("bulk", 1));
    gate.awaitArrival();
    gate.open(1);
    assertThat(next.join().stored()).hasSize(1);
    assertThat(running).isCompletedExceptionally();
  }

  @Test
  void nothingIsWrittenOnceARequestWasCancelled() throws IOException {
    CountDownLatch reached = new CountDownLatch(1);
    CountDownLatch cancelled = new CountDownLatch(1);
    LocalRenditionGenerator generator =
        generator(
            1,
            10,
            (task, sink) -> {
              reached.countDown();
              ScriptedEngine.await(cancelled);
              ScriptedEngine.makeAll(task, sink);
            });
    CompletableFuture<RenditionReport> running = generator.generate(request("bulk", 0));
    ScriptedEngine.await(reached);
    assertThat(running.cancel(false)).isTrue();
    cancelled.countDown();
    generator.close();
    assertThat(store.stat(target("bulk", 0))).isEmpty();
  }

  @Test
  void memoryAWaitingRequestWaitsForIsNotTakenOnceItIsCancelled() {
    LocalRenditionGenerator generator =
        keep(
            LocalRenditionGenerator.builder(
                    store,
                    store,
                    () ->
                        (task, sink) -> {
                          task.admission().admit(80);
                          gate.engine().render(task, sink);
                        })
                .threads(2)
                .memoryBudget(100)
                .build());
    CompletableFuture<RenditionReport> holder = generator.generate(request("bulk", 0));
    gate.awaitArrival();
    CompletableFuture<RenditionReport> waiter = generator.generate(request("small", 0));
    await().until(() -> generator.budget().waiting() == 1);
    assertThat(waiter.cancel(false)).isTrue();
    await().until(() -> generator.budget().waiting() == 0);
    gate.open(1);
    assertThat(holder.join().stored()).hasSize(1);
    assertThat(generator.budget().taken()).isZero();
  }

  @Test
  void closingAnswersWhatRunsAndWhatWaitsAndEndsEveryThread() {
    LocalRenditionGenerator generator = generator(2, 10, gate.engine());
    List<CompletableFuture<RenditionReport>> all = new ArrayList<>();
    for (int n = 0; n < 6; n++) {
      all.add(generator.generate(request("bulk", n)));
    }
    gate.awaitArrival();
    gate.awaitArrival();
    assertThat(threads()).contains("rendition-worker-1", "rendition-worker-2");
    generator.close();
    assertThat(threads()).isEmpty();
    assertThat(all)
        .allSatisfy(
            future -> assertThat(problem(future).reason()).isEqualTo(FailureReason.CANCELLED));
    generator.close();
    assertThat(problem(generator.generate(request("bulk", 9))).reason())
        .isEqualTo(FailureReason.CANCELLED);
  }

  @Test
  void closingInterruptsAThreadThatDoesNotLookWhetherToGoOn() {
    CountDownLatch reached = new CountDownLatch(1);
    LocalRenditionGenerator generator =
        generator(
            1,
            1,
            (task, sink) -> {
              reached.countDown();
              ScriptedEngine.await(new CountDownLatch(1));
            });
    CompletableFuture<RenditionReport> stuck = generator.generate(request("bulk", 0));
    ScriptedEngine.await(reached);
    generator.close();
    assertThat(problem(stuck).reason()).isEqualTo(FailureReason.CANCELLED);
    assertThat(threads()).isEmpty();
  }

  @Test
  void aContinuationMayCloseTheGeneratorItRunsOn() {
    LocalRenditionGenerator generator = generator(1, 1, gate.engine());
    CompletableFuture<Void> closed =
        generator.generate(request("bulk", 0)).thenRun(generator::close);
    gate.open(1);
    closed.join();
    await().until(() -> threads().isEmpty());
  }

  @Test
  void workersInheritNothingFromTheThreadThatBuiltThem() {
    InheritableThreadLocal<String> local = new InheritableThreadLocal<>();
    local.set("webapp");
    ClassLoader before = Thread.currentThread().getContextClassLoader();
    List<Object> seen = Collections.synchronizedList(new ArrayList<>());
    ClassLoader webapp = new ClassLoader(before) {};
    Thread.currentThread().setContextClassLoader(webapp);
    try {
      LocalRenditionGenerator generator =
          generator(
              1,
              1,
              (task, sink) -> {
                seen.add(String.valueOf(local.get()));
                seen.add(webapp.equals(Thread.currentThread().getContextClassLoader()));
                ScriptedEngine.makeAll(task, sink);
              });
      assertThat(generator.generate(request("bulk", 0)).join().stored()).hasSize(1);
      assertThat(seen).containsExactly("null", false);
    } finally {
      Thread.currentThread().setContextClassLoader(before);
      local.remove();
    }
  }

  private LocalRenditionGenerator generator(int threads, int queue, Engine engine) {
    return keep(
        LocalRenditionGenerator.builder(store, store, () -> engine)
            .threads(threads)
            .queueCapacity(queue)
            .build());
  }

  private LocalRenditionGenerator keep(LocalRenditionGenerator generator) {
    generators.add(generator);
    return generator;
  }

  private static List<String> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(Thread::isAlive)
        .map(Thread::getName)
        .filter(name -> name.startsWith("rendition-"))
        .toList();
  }

  private static AssetKey source(String tenant) {
    return AssetKey.of(tenant, "a.png");
  }

  private static AssetKey target(String tenant, int n) {
    return AssetKey.of(tenant, "a-" + n + ".png");
  }

  private static RenditionRequest request(String tenant, int n) {
    return RenditionRequest.of(
        source(tenant), RenditionSpec.to(target(tenant, n)).encodeAs(new Encoding.Png()));
  }

  private static RenditionException problem(CompletableFuture<RenditionReport> future) {
    return Problems.of(future);
  }
}
