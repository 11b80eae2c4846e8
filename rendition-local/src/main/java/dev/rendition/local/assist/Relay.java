package dev.rendition.local.assist;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Two stages of one work: an idle worker does the second while the owner does the first. Every item
 * goes through the second stage once, in order, never two at a time, so what comes out does not
 * depend on who does it. Without an idle worker the owner does both, item by item.
 *
 * <p>The owner is one thread: it calls {@link #next}, fills the item, calls {@link #pass}, and in
 * the end {@link #finish} and {@link #close}.
 */
public final class Relay<T> implements AutoCloseable {
  /** How many items there are at most. */
  public static final int SLOTS = 16;

  /** How many items are worth waking a worker for. */
  private static final int BATCH = 4;

  /** How long a worker looks out for the next item: not much longer than it takes to wake one. */
  private static final long PATIENCE_NANOS = 60_000;

  private final Assistant assistant;
  private final IntFunction<? extends T> maker;
  private final Consumer<? super T> stage;
  private final List<T> slots = new ArrayList<>();
  private final Runnable piece = this::help;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition advanced = lock.newCondition();

  /** How many items were passed, and how many have left the second stage since. */
  private int passed;

  private int done;

  /** As {@link #passed}, for a worker that looks out for the next item. */
  private volatile int announced;

  /** Whether no further item comes. */
  private volatile boolean over;

  /** The owner waits until no more than so many items are left. */
  private int awaited = -1;

  /** Whether the assistant has the piece. While it has not, all fields are the owner's alone. */
  private boolean lent;

  private @Nullable Throwable failure;

  /** Whether the last offer was accepted; if not, no item is under way. Used by the owner alone. */
  private boolean helped;

  /**
   * Makes a relay.
   *
   * @param maker makes the item of a slot, 0 to {@link #SLOTS} - 1; those after the first are made
   *     when a worker helps
   * @param stage the second stage; it waits for nobody
   */
  public Relay(Assistant assistant, IntFunction<? extends T> maker, Consumer<? super T> stage) {
    this.assistant = assistant;
    this.maker = maker;
    this.stage = stage;
    slots.add(maker.apply(0));
  }

  /** Returns the item to fill, once there is one that has left the second stage. */
  public T next() {
    if (!helped) {
      return slots.get(0);
    }
    lock.lock();
    try {
      if (passed - done == SLOTS) {
        awaitHelp(SLOTS - BATCH);
        if (!lent) {
          drain();
        }
      }
      if (passed % SLOTS == slots.size()) {
        slots.add(maker.apply(slots.size()));
      }
      return slots.get(passed % SLOTS);
    } finally {
      lock.unlock();
    }
  }

  /** Gives the item of {@link #next} to the second stage. */
  public void pass() {
    if (!helped && !assistant.idle()) {
      stage.accept(slots.get(0));
      return;
    }
    lock.lock();
    try {
      passed++;
      announced = passed;
      if (!lent && (!helped || passed - done >= BATCH)) {
        lent = failure == null && assistant.offer(piece);
        helped = lent;
        if (!lent) {
          drain();
        }
      }
    } finally {
      lock.unlock();
    }
  }

  /** Returns when every item has left the second stage. */
  public void finish() {
    close();
    drain();
  }

  /** Returns when no worker helps any more. Items may be left; they are forgotten. */
  @Override
  public void close() {
    over = true;
    lock.lock();
    try {
      awaitHelp(-1);
    } finally {
      lock.unlock();
    }
  }

  /** Waits until so few items are left, or nobody helps; takes back help that has not begun. */
  private void awaitHelp(int left) {
    if (lent && assistant.withdraw(piece)) {
      lent = false;
    }
    awaited = left;
    while (lent && passed - done > left) {
      advanced.awaitUninterruptibly();
    }
    awaited = -1;
  }

  /** Does what is left on the owner's thread, while nobody helps. */
  private void drain() {
    if (failure instanceof Error error) {
      throw error;
    } else if (failure instanceof RuntimeException problem) {
      throw problem;
    }
    for (; done < passed; done++) {
      stage.accept(slots.get(done % SLOTS));
    }
    done = 0;
    passed = 0;
    announced = 0;
  }

  /** Does what there is and what comes soon, on a worker's thread. */
  private void help() {
    try {
      for (Optional<T> item = take(); item.isPresent(); item = take()) {
        stage.accept(item.get());
        settle();
      }
      end(null);
    } catch (RuntimeException | Error e) {
      end(e);
    }
  }

  /** Returns the item to work on; empty where the worker had better go. */
  private Optional<T> take() {
    if (assistant.wanted()) {
      return Optional.empty();
    }
    Optional<T> item = look();
    return item.isEmpty() && comes() ? look() : item;
  }

  private Optional<T> look() {
    lock.lock();
    try {
      return done == passed ? Optional.empty() : Optional.of(slots.get(done % SLOTS));
    } finally {
      lock.unlock();
    }
  }

  /** Waits a moment for another item, which is cheaper than to be woken for it. */
  private boolean comes() {
    long begin = System.nanoTime();
    while (announced == done) {
      if (over || assistant.wanted() || System.nanoTime() - begin > PATIENCE_NANOS) {
        return false;
      }
      Thread.onSpinWait();
    }
    return true;
  }

  /** Counts an item that has left the second stage; tells the owner if it waits for that. */
  private void settle() {
    lock.lock();
    try {
      done++;
      if (passed - done <= awaited) {
        advanced.signal();
      }
    } finally {
      lock.unlock();
    }
  }

  private void end(@Nullable Throwable problem) {
    lock.lock();
    try {
      failure = problem;
      lent = false;
      advanced.signal();
    } finally {
      lock.unlock();
    }
  }
}
