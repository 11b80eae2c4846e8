package dev.rendition.benchmarks;

/**
 * What one round cost.
 *
 * @param cpu user and system seconds of the whole process per asset
 * @param wall seconds per asset; 0 where that is not measured
 * @param bytes of all renditions of an asset together; 0 where they are not kept
 * @param peakHeap the most bytes in the heap's pools, summed; 0 outside the JVM
 */
record Sample(double cpu, double wall, long bytes, long peakHeap) {}
