package dev.rendition.lambda;

import static java.util.Objects.requireNonNull;

import dev.failsafe.CircuitBreaker;
import dev.failsafe.event.CircuitBreakerStateChangedEvent;
import dev.rendition.generate.FailureReason;
import dev.rendition.generate.Measure;
import dev.rendition.generate.RenditionException;
import dev.rendition.generate.RenditionGenerator;
import dev.rendition.generate.RenditionReport;
import dev.rendition.generate.RenditionRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stops asking a generator that keeps failing, and finds out by itself when it is well again. While
 * it is not asked, requests are refused at once with {@link FailureReason#BACKEND_FAILED}, which is
 * what makes a {@link dev.rendition.compose.FailoverGenerator} pass on to the next without delay.
 * Safe for use by many threads. Closing it closes the generator.
 *
 * <p>A failure is a request that ended with {@link FailureReason#BACKEND_FAILED} or {@link
 * FailureReason#DEADLINE_EXCEEDED}; a report, whatever its outcomes, and every other refusal show
 * that the backend is there. After a number of failures in a row the circuit is open for a while;
 * then one request is let through, whose end decides.
 */
public final class CircuitBreakerGenerator implements RenditionGenerator {
  private static final Logger log = LoggerFactory.getLogger(CircuitBreakerGenerator.class);
  private static final Set<FailureReason> FAILURES =
      Set.of(FailureReason.BACKEND_FAILED, FailureReason.DEADLINE_EXCEEDED);

  private final RenditionGenerator generator;
  private final CircuitBreaker<Object> breaker;
  private final AtomicLong openings = new AtomicLong();
  private final AtomicLong recoveries = new AtomicLong();
  private final AtomicLong refusals = new AtomicLong();
  private volatile String last = "";

  /**
   * Guards a generator, which it owns from now on.
   *
   * @param failures how many in a row open the circuit, 1 to 1,000
   * @param delay how long it stays open before one request is let through, 1 ms to a day
   */
  public CircuitBreakerGenerator(RenditionGenerator generator, int failures, Duration delay) {
    this.generator = requireNonNull(generator, "generator");
    if (failures < 1 || failures > 1_000) {
      throw new IllegalArgumentException("1 to 1000 failures, was " + failures);
    }
    if (delay.toMillis() < 1 || delay.compareTo(Duration.ofDays(1)) > 0) {
      throw new IllegalArgumentException("a delay of 1 ms to a day, was " + delay);
    }
    breaker =
        CircuitBreaker.builder()
            .withFailureThreshold(failures)
            .withSuccessThreshold(1)
            .withDelay(delay)
            .onOpen(this::opened)
            .onClose(event -> closed())
            .build();
  }

  @Override
  public CompletableFuture<RenditionReport> generate(RenditionRequest request) {
    if (!breaker.tryAcquirePermit()) {
      refusals.incrementAndGet();
      return CompletableFuture.failedFuture(
          new RenditionException(
              FailureReason.BACKEND_FAILED,
              "the generator kept failing and is asked again in "
                  + breaker.getRemainingDelay().toMillis()
                  + " ms; the last failure: "
                  + last));
    }
    CompletableFuture<RenditionReport> answer;
    try {
      answer = generator.generate(request);
    } catch (RuntimeException e) {
      breaker.recordFailure();
      throw e;
    }
    CompletableFuture<?> unused = answer.whenComplete((report, problem) -> note(problem));
    return answer;
  }

  /** Probes the generator, whatever the state of the circuit. */
  @Override
  public CompletableFuture<String> probe() {
    return generator.probe();
  }

  /** Returns the generator's numbers and the state of the circuit. */
  @Override
  public List<Measure> measures() {
    List<Measure> measures = new ArrayList<>(generator.measures());
    measures.add(
        Measure.gauge(
            "rendition.breaker.open",
            isOpen() ? 1 : 0,
            "1 while a generator that kept failing is not asked, else 0."));
    measures.add(
        Measure.counter(
            "rendition.breaker.openings",
            (double) openings.get(),
            "How often the generator went from well to failing."));
    measures.add(
        Measure.counter(
            "rendition.breaker.recoveries",
            (double) recoveries.get(),
            "How often the generator went back to well."));
    measures.add(
        Measure.counter(
            "rendition.breaker.refusals",
            (double) refusals.get(),
            "How many requests were refused because the generator was not asked."));
    return measures;
  }

  /** Returns whether the circuit is open now, so that requests are refused. */
  public boolean isOpen() {
    return breaker.isOpen();
  }

  /** Returns how often the generator went from well to failing. */
  public long openings() {
    return openings.get();
  }

  /** Returns how often it went back to well. */
  public long recoveries() {
    return recoveries.get();
  }

  /** Returns how many requests were refused because the circuit was open. */
  public long refusals() {
    return refusals.get();
  }

  @Override
  public void close() {
    generator.close();
  }

  private void note(@Nullable Throwable problem) {
    Throwable cause =
        problem instanceof CompletionException && problem.getCause() != null
            ? problem.getCause()
            : problem;
    if (cause instanceof RenditionException refusal && FAILURES.contains(refusal.reason())) {
      last = String.valueOf(refusal.getMessage());
      breaker.recordFailure();
    } else if (cause instanceof CancellationException
        || (cause instanceof RenditionException refusal
            && refusal.reason() == FailureReason.CANCELLED)) {
      // Says nothing; but the one request that was let through has to be given back somehow.
      if (breaker.isHalfOpen()) {
        breaker.recordFailure();
      }
    } else {
      breaker.recordSuccess();
    }
  }

  private void opened(CircuitBreakerStateChangedEvent event) {
    if (event.getPreviousState() == CircuitBreaker.State.CLOSED) {
      openings.incrementAndGet();
      log.warn("a generator kept failing and is not asked for a while; the last failure: {}", last);
    }
  }

  private void closed() {
    recoveries.incrementAndGet();
    log.info("a generator that had kept failing is well again");
  }
}
