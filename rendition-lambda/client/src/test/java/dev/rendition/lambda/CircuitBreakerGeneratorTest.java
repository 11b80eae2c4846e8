package dev.rendition.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import dev.rendition.compose.FailoverGenerator;
import dev.rendition.generate.FailureReason;
import dev.rendition.generate.Measure;
import dev.rendition.generate.RenditionException;
import dev.rendition.generate.RenditionGenerator;
import dev.rendition.generate.RenditionReport;
import dev.rendition.generate.RenditionRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

@Timeout(60)
class CircuitBreakerGeneratorTest {
  private static final RenditionRequest REQUEST = Invoking.request(1);
  private static final RenditionReport REPORT =
      new RenditionReport(REQUEST.source(), "", List.of());
  private static final Duration SHORT = Duration.ofMillis(100);
  private static final Duration LONG = Duration.ofHours(1);

  private final Scripted scripted = new Scripted();

  @Test
  void whatKeepsFailingIsNotAskedAnyMore() {
    CircuitBreakerGenerator guarded = new CircuitBreakerGenerator(scripted, 3, LONG);
    scripted.failWith(FailureReason.BACKEND_FAILED);
    for (int i = 0; i < 3; i++) {
      assertThat(guarded.isOpen()).isFalse();
      Invoking.problem(guarded.generate(REQUEST), FailureReason.BACKEND_FAILED);
    }
    assertThat(guarded.isOpen()).isTrue();
    RenditionException problem =
        Invoking.problem(guarded.generate(REQUEST), FailureReason.BACKEND_FAILED);
    assertThat(problem)
        .hasMessageStartingWith("the generator kept failing and is asked again in 3")
        .hasMessageEndingWith("the last failure: scripted");
    assertThat(scripted.asked()).isEqualTo(3);
    assertThat(guarded.openings()).isEqualTo(1);
    assertThat(guarded.refusals()).isEqualTo(1);
    assertThat(guarded.recoveries()).isZero();
    assertThat(guarded.measures())
        .extracting(Measure::name, Measure::value)
        .containsExactly(
            tuple("rendition.breaker.open", 1.0),
            tuple("rendition.breaker.openings", 1.0),
            tuple("rendition.breaker.recoveries", 0.0),
            tuple("rendition.breaker.refusals", 1.0));
  }

  @Test
  void oneAnswerInBetweenBeginsTheCountAnew() {
    CircuitBreakerGenerator guarded = new CircuitBreakerGenerator(scripted, 2, LONG);
    for (int i = 0; i < 5; i++) {
      scripted.failWith(FailureReason.DEADLINE_EXCEEDED);
      Invoking.problem(guarded.generate(REQUEST), FailureReason.DEADLINE_EXCEEDED);
      scripted.answer();
      assertThat(guarded.generate(REQUEST).join()).isEqualTo(REPORT);
    }
    assertThat(guarded.openings()).isZero();
  }

  @ParameterizedTest
  @EnumSource(
      value = FailureReason.class,
      mode = Mode.EXCLUDE,
      names = {"BACKEND_FAILED", "DEADLINE_EXCEEDED"})
  void aRefusalThatShowsTheBackendIsThereIsNoFailure(FailureReason reason) {
    CircuitBreakerGenerator guarded = new CircuitBreakerGenerator(scripted, 1, LONG);
    scripted.failWith(reason);
    for (int i = 0; i < 3; i++) {
      Invoking.problem(guarded.generate(REQUEST), reason);
    }
    assertThat(guarded.openings()).isZero();
  }

  @Test
  void afterAWhileOneRequestFindsOutAndItsSuccessEndsIt() {
    CircuitBreakerGenerator guarded = new CircuitBreakerGenerator(scripted, 1, SHORT);
    scripted.failWith(FailureReason.BACKEND_FAILED);
    Invoking.problem(guarded.generate(REQUEST), FailureReason.BACKEND_FAILED);
    CompletableFuture<RenditionReport> trial = new CompletableFuture<>();
    scripted.script(() -> trial);
    List<CompletableFuture<RenditionReport>> let = new ArrayList<>();
    await()
        .atMost(Duration.ofSeconds(10))
        .until(
            () -> {
              let.add(guarded.generate(REQUEST));
              return scripted.asked() == 2;
            });
    assertThat(let.get(let.size() - 1)).isNotDone();
    Invoking.problem(guarded.generate(REQUEST), FailureReason.BACKEND_FAILED);
    assertThat(scripted.asked()).isEqualTo(2);
    trial.complete(REPORT);
    scripted.answer();
    assertThat(guarded.generate(REQUEST).join()).isEqualTo(REPORT);
    assertThat(guarded.recoveries()).isEqualTo(1);
    assertThat(guarded.openings()).isEqualTo(1);
  }

  @Test
  void aTrialThatFailsOrIsCancelledBeginsTheWaitAnew() {
    CircuitBreakerGenerator guarded = new CircuitBreakerGenerator(scripted, 1, SHORT);
    scripted.failWith(FailureReason.BACKEND_FAILED);
    Invoking.problem(guarded.generate(REQUEST), FailureReason.BACKEND_FAILED);
    Invoking.problem(awaitAsked(guarded, 2), FailureReason.BACKEND_FAILED);
    assertThat(guarded.isOpen()).isTrue();
    scripted.script(CompletableFuture::new);
    CompletableFuture<RenditionReport> trial = awaitAsked(guarded, 3);
    trial.cancel(true);
    assertThat(guarded.isOpen()).isTrue();
    scripted.answer();
    assertThat(awaitAsked(guarded, 4).join()).isEqualTo(REPORT);
    assertThat(guarded.openings()).isEqualTo(1);
    assertThat(guarded.recoveries()).isEqualTo(1);
  }

  @Test
  void anotherTakesOverWhileItIsDownAndHandsBackByItself() throws Exception {
    Scripted local = new Scripted();
    CircuitBreakerGenerator guarded = new CircuitBreakerGenerator(scripted, 2, SHORT);
    try (FailoverGenerator failover = new FailoverGenerator(List.of(guarded, local))) {
      scripted.failWith(FailureReason.BACKEND_FAILED);
      long askedWhileDown = 0;
      for (int i = 0; i < 10; i++) {
        assertThat(failover.generate(REQUEST).join()).isEqualTo(REPORT);
        askedWhileDown = scripted.asked();
      }
      assertThat(failover.failovers()).isEqualTo(10);
      assertThat(askedWhileDown).isBetween(2L, 9L);
      assertThat(guarded.openings()).isEqualTo(1);
      scripted.answer();
      int localSoFar = local.asked();
      await()
          .atMost(Duration.ofSeconds(10))
          .until(
              () -> {
                assertThat(failover.generate(REQUEST).join()).isEqualTo(REPORT);
                return guarded.recoveries() == 1;
              });
      int localInAll = local.asked();
      assertThat(failover.generate(REQUEST).join()).isEqualTo(REPORT);
      assertThat(local.asked()).isEqualTo(localInAll);
      assertThat(localInAll).isGreaterThanOrEqualTo(localSoFar);
      assertThat(failover.failovers()).isEqualTo(local.asked());
    }
    assertThat(scripted.closed).isTrue();
  }

  @Test
  void aGeneratorThatThrowsCountsToo() {
    CircuitBreakerGenerator guarded = new CircuitBreakerGenerator(scripted, 1, LONG);
    scripted.script(
        () -> {
          throw new IllegalStateException("scripted");
        });
    assertThatIllegalStateException().isThrownBy(() -> guarded.generate(REQUEST));
    assertThat(guarded.isOpen()).isTrue();
  }

  @Test
  void boundsAreChecked() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new CircuitBreakerGenerator(scripted, 0, LONG));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new CircuitBreakerGenerator(scripted, 1, Duration.ZERO));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new CircuitBreakerGenerator(scripted, 1, Duration.ofDays(2)));
  }

  /** Asks until the generator behind was asked so often; returns the last answer. */
  private CompletableFuture<RenditionReport> awaitAsked(
      CircuitBreakerGenerator guarded, int count) {
    List<CompletableFuture<RenditionReport>> answers = new ArrayList<>();
    await()
        .atMost(Duration.ofSeconds(10))
        .until(
            () -> {
              answers.add(guarded.generate(REQUEST));
              return scripted.asked() == count;
            });
    return answers.get(answers.size() - 1);
  }

  /** Answers as a test tells it. */
  private static final class Scripted implements RenditionGenerator {
    private final AtomicInteger asked = new AtomicInteger();
    private volatile Supplier<CompletableFuture<RenditionReport>> script =
        () -> CompletableFuture.completedFuture(REPORT);
    private volatile boolean closed;

    void script(Supplier<CompletableFuture<RenditionReport>> next) {
      script = next;
    }

    void answer() {
      script(() -> CompletableFuture.completedFuture(REPORT));
    }

    void failWith(FailureReason reason) {
      script(() -> CompletableFuture.failedFuture(new RenditionException(reason, "scripted")));
    }

    int asked() {
      return asked.get();
    }

    @Override
    public CompletableFuture<RenditionReport> generate(RenditionRequest request) {
      asked.incrementAndGet();
      return script.get();
    }

    @Override
    public void close() {
      closed = true;
    }
  }
}
