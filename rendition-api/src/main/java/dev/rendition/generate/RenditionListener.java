package dev.rendition.generate;

import java.time.Duration;

/**
 * Is told what happens to requests. Called on whichever thread it happens on, also concurrently; an
 * implementation returns soon. What it throws is logged and changes nothing.
 */
public interface RenditionListener {
  /** A request was handed to the generator. */
  default void requested(RenditionRequest request) {}

  /**
   * A part of the work on a request has ended; told by generators of this process that were given
   * the listener. A request that fails has only the stages it came to.
   */
  default void stage(RenditionRequest request, RenditionStage stage, Duration elapsed) {}

  /** A request was answered with a report, some of whose outcomes may have failed. */
  default void answered(RenditionRequest request, RenditionReport report, Duration elapsed) {}

  /** A request could not be answered as a whole, or was cancelled. */
  default void refused(RenditionRequest request, RenditionException problem, Duration elapsed) {}
}
