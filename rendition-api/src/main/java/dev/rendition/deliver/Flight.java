package dev.rendition.deliver;

import dev.rendition.generate.RenditionException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;

/**
 * One rendition under way, and how many wait for it. Its landing is also its off switch: once that
 * is completed, by whomever, the work ends at its next step. Safe for use by many threads.
 */
final class Flight {
  private final Wanted wanted;
  private final DeliveryStore.Awaited bytes;
  private final CompletableFuture<Landing> landing = new CompletableFuture<>();
  private int aboard;
  private boolean landed;

  Flight(Wanted wanted, DeliveryStore.Awaited bytes) {
    this.wanted = wanted;
    this.bytes = bytes;
  }

  /**
   * How a flight ended well.
   *
   * @param from whether the bytes were there, were made, or could not be stored
   * @param kept the bytes, where they were kept
   */
  record Landing(Delivered.From from, Optional<KeptBytes> kept) {}

  Wanted wanted() {
    return wanted;
  }

  CompletableFuture<Landing> landing() {
    return landing;
  }

  Optional<KeptBytes> bytes() {
    return bytes.bytes();
  }

  boolean over() {
    return landing.isDone();
  }

  /** Takes one more aboard; false if the flight has landed or was abandoned. */
  synchronized boolean board() {
    if (landed) {
      return false;
    }
    aboard++;
    return true;
  }

  /** Returns whether that was the last one, and nobody has an answer yet. */
  synchronized boolean leave() {
    aboard--;
    if (aboard > 0) {
      return false;
    }
    if (landed) {
      bytes.close();
      return false;
    }
    landed = true;
    bytes.stop();
    return true;
  }

  void land(Landing how) {
    ended();
    landing.complete(how);
  }

  void fail(RenditionException problem) {
    ended();
    landing.completeExceptionally(problem);
  }

  /** Ends something as soon as this flight ends, however that happens. */
  void ends(Future<?> work) {
    var unused = landing.whenComplete((how, problem) -> work.cancel(false));
  }

  /** Before anybody is woken, so that who leaves at once finds the flight landed. */
  private synchronized void ended() {
    landed = true;
    bytes.stop();
    if (aboard == 0) {
      bytes.close();
    }
  }
}
