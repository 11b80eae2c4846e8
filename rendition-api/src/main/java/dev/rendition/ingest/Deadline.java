package dev.rendition.ingest;

import java.time.Duration;
import java.util.function.LongSupplier;

/** The moment by which all of something has to be done. Safe for use by many threads. */
final class Deadline {
  private final LongSupplier nanoTime;
  private final long end;
  private final Duration limit;

  Deadline(Duration limit, LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.limit = limit;
    this.end = nanoTime.getAsLong() + limit.toNanos();
  }

  boolean isOver() {
    return nanosLeft() <= 0;
  }

  long nanosLeft() {
    return end - nanoTime.getAsLong();
  }

  /**
   * Returns the milliseconds one step may take, 1 or more.
   *
   * @throws IngestException with {@link IngestReason#TIME_LIMIT} if none are left
   */
  int millis(Duration step) {
    long left = nanosLeft();
    if (left <= 0) {
      throw passed();
    }
    long millis = Math.min(step.toMillis(), left / 1_000_000);
    return (int) Math.max(1, Math.min(millis, Integer.MAX_VALUE));
  }

  IngestException passed() {
    return new IngestException(
        IngestReason.TIME_LIMIT,
        "fetching the URL took more than " + limit + "; try again, or raise the limit");
  }
}
