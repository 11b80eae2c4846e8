package dev.rendition.benchmarks.candidate;

import java.io.IOException;
import java.util.Map;

/** One engine used in one way. Not safe for use by many threads: each thread has its own. */
@FunctionalInterface
interface Candidate extends AutoCloseable {
  /** Makes the renditions of one source, in memory. */
  Map<Target, byte[]> make(Workload workload, byte[] source) throws IOException;

  @Override
  default void close() {}
}
