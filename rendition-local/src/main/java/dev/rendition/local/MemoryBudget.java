package dev.rendition.local;

import dev.rendition.generate.FailureReason;
import dev.rendition.local.engine.EngineTask;
import dev.rendition.local.engine.StepException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The bytes of heap all running jobs may hold together. Who comes first is served first: a large
 * need at the head is not overtaken by small ones, so nobody waits for ever. Safe for use by many
 * threads.
 */
final class MemoryBudget {
  /** The name of the budget in the configuration. */
  static final String KEY = "rendition.local.memory-budget";

  /** How long a waiting job sleeps before it looks whether it is still wanted. */
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  private final long capacity;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Deque<Grant> line = new ArrayDeque<>();
  private long taken;

  /**
   * Makes a budget.
   *
   * @param capacity bytes, 1 or more
   */
  MemoryBudget(long capacity) {
    if (capacity < 1) {
      throw new IllegalArgumentException("a memory budget is 1 byte or more, was " + capacity);
    }
    this.capacity = capacity;
  }

  /** Returns how many bytes there are in all. */
  long capacity() {
    return capacity;
  }

  /** Returns how many bytes are granted at the moment. */
  long taken() {
    lock.lock();
    try {
      return taken;
    } finally {
      lock.unlock();
    }
  }

  /** Returns how many jobs wait for bytes at the moment. */
  int waiting() {
    lock.lock();
    try {
      return line.size();
    } finally {
      lock.unlock();
    }
  }

  /** Returns the account of one job, which holds nothing yet. */
  Grant open(Job job) {
    return new Grant(job);
  }

  /** What one job holds. Asked by one thread only. */
  final class Grant implements EngineTask.Admission, AutoCloseable {
    private final Job job;
    private long held;

    private Grant(Job job) {
      this.job = job;
    }

    /**
     * Exchanges what is held for another number of bytes. What is held is given back before the
     * waiting begins: jobs that wait hold nothing, so they cannot wait for each other. Waiting ends
     * when the job is cancelled or its deadline passes.
     */
    @Override
    public void admit(long bytes) {
      if (bytes < 0) {
        throw new IllegalArgumentException("a need is 0 bytes or more, was " + bytes);
      }
      if (bytes > capacity) {
        throw new StepException(
            FailureReason.LIMIT_EXCEEDED,
            "the picture needs "
                + bytes
                + " bytes of memory and the whole budget is "
                + capacity
                + "; raise "
                + KEY
                + " and the heap with it");
      }
      lock.lock();
      try {
        if (bytes <= held) {
          release(held - bytes);
        } else {
          release(held);
          queueFor(bytes);
        }
      } finally {
        lock.unlock();
      }
    }

    /** Waits for nothing, and does not overtake those who wait. */
    @Override
    public boolean extend(long bytes) {
      if (bytes < 0) {
        throw new IllegalArgumentException("a need is 0 bytes or more, was " + bytes);
      }
      lock.lock();
      try {
        boolean free = line.isEmpty() && capacity - taken >= bytes;
        taken += free ? bytes : 0;
        held += free ? bytes : 0;
        return free;
      } finally {
        lock.unlock();
      }
    }

    /** Gives everything back. */
    @Override
    public void close() {
      lock.lock();
      try {
        release(held);
      } finally {
        lock.unlock();
      }
    }

    private void queueFor(long bytes) {
      line.addLast(this);
      try {
        while (line.peekFirst() != this || capacity - taken < bytes) {
          job.check();
          long unused = changed.awaitNanos(Math.min(LOOK_NANOS, job.nanosLeft()));
        }
        taken += bytes;
        held = bytes;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new StepException(
            FailureReason.CANCELLED, "the generator was closed while the job waited for memory", e);
      } finally {
        boolean unused = line.remove(this);
        changed.signalAll();
      }
    }

    private void release(long bytes) {
      taken -= bytes;
      held -= bytes;
      changed.signalAll();
    }
  }
}
