package dev.rendition.local.engine;

import java.io.IOException;

/**
 * Makes the renditions of one original: reads it once, and gives each rendition to a sink as soon
 * as it is encoded.
 *
 * <p>Not safe for use by many threads: each worker has an engine of its own, so that buffers are
 * reused from one original to the next without locks.
 */
public interface Engine {
  /**
   * Makes every rendition of a task on the calling thread. A spec that cannot be made is told to
   * the sink, and the others go on.
   *
   * @throws StepException if the source as a whole cannot be used, the budget is not granted, or
   *     the work was stopped; specs the sink was not told of were not made
   * @throws IOException if the source cannot be read, or what the sink threw
   */
  void render(EngineTask task, EngineSink sink) throws IOException;
}
