package dev.rendition.ingest;

import java.io.IOException;
import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The few threads fetching needs beside the caller's: looking a name up cannot be ended in Java, so
 * it is waited for elsewhere; and somebody has to hang up on time. They end when idle. Safe for use
 * by many threads.
 */
final class Lookups {
  private static final int MOST = 16;
  private static final int IDLE_SECONDS = 5;

  private final HostResolver resolver;
  private final ThreadPoolExecutor asking;
  private final ScheduledThreadPoolExecutor watch;

  Lookups(HostResolver resolver) {
    this.resolver = resolver;
    this.asking =
        new ThreadPoolExecutor(
            0,
            MOST,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            task -> thread(task, "rendition-lookup"));
    this.watch = new ScheduledThreadPoolExecutor(1, task -> thread(task, "rendition-hang-up"));
    watch.setKeepAliveTime(IDLE_SECONDS, TimeUnit.SECONDS);
    watch.allowCoreThreadTimeOut(true);
    watch.setRemoveOnCancelPolicy(true);
  }

  /** Returns all addresses of a name, waiting no longer than told. */
  List<InetAddress> addresses(String host, int millis) throws IOException {
    Future<List<InetAddress>> answer;
    try {
      answer = asking.submit(() -> resolver.resolve(host));
    } catch (RejectedExecutionException e) {
      throw new IngestException(
          IngestReason.BUSY,
          MOST + " names are looked up already, and none is answered; try again later",
          e);
    }
    try {
      return List.copyOf(answer.get(millis, TimeUnit.MILLISECONDS));
    } catch (TimeoutException e) {
      var unused = answer.cancel(true);
      throw new IngestException(
          IngestReason.TIME_LIMIT,
          "the name " + Shown.text(host) + " was not looked up within " + millis + " ms",
          e);
    } catch (ExecutionException e) {
      throw new IngestException(
          IngestReason.HOST_UNKNOWN,
          "the host " + Shown.text(host) + " has no address; look at its spelling",
          e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IngestException(IngestReason.CANCELLED, "interrupted while a name was looked up");
    }
  }

  /** Does something at a later moment unless that is cancelled. */
  Future<?> after(long nanos, Runnable task) {
    return watch.schedule(task, nanos, TimeUnit.NANOSECONDS);
  }

  private static Thread thread(Runnable task, String name) {
    Thread thread = new Thread(null, task, name, 0, false);
    thread.setDaemon(true);
    thread.setContextClassLoader(Lookups.class.getClassLoader());
    return thread;
  }
}
