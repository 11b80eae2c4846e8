package dev.rendition.lambda;

import dev.rendition.generate.FailureReason;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A message was not answered. Says what is known about whether the worker worked. */
final class TransportException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What is known. */
  enum Kind {
    /** The backend has no room now; nothing was begun. */
    THROTTLED(FailureReason.BUSY),
    /** The backend could not be reached, or was broken itself; nothing was begun. */
    UNREACHED(FailureReason.BACKEND_FAILED),
    /** The connection broke after the message was sent: the worker may have worked, or works on. */
    LOST(FailureReason.BACKEND_FAILED),
    /** The worker ended in the middle of its work. */
    CRASHED(FailureReason.BACKEND_FAILED),
    /** The worker ran out of its own time. */
    TIMED_OUT(FailureReason.BACKEND_FAILED),
    /** The backend will never take this message as things are. */
    REFUSED(FailureReason.BACKEND_FAILED);

    private final FailureReason reason;

    Kind(FailureReason reason) {
      this.reason = reason;
    }

    /** Returns what a caller is told once nobody tries any more. */
    FailureReason reason() {
      return reason;
    }

    /** Returns whether it is certain that nothing was begun, so that repeating repeats nothing. */
    boolean nothingBegun() {
      return this == THROTTLED || this == UNREACHED;
    }
  }

  private final Kind kind;
  private final Duration patience;

  TransportException(Kind kind, String message, @Nullable Throwable cause) {
    this(kind, message, cause, Duration.ZERO);
  }

  /**
   * @param patience how long the backend asked to be left alone; zero if it did not say
   */
  TransportException(Kind kind, String message, @Nullable Throwable cause, Duration patience) {
    super(message, cause);
    this.kind = kind;
    this.patience = patience;
  }

  Kind kind() {
    return kind;
  }

  Duration patience() {
    return patience;
  }
}
