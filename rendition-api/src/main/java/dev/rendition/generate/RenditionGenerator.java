package dev.rendition.generate;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Makes renditions of originals: reads the original from its store, writes the renditions into
 * theirs. Bytes never cross this interface, so that every backend has the same shape.
 *
 * <p>Implementations are safe for use by many threads and pass {@code RenditionGeneratorContract}
 * of rendition-testkit.
 */
public interface RenditionGenerator extends AutoCloseable {
  /**
   * Makes every rendition asked for. A failed recipe does not stop the others.
   *
   * <p>Returns at once; the caller's thread never waits, opens no stream and decodes nothing.
   * Asking again is harmless: the same request leaves the same bytes under the same keys.
   *
   * @return a future of the report, whose outcomes stand in the order of the request's specs. It
   *     completes exceptionally with a {@link RenditionException} if the request as a whole could
   *     not be answered: the source is absent, the backend is busy, the deadline passed. Cancelling
   *     it stops the work soon; what was stored by then stays
   */
  CompletableFuture<RenditionReport> generate(RenditionRequest request);

  /**
   * Asks the backend who it is, for {@code Renditions.verify()}: whether it can be reached, and
   * whether it fits this release. Returns at once and makes nothing.
   *
   * @return a future of one sentence for an operator, empty if there is nothing to ask, as for a
   *     generator in this process. It completes exceptionally with a {@link RenditionException} if
   *     the backend cannot be used
   */
  default CompletableFuture<String> probe() {
    return CompletableFuture.completedFuture("");
  }

  /**
   * Returns the numbers worth watching, as they are now: how many wait, how much memory is taken.
   * Cheap, never blocks on I/O. None unless the backend has some; one made of others gives theirs.
   */
  default List<Measure> measures() {
    return List.of();
  }

  /**
   * Stops taking requests, cancels what is queued or running, and frees every thread. Closing twice
   * does nothing. Does not close the stores it was given.
   */
  @Override
  void close();
}
