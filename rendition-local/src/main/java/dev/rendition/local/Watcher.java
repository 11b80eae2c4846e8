package dev.rendition.local;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** One thread that does short things at their time. Safe for use by many threads. */
final class Watcher {
  private final List<Thread> threads = new CopyOnWriteArrayList<>();
  private final ScheduledThreadPoolExecutor timer =
      new ScheduledThreadPoolExecutor(
          1,
          body -> {
            Thread thread = Workers.thread(body, "rendition-watcher");
            threads.add(thread);
            return thread;
          });

  Watcher() {
    timer.setRemoveOnCancelPolicy(true);
  }

  /**
   * Does something once.
   *
   * @param nanos how long from now, in nanoseconds
   * @throws RejectedExecutionException if this was closed
   */
  Future<?> after(long nanos, Runnable action) {
    return timer.schedule(action, nanos, TimeUnit.NANOSECONDS);
  }

  /**
   * Forgets what was not done yet, and ends the thread.
   *
   * @return the names of the threads that live on after the grace
   */
  List<String> close(Duration grace) {
    List<Runnable> unused = timer.shutdownNow();
    return Workers.join(threads, grace).stream().map(Thread::getName).toList();
  }
}
