package dev.rendition.lifecycle;

import static java.util.Objects.requireNonNull;

import dev.rendition.asset.AssetInfo;
import dev.rendition.asset.AssetKey;
import dev.rendition.generate.RenditionOutcome;
import dev.rendition.generate.RenditionRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * What has to be made and what may go after recipes or originals changed. It is a value: looking at
 * it changes nothing. Safe for use by many threads; {@link #execute} by one at a time.
 */
public final class RegenerationPlan {
  private final List<RenditionRequest> missing;
  private final List<AssetInfo> stale;
  private final List<AssetKey> absent;
  private final Executor executor;

  /** Carries a plan out; the facade knows how. */
  public interface Executor {
    /** Makes renditions and waits for them. */
    List<RenditionOutcome> make(RenditionRequest request);

    /** Deletes a rendition, unless what replaces it could not be made. */
    void delete(AssetKey key) throws IOException;
  }

  /**
   * Makes a plan.
   *
   * @param missing one request for each original that lacks renditions
   * @param stale renditions no present recipe of their original leads to
   * @param absent keys whose original is not there
   * @param executor carries it out
   */
  public RegenerationPlan(
      List<RenditionRequest> missing,
      List<AssetInfo> stale,
      List<AssetKey> absent,
      Executor executor) {
    this.missing = List.copyOf(missing);
    this.stale = List.copyOf(stale);
    this.absent = List.copyOf(absent);
    this.executor = requireNonNull(executor, "executor");
  }

  /**
   * Returns the requests that would make what is missing, one for each original that lacks
   * something.
   */
  public List<RenditionRequest> missing() {
    return missing;
  }

  /** Returns how many renditions are missing. */
  public int missingRenditions() {
    return missing.stream().mapToInt(request -> request.specs().size()).sum();
  }

  /**
   * Returns the renditions no present recipe leads to; those of absent originals are among them.
   */
  public List<AssetInfo> stale() {
    return stale;
  }

  /** Returns the keys that were planned for and whose original is not there. */
  public List<AssetKey> absent() {
    return absent;
  }

  /** Returns whether nothing is to be done. */
  public boolean isEmpty() {
    return missing.isEmpty() && stale.isEmpty();
  }

  /**
   * Makes what is missing, then deletes what is stale; what is stale of an original whose new
   * renditions could not all be made stays. Blocks until everything is done, or the thread is
   * interrupted: then it ends after the original at hand, and a new plan shows what is left.
   *
   * @return what became of each rendition made, in order
   * @throws IOException if a stale rendition cannot be deleted
   */
  public List<RenditionOutcome> execute(Rate rate) throws IOException {
    List<RenditionOutcome> outcomes = new ArrayList<>();
    long next = System.nanoTime();
    for (RenditionRequest request : missing) {
      if (!pause(next)) {
        return outcomes;
      }
      // Counted from now where the one before took longer: a slow backend is not caught up with.
      next = System.nanoTime() + rate.interval().toNanos();
      outcomes.addAll(executor.make(request));
    }
    for (AssetInfo rendition : stale) {
      if (Thread.currentThread().isInterrupted()) {
        return outcomes;
      }
      executor.delete(rendition.key());
    }
    return outcomes;
  }

  @Override
  public String toString() {
    return missingRenditions()
        + " renditions of "
        + missing.size()
        + " originals are missing, "
        + stale.size()
        + " are stale ("
        + stale.stream().mapToLong(AssetInfo::length).sum()
        + " bytes), "
        + absent.size()
        + " originals are absent";
  }

  private static boolean pause(long until) {
    try {
      long nanos = until - System.nanoTime();
      if (nanos > 0) {
        TimeUnit.NANOSECONDS.sleep(nanos);
      }
      return !Thread.currentThread().isInterrupted();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
