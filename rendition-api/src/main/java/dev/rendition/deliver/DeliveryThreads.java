package dev.rendition.deliver;

import dev.rendition.generate.FailureReason;
import dev.rendition.generate.RenditionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * The threads on which stores are asked, so that nobody's waiting or leaving touches the work of
 * others. They come when they are needed and go when they idle.
 */
final class DeliveryThreads implements AutoCloseable {
  static final int THREADS = 8;
  static final int QUEUE = 10_000;
  private static final int IDLE_SECONDS = 10;

  private final ThreadPoolExecutor threads;
  private final ScheduledThreadPoolExecutor timer;

  DeliveryThreads() {
    threads =
        new ThreadPoolExecutor(
            THREADS,
            THREADS,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(QUEUE),
            task -> thread(task, "rendition-delivery"));
    threads.allowCoreThreadTimeOut(true);
    timer = new ScheduledThreadPoolExecutor(1, task -> thread(task, "rendition-delivery-timer"));
    timer.setKeepAliveTime(IDLE_SECONDS, TimeUnit.SECONDS);
    timer.allowCoreThreadTimeOut(true);
  }

  /**
   * Runs a task soon.
   *
   * @throws RenditionException with {@link FailureReason#BUSY} if too many wait
   */
  void run(Runnable task) {
    try {
      threads.execute(task);
    } catch (RejectedExecutionException e) {
      throw threads.isShutdown()
          ? closed()
          : new RenditionException(
              FailureReason.BUSY,
              "more than " + QUEUE + " requests wait for the stores; ask again later",
              e);
    }
  }

  /** Runs a task after a while; {@code refused} takes the problem if that is not possible. */
  void later(long millis, Runnable task, Consumer<RenditionException> refused) {
    try {
      var unused =
          timer.schedule(
              () -> {
                try {
                  run(task);
                } catch (RenditionException e) {
                  refused.accept(e);
                }
              },
              millis,
              TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      refused.accept(closed());
    }
  }

  static RenditionException closed() {
    return new RenditionException(FailureReason.CANCELLED, "this ReadThrough is closed");
  }

  @Override
  public void close() {
    timer.shutdownNow();
    threads.shutdownNow();
  }

  private static Thread thread(Runnable task, String name) {
    Thread thread = new Thread(null, task, name, 0, false);
    thread.setDaemon(true);
    thread.setContextClassLoader(DeliveryThreads.class.getClassLoader());
    return thread;
  }
}
