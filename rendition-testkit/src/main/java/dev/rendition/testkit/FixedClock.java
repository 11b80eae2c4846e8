package dev.rendition.testkit;

import static java.util.Objects.requireNonNull;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;

/** A clock that stands until it is set. Safe for use by many threads. */
public final class FixedClock extends Clock {
  private final AtomicReference<Instant> time;
  private final ZoneId zone;

  private FixedClock(AtomicReference<Instant> time, ZoneId zone) {
    this.time = time;
    this.zone = zone;
  }

  /** Returns a clock in UTC that stands at a moment. */
  public static FixedClock at(Instant moment) {
    return new FixedClock(new AtomicReference<>(requireNonNull(moment, "moment")), ZoneOffset.UTC);
  }

  /** Returns a clock in UTC that stands at a moment written like {@code 2024-06-01T12:00:00Z}. */
  public static FixedClock at(String moment) {
    return at(Instant.parse(moment));
  }

  /** Sets this clock, and every clock that {@link #withZone} made of it. */
  public void set(Instant moment) {
    time.set(requireNonNull(moment, "moment"));
  }

  /**
   * Moves this clock.
   *
   * @param by negative to move it back
   * @return the moment it stands at now
   */
  public Instant advance(Duration by) {
    return requireNonNull(time.updateAndGet(moment -> moment.plus(by)));
  }

  @Override
  public ZoneId getZone() {
    return zone;
  }

  @Override
  public FixedClock withZone(ZoneId other) {
    return new FixedClock(time, requireNonNull(other, "zone"));
  }

  @Override
  public Instant instant() {
    return requireNonNull(time.get());
  }
}
