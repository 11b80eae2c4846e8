package dev.rendition.lifecycle;

import java.time.Duration;

/**
 * How fast originals are worked through.
 *
 * @param interval the least time from one start to the next, at most a day; zero for as fast as the
 *     backend answers
 */
public record Rate(Duration interval) {
  /** As fast as the backend answers. */
  public static final Rate UNLIMITED = new Rate(Duration.ZERO);

  public Rate {
    if (interval.isNegative() || interval.compareTo(Duration.ofDays(1)) > 0) {
      throw new IllegalArgumentException("an interval is zero to a day, was " + interval);
    }
  }

  /**
   * Returns a number of originals per second.
   *
   * @param originals at most 10,000, at least one a day
   */
  public static Rate perSecond(double originals) {
    if (!(originals > 0 && originals <= 10_000)) {
      throw new IllegalArgumentException(
          "a rate is more than 0 and at most 10000 per second, was " + originals);
    }
    return new Rate(Duration.ofNanos(Math.round(1e9 / originals)));
  }
}
