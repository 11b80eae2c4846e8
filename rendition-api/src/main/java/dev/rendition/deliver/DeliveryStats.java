package dev.rendition.deliver;

import dev.rendition.generate.Measure;
import java.util.List;

/**
 * What a {@link ReadThrough} did since it was made, and what it does now. The numbers are read one
 * after the other, not in one moment.
 *
 * @param hits requests answered from the store
 * @param misses requests the store had nothing for
 * @param generated renditions made because of a miss
 * @param joined misses that waited for a rendition another request had begun
 * @param refusedFromMemory misses answered by a failure remembered from before
 * @param failed generations that failed
 * @param abandoned generations stopped because nobody waited any more
 * @param unstored renditions served although the store did not take them
 * @param storeFailures reads of the renditions store that failed
 * @param claimFailures claims that could not be made because the store failed; the work went on
 * @param claimedElsewhere generations that waited for another machine's claim
 * @param inFlight generations under way
 * @param keptBytes bytes on the heap for requests under way
 */
public record DeliveryStats(
    long hits,
    long misses,
    long generated,
    long joined,
    long refusedFromMemory,
    long failed,
    long abandoned,
    long unstored,
    long storeFailures,
    long claimFailures,
    long claimedElsewhere,
    int inFlight,
    long keptBytes) {

  /** Returns the numbers under the names they are watched by. */
  public List<Measure> measures() {
    return List.of(
        count("hits", hits, "Requests answered from the store."),
        count("misses", misses, "Requests the store had nothing for."),
        count("generated", generated, "Renditions made because of a miss."),
        count("joined", joined, "Misses that waited for a rendition already under way."),
        count("refused-from-memory", refusedFromMemory, "Misses answered by a remembered failure."),
        count("failed", failed, "Generations that failed."),
        count("abandoned", abandoned, "Generations stopped because nobody waited any more."),
        count("unstored", unstored, "Renditions served although the store did not take them."),
        count("store-failures", storeFailures, "Reads of the renditions store that failed."),
        count("claim-failures", claimFailures, "Claims the store could not take."),
        count("claimed-elsewhere", claimedElsewhere, "Generations another machine had claimed."),
        Measure.gauge("rendition.delivery.in-flight", inFlight, "Generations under way."),
        Measure.gauge(
            "rendition.delivery.kept", (double) keptBytes, "Bytes kept for requests under way."));
  }

  private static Measure count(String name, long value, String description) {
    return Measure.counter("rendition.delivery." + name, (double) value, description);
  }
}
