package dev.rendition.deliver;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/**
 * Remembers values for a while: at most a number of them, the oldest forgotten first. Safe for use
 * by many threads.
 */
final class Bounded<K, V> {
  private final int most;
  private final long nanos;
  private final LongSupplier now;
  private final Map<K, Entry<V>> entries = new LinkedHashMap<>();

  /**
   * Makes an empty memory.
   *
   * @param most how many values; 0 to remember nothing
   * @param time how long; zero to remember nothing
   * @param now tells nanoseconds, as {@link System#nanoTime}
   */
  Bounded(int most, Duration time, LongSupplier now) {
    this.most = time.isZero() ? 0 : most;
    this.nanos = time.toNanos();
    this.now = now;
  }

  synchronized Optional<V> find(K key) {
    Entry<V> entry = entries.get(key);
    if (entry == null) {
      return Optional.empty();
    }
    if (now.getAsLong() - entry.until >= 0) {
      entries.remove(key);
      return Optional.empty();
    }
    return Optional.of(entry.value);
  }

  synchronized void put(K key, V value) {
    if (most == 0) {
      return;
    }
    entries.remove(key);
    if (entries.size() >= most) {
      entries.remove(entries.keySet().iterator().next());
    }
    entries.put(key, new Entry<>(value, now.getAsLong() + nanos));
  }

  synchronized void forget(Predicate<K> which) {
    entries.keySet().removeIf(which);
  }

  /** Forgets one value; returns whether there was one. */
  synchronized boolean forgetOne(K key) {
    return entries.remove(key) != null;
  }

  synchronized int size() {
    return entries.size();
  }

  private record Entry<V>(V value, long until) {}
}
