package dev.rendition.local.engine;

import static java.util.Objects.requireNonNull;

import dev.rendition.generate.FailureReason;
import org.jspecify.annotations.Nullable;

/**
 * Tells that a step cannot do its work on this source. It becomes the reason and the detail of a
 * failed outcome; its message is one sentence that says what, which value, and the remedy.
 */
public final class StepException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final FailureReason reason;
  private final String detail;

  public StepException(FailureReason reason, String detail) {
    this(reason, detail, null);
  }

  public StepException(FailureReason reason, String detail, @Nullable Throwable cause) {
    super(requireNonNull(detail, "detail"), cause);
    this.detail = detail;
    this.reason = requireNonNull(reason, "reason");
  }

  /** Returns a refusal of bytes that contradict their own format. */
  static StepException damaged(String detail) {
    return new StepException(FailureReason.SOURCE_DAMAGED, detail);
  }

  /** Returns a refusal of a known format, or of a kind of it, that nobody here can read. */
  static StepException notSupported(String detail) {
    return new StepException(FailureReason.FORMAT_NOT_SUPPORTED, detail);
  }

  /** Returns a refusal of a value that lies above a limit. */
  static StepException limit(String detail) {
    return new StepException(FailureReason.LIMIT_EXCEEDED, detail);
  }

  /** Tells whether the work was stopped, or never let in, rather than one step being impossible. */
  public boolean stopsEverything() {
    return reason == FailureReason.CANCELLED
        || reason == FailureReason.DEADLINE_EXCEEDED
        || reason == FailureReason.BUSY;
  }

  /** Returns the message. */
  public String detail() {
    return detail;
  }

  public FailureReason reason() {
    return reason;
  }
}
