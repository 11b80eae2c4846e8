package dev.rendition.local;

import dev.rendition.generate.FailureReason;
import dev.rendition.generate.RenditionException;
import dev.rendition.generate.RenditionReport;
import dev.rendition.generate.RenditionRequest;
import dev.rendition.local.engine.Cancellation;
import dev.rendition.local.engine.StepException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * One request between the caller and a worker. Its answer is also its off switch: once the future
 * is completed, by whomever, the work ends at the next check. Safe for use by many threads.
 */
final class Job implements Cancellation {
  /** What is further away than this counts as this: {@link System#nanoTime} compares no more. */
  private static final Duration LONGEST = Duration.ofDays(365);

  private final RenditionRequest request;
  private final long deadline;
  private final CompletableFuture<RenditionReport> answer = new CompletableFuture<>();
  private final long made = System.nanoTime();
  private volatile boolean begun;

  /**
   * Makes a job.
   *
   * @param left the time until its deadline
   */
  Job(RenditionRequest request, Duration left) {
    Duration bounded = left.compareTo(LONGEST) < 0 ? left : LONGEST;
    this.request = request;
    this.deadline = System.nanoTime() + (bounded.isNegative() ? 0 : bounded.toNanos());
  }

  RenditionRequest request() {
    return request;
  }

  String tenant() {
    return request.source().tenant();
  }

  CompletableFuture<RenditionReport> answer() {
    return answer;
  }

  /** Returns the nanoseconds since this was made. */
  long age() {
    return System.nanoTime() - made;
  }

  /** Returns the nanoseconds until the deadline, 0 or less if it passed. */
  long nanosLeft() {
    return deadline - System.nanoTime();
  }

  /** Notes that a worker has taken the job; returns whether its answer is still awaited. */
  boolean begin() {
    begun = true;
    return !answer.isDone();
  }

  boolean begun() {
    return begun;
  }

  @Override
  public void check() {
    if (answer.isDone()) {
      throw new StepException(FailureReason.CANCELLED, "nobody waits for the answer any more");
    }
    if (nanosLeft() <= 0) {
      throw new StepException(FailureReason.DEADLINE_EXCEEDED, deadlineText());
    }
  }

  /** Answers, unless there is an answer already. */
  void complete(RenditionReport report) {
    boolean unused = answer.complete(report);
  }

  /** Answers with a refusal, unless there is an answer already. */
  void refuse(RenditionException problem) {
    boolean unused = answer.completeExceptionally(problem);
  }

  /** Answers that the deadline has passed. */
  void expire() {
    refuse(new RenditionException(FailureReason.DEADLINE_EXCEEDED, deadlineText()));
  }

  private String deadlineText() {
    return "the deadline "
        + request.deadline()
        + " passed while "
        + request.source()
        + (begun ? " was worked on" : " waited for a free worker");
  }
}
