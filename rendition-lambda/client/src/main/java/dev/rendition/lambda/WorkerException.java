package dev.rendition.lambda;

/**
 * The function itself failed: it threw, ended, or ran out of time. The cause of the {@code
 * RenditionException} a caller gets. Texts come from the function and are shortened and made
 * printable.
 */
public final class WorkerException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String type;
  private final String logTail;

  WorkerException(String type, String message, String logTail) {
    super(
        (type.isEmpty() ? "the function failed" : type)
            + (message.isEmpty() ? "" : ": " + message)
            + (logTail.isEmpty() ? "" : "\nlast lines of its log:\n" + logTail));
    this.type = type;
    this.logTail = logTail;
  }

  /** Returns the kind of error, such as {@code Runtime.ExitError}; may be empty. */
  public String type() {
    return type;
  }

  /** Returns the last lines of the function's log, at most 4,096 characters; may be empty. */
  public String logTail() {
    return logTail;
  }
}
