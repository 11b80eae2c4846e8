package dev.rendition.generate;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/** A request as a whole could not be answered. The message is one sentence for an operator. */
public final class RenditionException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final FailureReason reason;

  public RenditionException(FailureReason reason, String message) {
    this(reason, message, null);
  }

  public RenditionException(FailureReason reason, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.reason = requireNonNull(reason, "reason");
  }

  /** Returns why, from the closed list. */
  public FailureReason reason() {
    return reason;
  }

  /** Returns whether the same request may succeed later without anybody changing anything. */
  public boolean retryable() {
    return reason.retryable();
  }
}
