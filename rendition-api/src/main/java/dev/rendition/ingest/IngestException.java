package dev.rendition.ingest;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/** Something was not taken in. The message is one sentence: what, which value, what to do. */
public final class IngestException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final IngestReason reason;

  public IngestException(IngestReason reason, String message) {
    this(reason, message, null);
  }

  public IngestException(IngestReason reason, String message, @Nullable Throwable cause) {
    super(requireNonNull(message, "message"), cause);
    this.reason = requireNonNull(reason, "reason");
  }

  /** Returns why, from the closed list. */
  public IngestReason reason() {
    return reason;
  }

  /** Returns whether the same may succeed later without anybody changing anything. */
  public boolean retryable() {
    return reason.retryable();
  }

  /** Returns the message, which is always there. */
  String sentence() {
    return String.valueOf(getMessage());
  }
}
