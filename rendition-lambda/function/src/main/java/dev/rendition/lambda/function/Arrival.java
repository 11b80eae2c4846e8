package dev.rendition.lambda.function;

import dev.rendition.generate.FailureReason;

/** What became of one object an event tells of. */
sealed interface Arrival {
  /** Every rendition is there. */
  record Made(int renditions) implements Arrival {}

  /** There was nothing to do, and that is no mistake. */
  record Passed(String why) implements Arrival {}

  /**
   * Something is missing that should be there.
   *
   * @param retryable whether delivering the event again may help
   * @param reason of the first failure
   * @param detail one line for an operator
   */
  record Failed(boolean retryable, FailureReason reason, String detail) implements Arrival {
    public Failed {
      detail = Shown.line(detail);
    }

    static Failed of(FailureReason reason, String detail) {
      return new Failed(reason.retryable(), reason, detail);
    }
  }
}
