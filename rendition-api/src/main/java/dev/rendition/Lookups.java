package dev.rendition;

import dev.rendition.generate.FailureReason;
import dev.rendition.generate.RenditionException;
import dev.rendition.generate.RenditionReport;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Looks into stores on a few threads of its own, so that no caller waits for a store. Threads come
 * when they are needed and go when they idle.
 */
final class Lookups implements AutoCloseable {
  static final int THREADS = 8;
  static final int QUEUE = 1_000;

  private final ThreadPoolExecutor threads;

  Lookups() {
    threads =
        new ThreadPoolExecutor(
            THREADS,
            THREADS,
            10,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(QUEUE),
            task -> {
              Thread thread = new Thread(null, task, "rendition-lookup", 0, false);
              thread.setDaemon(true);
              thread.setContextClassLoader(Lookups.class.getClassLoader());
              return thread;
            });
    threads.allowCoreThreadTimeOut(true);
  }

  /**
   * Looks something up, then goes on with what was found. Cancelling the future given back cancels
   * what it went on with.
   */
  <T> CompletableFuture<RenditionReport> then(
      Supplier<T> lookup, Function<T, CompletableFuture<RenditionReport>> next) {
    CompletableFuture<RenditionReport> answer = new CompletableFuture<>();
    try {
      threads.execute(() -> run(lookup, next, answer));
    } catch (RejectedExecutionException e) {
      answer.completeExceptionally(
          threads.isShutdown()
              ? new RenditionException(FailureReason.CANCELLED, "this Renditions is closed", e)
              : new RenditionException(
                  FailureReason.BUSY,
                  "more than " + QUEUE + " look-ups wait for the originals store; ask again later",
                  e));
    }
    return answer;
  }

  private static <T> void run(
      Supplier<T> lookup,
      Function<T, CompletableFuture<RenditionReport>> next,
      CompletableFuture<RenditionReport> answer) {
    if (answer.isDone()) {
      return;
    }
    try {
      CompletableFuture<RenditionReport> work = next.apply(lookup.get());
      var unused =
          answer.whenComplete(
              (report, problem) -> {
                if (answer.isCancelled()) {
                  work.cancel(false);
                }
              });
      var unusedToo =
          work.whenComplete(
              (report, problem) -> {
                if (problem == null) {
                  answer.complete(report);
                } else {
                  answer.completeExceptionally(problem);
                }
              });
    } catch (RenditionException e) {
      answer.completeExceptionally(e);
    } catch (RuntimeException e) {
      answer.completeExceptionally(
          new RenditionException(FailureReason.INTERNAL, "the look-up failed: " + e, e));
    }
  }

  /** Waits for a report. */
  static RenditionReport join(CompletableFuture<RenditionReport> answer, Duration limit) {
    try {
      return answer.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RenditionException refusal) {
        throw refusal;
      }
      throw new RenditionException(
          FailureReason.INTERNAL, "the generator failed: " + e.getCause(), e);
    } catch (CancellationException e) {
      throw new RenditionException(FailureReason.CANCELLED, "the request was cancelled", e);
    } catch (TimeoutException e) {
      answer.cancel(false);
      throw new RenditionException(FailureReason.DEADLINE_EXCEEDED, "no answer within " + limit, e);
    } catch (InterruptedException e) {
      answer.cancel(false);
      Thread.currentThread().interrupt();
      throw new RenditionException(
          FailureReason.CANCELLED, "the waiting thread was interrupted", e);
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
