package dev.rendition.local;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A fixed number of threads that do jobs from a bounded {@link FairQueue}. The threads are daemons,
 * so that a forgotten {@code close()} never keeps a process alive: what is written is written
 * atomically. They inherit nothing from the thread that made them. Safe for use by many threads.
 */
final class Workers {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition arrived = lock.newCondition();
  private final FairQueue<Job> queue = new FairQueue<>();
  private final List<Thread> threads = new ArrayList<>();
  private final int room;
  private int busy;
  private boolean closed;

  private Workers(int threads, int queueCapacity) {
    this.room = Math.addExact(threads, queueCapacity);
  }

  /**
   * Starts the threads.
   *
   * @param hands called once for each thread; what it returns does that thread's jobs
   */
  static Workers start(int threads, int queueCapacity, Supplier<Consumer<Job>> hands) {
    Workers workers = new Workers(threads, queueCapacity);
    for (int n = 1; n <= threads; n++) {
      Consumer<Job> hand = hands.get();
      workers.threads.add(thread(() -> workers.work(hand), "rendition-worker-" + n));
    }
    workers.threads.forEach(Thread::start);
    return workers;
  }

  /** Makes a daemon thread that inherits neither thread locals nor the context class loader. */
  static Thread thread(Runnable body, String name) {
    Thread thread = new Thread(null, body, name, 0, false);
    thread.setDaemon(true);
    thread.setContextClassLoader(Workers.class.getClassLoader());
    return thread;
  }

  /**
   * Queues a job.
   *
   * @return the job the queue has no room for: none, this one, or the newest of the tenant that
   *     waits with most if that one waits with at least two more than this one's
   * @throws RejectedExecutionException if this was closed
   */
  Optional<Job> submit(Job job) {
    lock.lock();
    try {
      if (closed) {
        throw new RejectedExecutionException("closed");
      }
      Optional<Job> displaced = Optional.empty();
      if (queue.size() + busy >= room) {
        displaced = queue.displaceFor(job.tenant());
        if (displaced.isEmpty()) {
          return Optional.of(job);
        }
      }
      queue.add(job.tenant(), job);
      arrived.signal();
      return displaced;
    } finally {
      lock.unlock();
    }
  }

  /** Takes a job out of the queue if it still waits there. */
  void forget(Job job) {
    lock.lock();
    try {
      boolean unused = queue.remove(job.tenant(), job);
    } finally {
      lock.unlock();
    }
  }

  /** Returns how many jobs wait. */
  int queued() {
    lock.lock();
    try {
      return queue.size();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Lets every thread end after its job, and waits for that. Threads that have not ended after the
   * grace are interrupted and waited for as long again. The calling thread may be one of them; it
   * is not waited for.
   *
   * @return the names of the threads that live on regardless
   */
  List<String> close(Duration grace) {
    lock.lock();
    try {
      closed = true;
      queue.clear();
      arrived.signalAll();
    } finally {
      lock.unlock();
    }
    List<Thread> alive = join(threads, grace);
    alive.forEach(Thread::interrupt);
    return join(alive, grace).stream().map(Thread::getName).toList();
  }

  /**
   * Waits for threads to end, except for the one that calls.
   *
   * @return those that live on, without the calling one
   */
  static List<Thread> join(List<Thread> threads, Duration grace) {
    long end = System.nanoTime() + grace.toNanos();
    List<Thread> alive = new ArrayList<>();
    boolean interrupted = Thread.interrupted();
    for (Thread thread : threads) {
      if (thread.equals(Thread.currentThread())) {
        continue;
      }
      try {
        long left = end - System.nanoTime();
        if (left > 0 && !interrupted) {
          TimeUnit.NANOSECONDS.timedJoin(thread, left);
        }
      } catch (InterruptedException e) {
        interrupted = true;
      }
      if (thread.isAlive()) {
        alive.add(thread);
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    return alive;
  }

  private void work(Consumer<Job> hand) {
    for (Optional<Job> job = take(); job.isPresent(); job = take()) {
      try {
        hand.accept(job.get());
      } finally {
        done();
      }
    }
  }

  private Optional<Job> take() {
    lock.lock();
    try {
      Optional<Job> job = queue.poll();
      while (job.isEmpty() && !closed) {
        arrived.awaitUninterruptibly();
        job = queue.poll();
      }
      if (job.isPresent()) {
        busy++;
      }
      return job;
    } finally {
      lock.unlock();
    }
  }

  private void done() {
    // What a store or a caller's continuation left behind must not reach the next job.
    boolean unused = Thread.interrupted();
    lock.lock();
    try {
      busy--;
    } finally {
      lock.unlock();
    }
  }
}
