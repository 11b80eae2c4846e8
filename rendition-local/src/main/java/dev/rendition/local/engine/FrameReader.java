package dev.rendition.local.engine;

import java.io.IOException;

/**
 * Gives the frames of a source one after another, each complete on its canvas. Not safe for use by
 * many threads.
 */
public interface FrameReader {
  /**
   * One frame.
   *
   * @param picture the whole canvas, in arrays of its own
   * @param delayMillis how long it is shown, 0 or more
   */
  record Frame(Picture picture, int delayMillis) {}

  boolean hasNext();

  /**
   * Returns how often the animation is shown, 1 to 65,536, 0 for without end; known after the first
   * frame.
   */
  default int plays() {
    return 1;
  }

  /**
   * Returns the next frame.
   *
   * @throws StepException if it cannot be read
   * @throws java.util.NoSuchElementException behind the last one
   */
  Frame next() throws IOException;
}
