package dev.rendition.lambda.function;

import dev.rendition.generate.FailureReason;
import dev.rendition.generate.RenditionException;
import dev.rendition.generate.RenditionGenerator;
import dev.rendition.generate.RenditionReport;
import dev.rendition.generate.RenditionRequest;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Asks a generator and waits for the report, not longer than the invocation may take. */
final class Asking {
  /** How much longer than the deadline the generator is waited for, which keeps to it itself. */
  private static final Duration GRACE = Duration.ofMillis(200);

  private Asking() {}

  /**
   * Returns the report of a request, whose deadline is brought forward to that of the invocation.
   *
   * @throws RenditionException if the request as a whole cannot be answered
   */
  static RenditionReport ask(
      RenditionGenerator generator, RenditionRequest request, Deadline deadline) {
    RenditionRequest timed = request.before(deadline.orEarlier(request.deadline()));
    CompletableFuture<RenditionReport> answer = generator.generate(timed);
    try {
      return answer.get(deadline.left().plus(GRACE).toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RenditionException problem) {
        throw problem;
      }
      throw new RenditionException(
          FailureReason.INTERNAL, "the generator failed: " + e.getCause(), e.getCause());
    } catch (CancellationException e) {
      throw new RenditionException(FailureReason.CANCELLED, "the request was cancelled", e);
    } catch (TimeoutException e) {
      answer.cancel(true);
      throw new RenditionException(
          FailureReason.DEADLINE_EXCEEDED, "the invocation's time is over", e);
    } catch (InterruptedException e) {
      answer.cancel(true);
      Thread.currentThread().interrupt();
      throw new RenditionException(FailureReason.CANCELLED, "the waiting was interrupted", e);
    }
  }
}
