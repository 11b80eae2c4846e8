package dev.rendition.local;

import dev.rendition.local.assist.Assistant;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * A fixed number of threads that do jobs from a bounded {@link FairQueue}. While no job waits, an
 * idle one helps with pieces of the jobs of others. The threads are daemons, so that a forgotten
 * {@code close()} never keeps a process alive: what is written is written atomically. They inherit
 * nothing from the thread that made them. Safe for use by many threads.
 */
final class Workers implements Assistant {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition arrived = lock.newCondition();
  private final FairQueue<Job> queue = new FairQueue<>();
  private final Deque<Runnable> pieces = new ArrayDeque<>();
  private final List<Thread> threads = new ArrayList<>();
  private final int room;
  private int busy;
  private int waiting;
  private boolean closed;
  private volatile boolean idle;
  private volatile boolean wanted;

  private Workers(int threads, int queueCapacity) {
    this.room = Math.addExact(threads, queueCapacity);
  }

  /**
   * Starts the threads.
   *
   * @param hands called once for each thread with the others' help; what it returns does that
   *     thread's jobs
   */
  static Workers start(int threads, int queueCapacity, Function<Assistant, Consumer<Job>> hands) {
    Workers workers = new Workers(threads, queueCapacity);
    for (int n = 1; n <= threads; n++) {
      Consumer<Job> hand = hands.apply(threads == 1 ? Assistant.NONE : workers);
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
      look();
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
      look();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public boolean idle() {
    return idle;
  }

  @Override
  public boolean offer(Runnable piece) {
    lock.lock();
    try {
      boolean taken = idle;
      if (taken) {
        pieces.addLast(piece);
        look();
        arrived.signal();
      }
      return taken;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public boolean withdraw(Runnable piece) {
    lock.lock();
    try {
      boolean there = pieces.removeFirstOccurrence(piece);
      look();
      return there;
    } finally {
      lock.unlock();
    }
  }

  /** Returns how many threads there are. */
  int threads() {
    return threads.size();
  }

  /** Returns how many jobs are worked on. */
  int busy() {
    lock.lock();
    try {
      return busy;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public boolean wanted() {
    return wanted;
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
      look();
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
    for (Optional<Runnable> next = take(hand); next.isPresent(); next = take(hand)) {
      try {
        next.get().run();
      } finally {
        // What a store or a caller's continuation left behind must not reach the next job.
        boolean unused = Thread.interrupted();
      }
    }
  }

  /**
   * Waits for something to do: jobs come first. Pieces that nobody began go back to their owner.
   */
  private Optional<Runnable> take(Consumer<Job> hand) {
    lock.lock();
    try {
      while (true) {
        Optional<Job> job = queue.poll();
        if (job.isPresent()) {
          busy++;
          look();
          return Optional.of(() -> work(hand, job.get()));
        }
        if (closed) {
          return Optional.empty();
        }
        Runnable piece = pieces.pollFirst();
        if (piece != null) {
          look();
          return Optional.of(piece);
        }
        waiting++;
        look();
        arrived.awaitUninterruptibly();
        waiting--;
        look();
      }
    } finally {
      lock.unlock();
    }
  }

  private void work(Consumer<Job> hand, Job job) {
    try {
      hand.accept(job);
    } finally {
      lock.lock();
      try {
        busy--;
      } finally {
        lock.unlock();
      }
    }
  }

  /**
   * Looks whether there is an idle thread, and whether one is wanted, whenever one of the things
   * they depend on changed.
   */
  private void look() {
    wanted = closed || queue.size() > 0;
    idle = !wanted && waiting > pieces.size();
  }
}
