package dev.rendition.lambda;

import dev.rendition.generate.FailureReason;
import dev.rendition.generate.RenditionException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What all messages to one worker share: the way there, the bound, the threads, the counts. Safe
 * for use by many threads.
 */
final class Line implements AutoCloseable {
  private static final int MOST_THREADS = 8;

  private final Transport transport;
  private final RemoteSettings settings;
  private final Gate<Task<?>> gate;
  private final ScheduledThreadPoolExecutor threads;
  // Deadlines come on time also while every other thread waits for credentials.
  private final ScheduledThreadPoolExecutor timer = Threads.start("rendition-timer", 1);
  private final Set<Task<?>> live = ConcurrentHashMap.newKeySet();
  private final AtomicLong sent = new AtomicLong();
  private final AtomicLong repeated = new AtomicLong();
  private volatile boolean closed;

  Line(Transport transport, RemoteSettings settings) {
    this.transport = transport;
    this.settings = settings;
    this.gate = new Gate<>(settings.concurrency(), settings.queue());
    this.threads =
        Threads.start("rendition-remote", Math.min(settings.concurrency() + 1, MOST_THREADS));
  }

  Transport transport() {
    return transport;
  }

  RemoteSettings settings() {
    return settings;
  }

  Gate<Task<?>> gate() {
    return gate;
  }

  Executor threads() {
    return threads;
  }

  /** Does something short once, later. */
  Future<?> after(long nanos, Runnable action) {
    return timer.schedule(action, nanos, TimeUnit.NANOSECONDS);
  }

  void count(boolean again) {
    long unused = again ? repeated.incrementAndGet() : sent.incrementAndGet();
  }

  /** Returns how many messages were sent, repetitions not counted. */
  long sent() {
    return sent.get();
  }

  /** Returns how many messages were sent again. */
  long repeated() {
    return repeated.get();
  }

  /** Gives a place to the next that wants it. */
  void release() {
    Optional<Task<?>> next;
    do {
      next = gate.leave();
    } while (next.isPresent() && !next.get().begin());
  }

  /** Takes note of a task; it is cancelled when this is closed, or at once if it was. */
  void add(Task<?> task) {
    live.add(task);
    if (closed) {
      task.fail(closing());
    }
  }

  void remove(Task<?> task) {
    live.remove(task);
  }

  boolean isClosed() {
    return closed;
  }

  static RenditionException closing() {
    return new RenditionException(FailureReason.CANCELLED, "the generator is closed");
  }

  @Override
  public void close() {
    closed = true;
    live.forEach(task -> task.fail(closing()));
    transport.close();
    Threads.stop(timer);
    Threads.stop(threads);
  }
}
