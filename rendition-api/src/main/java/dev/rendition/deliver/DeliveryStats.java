package dev.rendition.deliver;

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
    long keptBytes) {}
