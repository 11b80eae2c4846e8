package dev.rendition.lambda.emulator;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.ToIntFunction;

/**
 * The last records of a kind: bounded in number and in length, the oldest go first. Safe for use by
 * many threads.
 */
final class Kept<T> {
  /** How many are kept at most. */
  static final int MAX_COUNT = 10_000;

  /** How many characters all of them may have, but for the last. */
  static final long MAX_LENGTH = 64L << 20;

  private final ToIntFunction<T> measure;
  private final Deque<T> records = new ArrayDeque<>();
  private long length;

  Kept(ToIntFunction<T> measure) {
    this.measure = measure;
  }

  synchronized void add(T record) {
    records.addLast(record);
    length += measure.applyAsInt(record);
    while (records.size() > MAX_COUNT || (length > MAX_LENGTH && records.size() > 1)) {
      length -= measure.applyAsInt(records.removeFirst());
    }
  }

  synchronized List<T> all() {
    return List.copyOf(records);
  }
}
