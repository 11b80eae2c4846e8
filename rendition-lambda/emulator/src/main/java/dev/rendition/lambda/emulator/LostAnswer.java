package dev.rendition.lambda.emulator;

/** The function ran, and its answer gets lost on the way: a fault on demand. */
final class LostAnswer extends RuntimeException {
  private static final long serialVersionUID = 1L;

  LostAnswer(String requestId) {
    super("The answer to " + requestId + " is dropped");
  }
}
