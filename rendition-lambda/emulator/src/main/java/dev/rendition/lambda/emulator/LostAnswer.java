package dev.rendition.lambda.emulator;

import java.util.concurrent.CompletionException;

/** The function ran, and its answer gets lost on the way: a fault on demand. */
final class LostAnswer extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Returns why a future failed, without the wrapping a chain of futures adds. */
  static Throwable cause(Throwable failure) {
    Throwable cause = failure.getCause();
    return failure instanceof CompletionException && cause != null ? cause : failure;
  }

  LostAnswer(String requestId) {
    super("The answer to " + requestId + " is dropped");
  }
}
