package dev.rendition.local.engine;

import java.io.IOException;

/**
 * Takes what an engine made. Called on the thread that called the engine, at most once for each
 * spec.
 */
public interface EngineSink {
  /**
   * Takes a finished rendition.
   *
   * @param spec which of the task's specs, counted from 0
   * @param encoded valid only during the call: its buffer is used again
   */
  void made(int spec, Encoded encoded) throws IOException;

  /**
   * Is told that a spec cannot be made.
   *
   * @param spec which of the task's specs, counted from 0
   */
  void failed(int spec, StepException problem);
}
