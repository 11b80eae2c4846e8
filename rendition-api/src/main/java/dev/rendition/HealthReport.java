package dev.rendition;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * What {@link Renditions#health()} found.
 *
 * @param ok whether a rendition was made, stored and read
 * @param detail one sentence: what was made, or what failed
 * @param elapsed how long it took
 */
public record HealthReport(boolean ok, String detail, Duration elapsed) {
  public HealthReport {
    requireNonNull(detail, "detail");
    requireNonNull(elapsed, "elapsed");
  }
}
