package dev.rendition;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/** Who may follow a link. */
public sealed interface UrlPolicy {
  /** Everybody, for ever: the public base and the key. */
  record Public() implements UrlPolicy {}

  /**
   * Whoever holds the link, until it expires.
   *
   * @param validity more than zero
   */
  record Signed(Duration validity) implements UrlPolicy {
    public Signed {
      if (requireNonNull(validity, "validity").isZero() || validity.isNegative()) {
        throw new IllegalArgumentException("a validity is more than zero, was " + validity);
      }
    }
  }

  /** Returns the policy of a plain link. */
  static UrlPolicy publicLink() {
    return new Public();
  }

  /** Returns the policy of a link that expires. */
  static UrlPolicy signed(Duration validity) {
    return new Signed(validity);
  }
}
