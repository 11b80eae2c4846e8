package dev.rendition.compose;

import static java.util.Objects.requireNonNull;

import dev.rendition.generate.FailureReason;
import dev.rendition.generate.Measure;
import dev.rendition.generate.RenditionException;
import dev.rendition.generate.RenditionGenerator;
import dev.rendition.generate.RenditionListener;
import dev.rendition.generate.RenditionReport;
import dev.rendition.generate.RenditionRequest;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells a listener what another generator does. Closing it closes that generator. Safe for use by
 * many threads.
 */
public final class ObservedGenerator implements RenditionGenerator {
  private static final Logger log = LoggerFactory.getLogger(ObservedGenerator.class);

  private final RenditionGenerator generator;
  private final RenditionListener listener;

  /** Watches a generator, which it owns from now on. */
  public ObservedGenerator(RenditionGenerator generator, RenditionListener listener) {
    this.generator = requireNonNull(generator, "generator");
    this.listener = requireNonNull(listener, "listener");
  }

  @Override
  public CompletableFuture<RenditionReport> generate(RenditionRequest request) {
    long start = System.nanoTime();
    tell(() -> listener.requested(request));
    CompletableFuture<RenditionReport> answer = ask(generator, request);
    var unused =
        answer.whenComplete(
            (report, problem) -> {
              Duration elapsed = Duration.ofNanos(System.nanoTime() - start);
              if (problem == null) {
                tell(() -> listener.answered(request, report, elapsed));
              } else {
                tell(() -> listener.refused(request, asRefusal(problem), elapsed));
              }
            });
    return answer;
  }

  @Override
  public CompletableFuture<String> probe() {
    return generator.probe();
  }

  @Override
  public List<Measure> measures() {
    return generator.measures();
  }

  @Override
  public void close() {
    generator.close();
  }

  /** Asks a generator, also one that throws where it should answer. */
  static CompletableFuture<RenditionReport> ask(
      RenditionGenerator generator, RenditionRequest request) {
    try {
      return generator.generate(request);
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(asRefusal(e));
    }
  }

  static RenditionException asRefusal(Throwable problem) {
    Throwable cause =
        problem instanceof CompletionException && problem.getCause() != null
            ? problem.getCause()
            : problem;
    if (cause instanceof RenditionException refusal) {
      return refusal;
    }
    return cause instanceof CancellationException
        ? new RenditionException(FailureReason.CANCELLED, "the caller cancelled the request", cause)
        : new RenditionException(FailureReason.INTERNAL, "the generator failed: " + cause, cause);
  }

  private static void tell(Runnable event) {
    try {
      event.run();
    } catch (RuntimeException | LinkageError | AssertionError e) {
      log.warn("a rendition listener failed", e);
    }
  }
}
