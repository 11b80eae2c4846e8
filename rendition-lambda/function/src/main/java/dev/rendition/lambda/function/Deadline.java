package dev.rendition.lambda.function;

import dev.rendition.generate.FailureReason;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * Until when an invocation works: a margin before Lambda would end it, so that there is time left
 * to answer.
 *
 * @param moment when work stops
 * @param clock what time it is
 */
record Deadline(Instant moment, Clock clock) {
  /**
   * Returns the deadline of an invocation.
   *
   * @param remaining how long Lambda lets it run, counted from now
   * @param margin how long before that work stops
   */
  static Deadline after(Duration remaining, Duration margin, Clock clock) {
    return new Deadline(clock.instant().plus(remaining).minus(margin), clock);
  }

  /** Returns the earlier of this moment and another. */
  Instant orEarlier(Instant other) {
    return other.isBefore(moment) ? other : moment;
  }

  /** Returns how long is left, zero or more. */
  Duration left() {
    Duration left = Duration.between(clock.instant(), moment);
    return left.isNegative() ? Duration.ZERO : left;
  }

  /**
   * Refuses to begin what cannot be ended.
   *
   * @throws EventFailedException if nothing is left
   */
  void requireTime() {
    if (left().isZero()) {
      throw new EventFailedException(
          FailureReason.DEADLINE_EXCEEDED,
          "no time is left in this invocation; raise the function's timeout, or hand it fewer"
              + " objects at once");
    }
  }
}
