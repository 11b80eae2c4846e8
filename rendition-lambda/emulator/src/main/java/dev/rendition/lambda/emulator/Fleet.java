package dev.rendition.lambda.emulator;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * All environments of an emulator, the threads and the folder they share. One lock, the fleet
 * itself, guards the state of every environment; nothing waits while it holds it. Safe for use by
 * many threads.
 */
final class Fleet implements AutoCloseable {
  private static final int THREADS = 32;
  private static final Duration WATCH = Duration.ofMillis(50);
  private static final Duration LONGEST_CLOSE = Duration.ofSeconds(30);

  private final Settings settings;
  private final Path folder;
  private final RuntimeClient client;
  private final ThreadPoolExecutor front = threads("lambda-emulator-front-");
  private final ThreadPoolExecutor workers = threads("lambda-emulator-worker-");
  private final ScheduledThreadPoolExecutor clock =
      new ScheduledThreadPoolExecutor(1, named("lambda-emulator-clock-"));
  private final Set<Environment> environments = new LinkedHashSet<>();
  private int started;
  private boolean closed;

  Fleet(Settings settings, Path folder, RuntimeClient client) {
    this.settings = settings;
    this.folder = folder;
    this.client = client;
    clock.setRemoveOnCancelPolicy(true);
    clock.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    var unused =
        clock.scheduleWithFixedDelay(
            this::watch, WATCH.toMillis(), WATCH.toMillis(), TimeUnit.MILLISECONDS);
  }

  Settings settings() {
    return settings;
  }

  RuntimeClient client() {
    return client;
  }

  /** Returns the threads that serve callers. */
  Executor front() {
    return front;
  }

  /**
   * Returns the threads that serve the processes, so that callers who are slow cannot hold them up.
   */
  Executor workers() {
    return workers;
  }

  /** Runs a task later; never after the fleet was closed. */
  ScheduledFuture<?> later(Duration delay, Runnable task) {
    return clock.schedule(() -> workers.execute(task), delay.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** Returns a path for a new folder. */
  synchronized Path newFolder(String prefix) {
    return folder.resolve(prefix + ++started);
  }

  /**
   * Adds an environment that is about to start; the lock must be held.
   *
   * @throws ServiceError if there are as many as there may be, and all of them work
   */
  Environment add(EmulatedFunction function) {
    if (closed) {
      throw ServiceError.broken("The emulator is closed");
    }
    if (environments.size() >= settings.maxEnvironments()) {
      Optional<Environment> idle =
          environments.stream()
              .filter(environment -> environment.idle())
              .min(Comparator.comparingLong(Environment::idleSinceNanos));
      idle.orElseThrow(() -> ServiceError.throttled("ConcurrentInvocationLimitExceeded")).retire();
    }
    Environment environment = new Environment(this, function, newFolder("environment-"));
    environments.add(environment);
    return environment;
  }

  /** Forgets an environment; the lock must be held. */
  void remove(Environment environment) {
    environments.remove(environment);
  }

  private void watch() {
    List<Environment> all;
    synchronized (this) {
      all = List.copyOf(environments);
    }
    all.forEach(Environment::watch);
  }

  /** Ends every process; invocations under way are answered as if their process had been killed. */
  void endEnvironments() {
    synchronized (this) {
      closed = true;
      List.copyOf(environments).forEach(Environment::retire);
    }
    clock.shutdownNow();
    boolean workersEnded = ended(workers);
    require(ended(clock) && workersEnded);
  }

  /** Ends every process and every thread, and deletes the folder. */
  @Override
  public void close() {
    endEnvironments();
    boolean ended = ended(front);
    TaskRoot.delete(folder);
    require(ended);
  }

  private static void require(boolean ended) {
    if (!ended) {
      throw new IllegalStateException("Threads of the emulator still run after " + LONGEST_CLOSE);
    }
  }

  private static boolean ended(ThreadPoolExecutor threads) {
    threads.shutdown();
    try {
      return threads.awaitTermination(LONGEST_CLOSE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      threads.shutdownNow();
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static ThreadPoolExecutor threads(String prefix) {
    ThreadPoolExecutor threads =
        new ThreadPoolExecutor(
            THREADS, THREADS, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), named(prefix));
    threads.allowCoreThreadTimeOut(true);
    return threads;
  }

  private static ThreadFactory named(String prefix) {
    AtomicInteger number = new AtomicInteger();
    return task -> {
      Thread thread = new Thread(task, prefix + number.incrementAndGet());
      thread.setDaemon(true);
      return thread;
    };
  }

  static Path createFolder() throws IOException {
    return Files.createTempDirectory("lambda-emulator-");
  }
}
