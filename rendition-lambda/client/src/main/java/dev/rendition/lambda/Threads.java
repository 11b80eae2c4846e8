package dev.rendition.lambda;

import java.util.List;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicInteger;

/** Makes the threads of this module: daemons that inherit nothing from who made them. */
final class Threads {
  private Threads() {}

  /** Starts threads that do things now or later; none is made before it is needed. */
  static ScheduledThreadPoolExecutor start(String name, int count) {
    AtomicInteger made = new AtomicInteger();
    ScheduledThreadPoolExecutor threads =
        new ScheduledThreadPoolExecutor(
            count,
            body -> {
              Thread thread = new Thread(null, body, name + "-" + made.incrementAndGet(), 0, false);
              thread.setDaemon(true);
              thread.setContextClassLoader(Threads.class.getClassLoader());
              return thread;
            });
    threads.setRemoveOnCancelPolicy(true);
    return threads;
  }

  /** Ends threads without waiting for them; what they do is cancelled before. */
  static void stop(ScheduledThreadPoolExecutor threads) {
    List<Runnable> unused = threads.shutdownNow();
  }
}
