package dev.rendition.lifecycle;

import static java.util.Objects.requireNonNull;

import dev.rendition.asset.AssetKey;
import dev.rendition.generate.RenditionOutcome;
import dev.rendition.generate.RenditionRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * What has to be made and what may go after recipes or originals changed. It is a value: looking at
 * it changes nothing, and it never changes. It holds only originals for which something is to be
 * done, packed: about 40 bytes each. Safe for use by many threads.
 */
public final class RegenerationPlan {
  /** What making renditions of one byte of an original takes, in nanoseconds of a processor. */
  private static final long NANOS_PER_BYTE = 15;

  /** What one rendition takes beside that, in nanoseconds of a processor. */
  private static final long NANOS_PER_RENDITION = 12_000_000;

  private final PlanLog log;
  private final Executor executor;
  private final long looked;
  private final long missing;
  private final long stale;
  private final long orphans;
  private final long staleBytes;
  private final long orphanBytes;
  private final long absent;
  private final long unplanned;
  private final Duration cost;

  /** Carries a plan out; the facade knows how. */
  public interface Executor {
    /** Returns the requests that make what a unit misses. */
    List<RenditionRequest> requests(PlanUnit unit);

    /** Makes renditions and waits for them. */
    List<RenditionOutcome> make(RenditionRequest request);

    /** Deletes a unit's leftovers. */
    void delete(List<AssetKey> keys) throws IOException;
  }

  private RegenerationPlan(Builder from, Executor executor) {
    this.log = from.log.finish();
    this.executor = executor;
    this.looked = from.looked;
    this.missing = from.missing;
    this.stale = from.stale;
    this.orphans = from.orphans;
    this.staleBytes = from.staleBytes;
    this.orphanBytes = from.orphanBytes;
    this.absent = from.absent;
    this.unplanned = from.unplanned;
    this.cost = Duration.ofNanos(from.nanos);
  }

  /** Begins an empty plan. */
  public static Builder builder() {
    return new Builder();
  }

  /** Returns what is to be done, original by original, in the order they were looked at. */
  public Stream<PlanUnit> units() {
    return StreamSupport.stream(
        Spliterators.spliterator(
            log.iterator(), log.size(), Spliterator.ORDERED | Spliterator.NONNULL),
        false);
  }

  /**
   * Returns the requests that would make what is missing, one for each original that lacks
   * something, or more if it lacks very much. All of them at once: {@link #units} does not fill the
   * heap.
   */
  public List<RenditionRequest> missing() {
    List<RenditionRequest> requests = new ArrayList<>();
    for (PlanUnit unit : log) {
      requests.addAll(executor.requests(unit));
    }
    return requests;
  }

  /** Returns how many originals were looked at. */
  public long originals() {
    return looked;
  }

  /**
   * Returns how many originals were passed over because the layout has no keys for renditions of
   * them; they are not among {@link #originals}.
   */
  public long unplanned() {
    return unplanned;
  }

  /** Returns how many renditions are missing, or were made of other bytes or otherwise. */
  public long missingRenditions() {
    return missing;
  }

  /** Returns how many renditions no present recipe leads to, those of absent originals included. */
  public long staleRenditions() {
    return stale;
  }

  /** Returns how many renditions have no original any more; they count as stale too. */
  public long orphanRenditions() {
    return orphans;
  }

  /** Returns how many bytes the stale renditions have, orphans included. */
  public long staleBytes() {
    return staleBytes;
  }

  /** Returns how many bytes the orphans have. */
  public long orphanBytes() {
    return orphanBytes;
  }

  /**
   * Returns about how much time of a processor making what is missing takes: 15 ns for each byte of
   * an original and 12 ms for each rendition, as measured with photos (docs/performance.md). Rather
   * a size than a promise.
   */
  public Duration estimatedCpuTime() {
    return cost;
  }

  /**
   * Returns the renditions no present recipe leads to; those of absent originals are among them.
   */
  public List<PlanUnit.Leftover> stale() {
    return units().flatMap(unit -> unit.leftovers().stream()).toList();
  }

  /** Returns the keys that were planned for and whose original is not there. */
  public List<AssetKey> absent() {
    return units().filter(unit -> unit.original().isEmpty()).map(PlanUnit::source).toList();
  }

  /** Returns whether nothing is to be done. */
  public boolean isEmpty() {
    return missing == 0 && stale == 0;
  }

  /**
   * Returns what would happen, a line for each change: {@code + tenant/path recipe,recipe}, {@code
   * - key (stale, 123 bytes)}, {@code - key (orphan, 123 bytes)}.
   */
  public Stream<String> diff() {
    return units().flatMap(RegenerationPlan::lines);
  }

  /**
   * Makes what is missing and deletes what is stale, one original at a time; see {@link
   * #execute(PlanRun)}.
   *
   * @return what became of each rendition made, in order
   * @throws IOException if a stale rendition cannot be deleted
   */
  public List<RenditionOutcome> execute(Rate rate) throws IOException {
    List<RenditionOutcome> all = new ArrayList<>();
    PlanProgress unused =
        execute(PlanRun.at(rate).listener((source, outcomes, progress) -> all.addAll(outcomes)));
    return all;
  }

  /**
   * Makes what each original misses, then deletes what is stale of it; that stays if not all could
   * be made. Blocks until everything is done, or the listener ends it, or the thread is
   * interrupted: then it ends after the originals at hand, and the same plan continues from the
   * token in what this returns, or a new plan shows what is left. Carrying a plan out twice is
   * harmless.
   *
   * @throws IllegalArgumentException if the run's token is of another plan
   * @throws IOException if a stale rendition cannot be deleted
   */
  public PlanProgress execute(PlanRun run) throws IOException {
    return new PlanExecution(log, executor, run).run();
  }

  @Override
  public String toString() {
    return missing
        + " renditions of "
        + units().filter(unit -> !unit.missing().isEmpty()).count()
        + " originals are missing, "
        + stale
        + " are stale ("
        + staleBytes
        + " bytes), "
        + absent
        + " originals are absent";
  }

  private static Stream<String> lines(PlanUnit unit) {
    Stream<String> more =
        unit.missing().isEmpty()
            ? Stream.empty()
            : Stream.of("+ " + unit.source() + " " + String.join(",", unit.missing()));
    Stream<String> less =
        unit.leftovers().stream()
            .map(
                left ->
                    "- "
                        + left.key()
                        + (left.orphan() ? " (orphan, " : " (stale, ")
                        + left.bytes()
                        + " bytes)");
    return Stream.concat(more, less);
  }

  /** Collects units. Not safe for use by many threads. */
  public static final class Builder {
    private final PlanLog log = new PlanLog();
    private long looked;
    private long missing;
    private long stale;
    private long orphans;
    private long staleBytes;
    private long orphanBytes;
    private long absent;
    private long unplanned;
    private long nanos;

    private Builder() {}

    /** Adds what is to be done for one original, which may be nothing. */
    public Builder add(PlanUnit unit) {
      looked++;
      missing += unit.missing().size();
      absent += unit.original().isEmpty() ? 1 : 0;
      for (PlanUnit.Leftover leftover : unit.leftovers()) {
        stale++;
        staleBytes += leftover.bytes();
        orphans += leftover.orphan() ? 1 : 0;
        orphanBytes += leftover.orphan() ? leftover.bytes() : 0;
      }
      if (unit.original().isPresent() && !unit.missing().isEmpty()) {
        nanos +=
            unit.original().get().length() * NANOS_PER_BYTE
                + unit.missing().size() * NANOS_PER_RENDITION;
      }
      if (!unit.isEmpty()) {
        log.add(unit);
      }
      return this;
    }

    /** Notes an original the layout has no keys for. */
    public Builder passOver() {
      unplanned++;
      return this;
    }

    /** Returns the plan; nothing may be added afterwards. */
    public RegenerationPlan build(Executor executor) {
      return new RegenerationPlan(this, requireNonNull(executor, "executor"));
    }
  }
}
