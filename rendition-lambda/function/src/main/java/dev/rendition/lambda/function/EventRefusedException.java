package dev.rendition.lambda.function;

import static java.util.Objects.requireNonNull;

import dev.rendition.generate.FailureReason;

/**
 * An event, or an object it tells of, cannot be worked on now or ever: trying again would end the
 * same way. Lambda reports the name of this class as the error's type. The message is one line for
 * an operator and is safe to log.
 */
public final class EventRefusedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final FailureReason reason;

  /** Makes the problem; control characters in the message become {@code ?}. */
  public EventRefusedException(FailureReason reason, String message) {
    super(Shown.line(message));
    this.reason = requireNonNull(reason, "reason");
  }

  /** Returns why, from the closed list. */
  public FailureReason reason() {
    return reason;
  }
}
