package dev.rendition.lambda;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * Lets a number of tasks run and a number of others wait in order of arrival. Safe for use by many
 * threads.
 *
 * @param <T> what runs
 */
final class Gate<T> {
  private final int places;
  private final int seats;
  private final Deque<T> waiting = new ArrayDeque<>();
  private int running;

  /**
   * @param places how many run at a time
   * @param seats how many may wait
   */
  Gate(int places, int seats) {
    this.places = places;
    this.seats = seats;
  }

  /** What is to be done with a task now. */
  enum Verdict {
    /** It has a place. */
    RUNS,
    /** It waits and will be returned by a later {@link #leave}. */
    WAITS,
    /** It is not taken. */
    FULL
  }

  synchronized Verdict enter(T task) {
    if (running < places) {
      running++;
      return Verdict.RUNS;
    }
    if (waiting.size() >= seats) {
      return Verdict.FULL;
    }
    waiting.addLast(task);
    return Verdict.WAITS;
  }

  /**
   * As {@link #enter}, for what was let in before: it goes to the front and is never turned away.
   */
  synchronized Verdict enterAgain(T task) {
    if (running < places) {
      running++;
      return Verdict.RUNS;
    }
    waiting.addFirst(task);
    return Verdict.WAITS;
  }

  /**
   * Takes a task out if it still waits.
   *
   * @return whether it did; else it has a place, which the caller has to give up
   */
  synchronized boolean forget(T task) {
    return waiting.remove(task);
  }

  /** Gives a place up. Returns who has it now, which is to be started; or nobody. */
  synchronized Optional<T> leave() {
    Optional<T> next = Optional.ofNullable(waiting.pollFirst());
    if (next.isEmpty()) {
      running--;
    }
    return next;
  }

  synchronized int running() {
    return running;
  }

  synchronized int waiting() {
    return waiting.size();
  }
}
