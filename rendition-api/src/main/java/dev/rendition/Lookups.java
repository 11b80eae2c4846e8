package dev.rendition;

import dev.rendition.generate.FailureReason;
import dev.rendition.generate.RenditionException;
import dev.rendition.generate.RenditionReport;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Looks into stores on a few threads of its own, so that no caller waits for a store. Threads come
 * when they are needed and go when they idle. Every future given out is answered: by what was
 * asked, by its timeout, or by {@link #close}.
 */
final class Lookups implements AutoCloseable {
  static final int THREADS = 8;
  static final int QUEUE = 1_000;
  private static final int IDLE_SECONDS = 10;

  private final ThreadPoolExecutor threads;
  private final ScheduledThreadPoolExecutor timer;
  private final Map<Long, CompletableFuture<RenditionReport>> open = new ConcurrentHashMap<>();
  private final AtomicLong asked = new AtomicLong();

  Lookups() {
    threads =
        new ThreadPoolExecutor(
            THREADS,
            THREADS,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(QUEUE),
            task -> thread(task, "rendition-lookup"));
    threads.allowCoreThreadTimeOut(true);
    timer = new ScheduledThreadPoolExecutor(1, task -> thread(task, "rendition-lookup-timer"));
    timer.setKeepAliveTime(IDLE_SECONDS, TimeUnit.SECONDS);
    timer.allowCoreThreadTimeOut(true);
    timer.setRemoveOnCancelPolicy(true);
  }

  /**
   * Looks something up, then goes on with what was found. However the future given back ends, what
   * it went on with ends too.
   *
   * @param limit how long the look-up may take, waiting for a thread included
   */
  <T> CompletableFuture<RenditionReport> then(
      Duration limit, Supplier<T> lookup, Function<T, CompletableFuture<RenditionReport>> next) {
    CompletableFuture<RenditionReport> answer = new CompletableFuture<>();
    long number = asked.incrementAndGet();
    open.put(number, answer);
    var unused = answer.whenComplete((report, problem) -> open.remove(number));
    try {
      Future<?> alarm =
          timer.schedule(() -> late(answer, limit), limit.toMillis(), TimeUnit.MILLISECONDS);
      var unusedToo = answer.whenComplete((report, problem) -> alarm.cancel(false));
      threads.execute(() -> run(lookup, next, answer, alarm));
    } catch (RejectedExecutionException e) {
      answer.completeExceptionally(
          threads.isShutdown()
              ? closed()
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
      CompletableFuture<RenditionReport> answer,
      Future<?> alarm) {
    if (answer.isDone()) {
      return;
    }
    try {
      T found = lookup.get();
      alarm.cancel(false); // from here on the request's own deadline counts
      if (answer.isDone()) {
        return;
      }
      CompletableFuture<RenditionReport> work = next.apply(found);
      var unused = answer.whenComplete((report, problem) -> work.cancel(false));
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
    } catch (RuntimeException | LinkageError | StackOverflowError | OutOfMemoryError e) {
      answer.completeExceptionally(
          new RenditionException(FailureReason.INTERNAL, "the look-up failed: " + e, e));
    }
  }

  /** Waits for what a generator answers. */
  static <T> T join(CompletableFuture<T> answer, Duration limit) {
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

  /** Ends every thread and answers everybody who waits. */
  @Override
  public void close() {
    timer.shutdownNow();
    threads.shutdownNow();
    open.values().forEach(answer -> answer.completeExceptionally(closed()));
  }

  private static void late(CompletableFuture<RenditionReport> answer, Duration limit) {
    answer.completeExceptionally(
        new RenditionException(
            FailureReason.DEADLINE_EXCEEDED,
            "the originals store did not answer within " + limit + "; look at the store"));
  }

  private static RenditionException closed() {
    return new RenditionException(FailureReason.CANCELLED, "this Renditions is closed");
  }

  private static Thread thread(Runnable task, String name) {
    Thread thread = new Thread(null, task, name, 0, false);
    thread.setDaemon(true);
    thread.setContextClassLoader(Lookups.class.getClassLoader());
    return thread;
  }
}
