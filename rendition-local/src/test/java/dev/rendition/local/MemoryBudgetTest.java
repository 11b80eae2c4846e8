package dev.rendition.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.rendition.asset.AssetKey;
import dev.rendition.generate.FailureReason;
import dev.rendition.generate.RenditionRequest;
import dev.rendition.generate.RenditionSpec;
import dev.rendition.local.engine.StepException;
import dev.rendition.recipe.Encoding;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class MemoryBudgetTest {
  private final MemoryBudget budget = new MemoryBudget(100);
  private final ExecutorService threads = Executors.newCachedThreadPool();

  @AfterEach
  void stopThreads() throws InterruptedException {
    threads.shutdownNow();
    assertThat(threads.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void grantsAreTakenExchangedAndGivenBack() {
    try (MemoryBudget.Grant grant = budget.open(job())) {
      grant.admit(60);
      assertThat(budget.taken()).isEqualTo(60);
      grant.admit(100);
      assertThat(budget.taken()).isEqualTo(100);
      grant.admit(10);
      assertThat(budget.taken()).isEqualTo(10);
    }
    assertThat(budget.taken()).isZero();
  }

  @Test
  void moreThanTheWholeBudgetIsRefusedAtOnceWithTheNumbersAndTheKey() {
    try (MemoryBudget.Grant grant = budget.open(job())) {
      assertThatThrownBy(() -> grant.admit(101))
          .isInstanceOf(StepException.class)
          .hasMessageContainingAll("101", "100", "rendition.local.memory-budget")
          .extracting(e -> ((StepException) e).reason())
          .isEqualTo(FailureReason.LIMIT_EXCEEDED);
    }
    assertThat(budget.taken()).isZero();
  }

  @Test
  void whoComesFirstIsServedFirstAndSmallNeedsDoNotOvertake() {
    List<String> order = Collections.synchronizedList(new ArrayList<>());
    MemoryBudget.Grant first = budget.open(job());
    first.admit(60);
    CompletableFuture<Void> large = take(80, "large", order);
    await().until(() -> budget.waiting() == 1);
    CompletableFuture<Void> small = take(30, "small", order);
    await().until(() -> budget.waiting() == 2);
    assertThat(budget.taken()).isEqualTo(60);
    first.close();
    CompletableFuture.allOf(large, small).join();
    assertThat(order).first().isEqualTo("large");
    assertThat(budget.taken()).isZero();
  }

  @Test
  void twoThatBothGrowDoNotWaitForEachOther() {
    MemoryBudget.Grant one = budget.open(job());
    MemoryBudget.Grant two = budget.open(job());
    one.admit(50);
    two.admit(50);
    CompletableFuture<Void> grown =
        CompletableFuture.runAsync(
            () -> {
              one.admit(100);
              one.close();
            },
            threads);
    await().until(() -> budget.waiting() == 1);
    two.admit(70);
    two.close();
    grown.join();
    assertThat(budget.taken()).isZero();
  }

  @Test
  void waitingEndsWhenTheJobIsCancelled() {
    Job waiting = job();
    try (MemoryBudget.Grant held = budget.open(job())) {
      held.admit(100);
      CompletableFuture<Void> wait = take(1, waiting);
      await().until(() -> budget.waiting() == 1);
      assertThat(waiting.answer().cancel(false)).isTrue();
      assertThat(reason(wait)).isEqualTo(FailureReason.CANCELLED);
      assertThat(budget.waiting()).isZero();
    }
    assertThat(budget.taken()).isZero();
  }

  @Test
  void waitingEndsAtTheDeadline() {
    try (MemoryBudget.Grant held = budget.open(job())) {
      held.admit(100);
      CompletableFuture<Void> wait = take(1, job(Duration.ofMillis(20)));
      assertThat(reason(wait)).isEqualTo(FailureReason.DEADLINE_EXCEEDED);
    }
    assertThat(budget.taken()).isZero();
  }

  @Test
  void oneWhoGivesUpLetsTheNextPass() {
    Job impatient = job();
    List<String> order = Collections.synchronizedList(new ArrayList<>());
    try (MemoryBudget.Grant held = budget.open(job())) {
      held.admit(60);
      CompletableFuture<Void> large = take(80, impatient);
      await().until(() -> budget.waiting() == 1);
      CompletableFuture<Void> small = take(40, "small", order);
      await().until(() -> budget.waiting() == 2);
      assertThat(impatient.answer().cancel(false)).isTrue();
      assertThat(reason(large)).isEqualTo(FailureReason.CANCELLED);
      small.join();
    }
    assertThat(budget.taken()).isZero();
  }

  private CompletableFuture<Void> take(long bytes, String name, List<String> order) {
    return CompletableFuture.runAsync(
        () -> {
          try (MemoryBudget.Grant grant = budget.open(job())) {
            grant.admit(bytes);
            order.add(name);
          }
        },
        threads);
  }

  private CompletableFuture<Void> take(long bytes, Job job) {
    return CompletableFuture.runAsync(
        () -> {
          try (MemoryBudget.Grant grant = budget.open(job)) {
            grant.admit(bytes);
          }
        },
        threads);
  }

  private static FailureReason reason(CompletableFuture<Void> future) {
    Throwable problem =
        future
            .handle((done, e) -> e == null ? new AssertionError("went through") : e.getCause())
            .join();
    assertThat(problem).isInstanceOf(StepException.class);
    return ((StepException) problem).reason();
  }

  private static Job job() {
    return job(Duration.ofMinutes(1));
  }

  private static Job job(Duration left) {
    AssetKey source = AssetKey.of("t", "a.jpg");
    return new Job(
        RenditionRequest.of(
            source, RenditionSpec.to(AssetKey.of("t", "b.png")).encodeAs(new Encoding.Png())),
        left);
  }
}
