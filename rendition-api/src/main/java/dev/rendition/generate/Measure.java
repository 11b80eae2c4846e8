package dev.rendition.generate;

import static java.util.Objects.requireNonNull;

/**
 * A number somebody watches.
 *
 * @param name words of lower-case letters, digits and {@code -}, joined by dots, such as {@code
 *     rendition.local.queue}
 * @param counts whether it only grows, since its owner was made; else it goes up and down
 * @param value the number as it is now
 * @param description one sentence, with the unit
 */
public record Measure(String name, boolean counts, double value, String description) {
  public Measure {
    requireNonNull(description, "description");
    if (!name.matches("[a-z][a-z0-9-]*(\\.[a-z0-9-]+)*")) {
      throw new IllegalArgumentException("a measure's name is words joined by dots, was " + name);
    }
  }

  /** A number that only grows. */
  public static Measure counter(String name, double value, String description) {
    return new Measure(name, true, value, description);
  }

  /** A number that goes up and down. */
  public static Measure gauge(String name, double value, String description) {
    return new Measure(name, false, value, description);
  }
}
