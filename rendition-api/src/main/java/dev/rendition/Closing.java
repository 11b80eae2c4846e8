package dev.rendition;

import java.io.IOException;
import java.util.List;

/** Closes parts one after another, each also if another cannot be closed. */
final class Closing {
  private Closing() {}

  /**
   * Closes parts in their order.
   *
   * @throws IOException the first problem, the others suppressed in it
   */
  static void each(List<AutoCloseable> parts) throws IOException {
    IOException problem = null;
    for (AutoCloseable part : parts) {
      try {
        part.close();
      } catch (Exception e) {
        if (e instanceof InterruptedException) {
          Thread.currentThread().interrupt();
        }
        IOException next = e instanceof IOException io ? io : new IOException(e);
        if (problem == null) {
          problem = next;
        } else {
          problem.addSuppressed(next);
        }
      }
    }
    if (problem != null) {
      throw problem;
    }
  }
}
