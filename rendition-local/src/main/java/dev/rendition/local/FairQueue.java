package dev.rendition.local;

import static java.util.Objects.requireNonNull;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A lane of waiting items for each tenant, and turns between the lanes: with {@code t} tenants
 * waiting, the first item of each is served within the next {@code t} turns, however many items the
 * others hold. Inside a lane the first come is served first. Not safe for use by many threads.
 */
final class FairQueue<T> {
  private final Map<String, Lane<T>> lanes = new HashMap<>();
  private final Deque<Lane<T>> turns = new ArrayDeque<>();
  private int size;

  /** Returns how many items wait in all lanes. */
  int size() {
    return size;
  }

  /** Adds an item behind those of its tenant. */
  void add(String tenant, T item) {
    Lane<T> lane = lanes.computeIfAbsent(tenant, Lane::new);
    if (lane.items.isEmpty()) {
      turns.addLast(lane);
    }
    lane.items.addLast(requireNonNull(item, "item"));
    size++;
  }

  /** Takes the first item of the tenant whose turn it is. */
  Optional<T> poll() {
    Lane<T> lane = turns.pollFirst();
    if (lane == null) {
      return Optional.empty();
    }
    // Polling one lane and adding it back never allocates: it works on a full heap too.
    T item = lane.items.removeFirst();
    size--;
    if (lane.items.isEmpty()) {
      lanes.remove(lane.tenant, lane);
    } else {
      turns.addLast(lane);
    }
    return Optional.of(item);
  }

  /** Takes an item out wherever it stands; returns whether it was there. */
  boolean remove(String tenant, T item) {
    Lane<T> lane = lanes.get(tenant);
    if (lane == null || !lane.items.remove(item)) {
      return false;
    }
    removed(lane);
    return true;
  }

  /**
   * Makes room for an item of a tenant at the cost of a tenant that waits with more: takes out the
   * newest item of the longest lane, if that lane stays at least as long as the tenant's becomes.
   */
  Optional<T> displaceFor(String tenant) {
    Lane<T> own = lanes.get(tenant);
    int held = own == null ? 0 : own.items.size();
    Optional<Lane<T>> longest =
        lanes.values().stream().max(Comparator.comparingInt(lane -> lane.items.size()));
    if (longest.isEmpty() || longest.get().items.size() < held + 2) {
      return Optional.empty();
    }
    T item = longest.get().items.removeLast();
    removed(longest.get());
    return Optional.of(item);
  }

  /** Takes everything out. */
  void clear() {
    lanes.clear();
    turns.clear();
    size = 0;
  }

  private void removed(Lane<T> lane) {
    size--;
    if (lane.items.isEmpty()) {
      lanes.remove(lane.tenant, lane);
      turns.removeFirstOccurrence(lane);
    }
  }

  /** What one tenant waits with; never left empty. */
  private static final class Lane<T> {
    private final String tenant;
    private final Deque<T> items = new ArrayDeque<>();

    Lane(String tenant) {
      this.tenant = tenant;
    }
  }
}
