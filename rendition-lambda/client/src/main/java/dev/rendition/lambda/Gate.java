package dev.rendition.lambda;

import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Lets a number of tasks run and a number of others wait in order of arrival. Safe for use by many
 * threads.
 *
 * @param <T> what runs
 */
final class Gate<T> {
  private final int places;
  private final int seats;
  private final Set<T> waiting = new LinkedHashSet<>();
  private final Set<T> returned = new LinkedHashSet<>();
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
    waiting.add(task);
    return Verdict.WAITS;
  }

  /**
   * As {@link #enter}, for what was let in before: it comes before the others and is never turned
   * away.
   */
  synchronized Verdict enterAgain(T task) {
    if (running < places) {
      running++;
      return Verdict.RUNS;
    }
    returned.add(task);
    return Verdict.WAITS;
  }

  /**
   * Takes a task out if it still waits.
   *
   * @return whether it did; else it has a place, which the caller has to give up
   */
  synchronized boolean forget(T task) {
    return waiting.remove(task) || returned.remove(task);
  }

  /** Gives a place up. Returns who has it now, which is to be started; or nobody. */
  synchronized Optional<T> leave() {
    Iterator<T> line = (returned.isEmpty() ? waiting : returned).iterator();
    if (!line.hasNext()) {
      running--;
      return Optional.empty();
    }
    T next = line.next();
    line.remove();
    return Optional.of(next);
  }
}
