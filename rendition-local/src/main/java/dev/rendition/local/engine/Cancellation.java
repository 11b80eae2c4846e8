package dev.rendition.local.engine;

/**
 * Asked again and again while a source is read, by the thread that reads it, so that the work can
 * be stopped between two rows or two blocks of bytes.
 */
@FunctionalInterface
public interface Cancellation {
  /** Never stops. */
  Cancellation NONE = () -> {};

  /**
   * Returns normally to go on, or throws to stop: a {@link StepException} with the reason {@code
   * CANCELLED} or {@code DEADLINE_EXCEEDED}. What it throws reaches the caller of the reader as it
   * is. It must be cheap: a few nanoseconds.
   */
  void check();
}
