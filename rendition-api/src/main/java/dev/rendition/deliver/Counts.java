package dev.rendition.deliver;

import java.util.concurrent.atomic.LongAdder;

/** Counts what a {@link ReadThrough} does. Safe for use by many threads. */
final class Counts {
  final LongAdder hits = new LongAdder();
  final LongAdder misses = new LongAdder();
  final LongAdder generated = new LongAdder();
  final LongAdder joined = new LongAdder();
  final LongAdder fromMemory = new LongAdder();
  final LongAdder failed = new LongAdder();
  final LongAdder abandoned = new LongAdder();
  final LongAdder unstored = new LongAdder();
  final LongAdder storeFailures = new LongAdder();
  final LongAdder claimFailures = new LongAdder();
  final LongAdder claimedElsewhere = new LongAdder();

  DeliveryStats read(int inFlight, long keptBytes) {
    return new DeliveryStats(
        hits.sum(),
        misses.sum(),
        generated.sum(),
        joined.sum(),
        fromMemory.sum(),
        failed.sum(),
        abandoned.sum(),
        unstored.sum(),
        storeFailures.sum(),
        claimFailures.sum(),
        claimedElsewhere.sum(),
        inFlight,
        keptBytes);
  }
}
