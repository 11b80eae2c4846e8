package dev.rendition.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class FairQueueTest {
  private final FairQueue<String> queue = new FairQueue<>();

  @Test
  void tenantsTakeTurns() {
    add("a", "a1", "a2", "a3");
    add("b", "b1");
    add("c", "c1", "c2");
    assertThat(all()).containsExactly("a1", "b1", "c1", "a2", "c2", "a3");
  }

  @Test
  void aTenantThatComesLateWaitsForOneTurnOfTheOthers() {
    add("bulk", "1", "2", "3", "4");
    assertThat(queue.poll()).contains("1");
    add("small", "s");
    assertThat(all()).containsExactly("2", "s", "3", "4");
  }

  @Test
  void anItemCanLeaveFromTheMiddle() {
    add("a", "a1", "a2", "a3");
    assertThat(queue.remove("a", "a2")).isTrue();
    assertThat(queue.remove("a", "a2")).isFalse();
    assertThat(queue.remove("b", "a1")).isFalse();
    assertThat(queue.size()).isEqualTo(2);
    assertThat(all()).containsExactly("a1", "a3");
  }

  @Test
  void theNewestOfTheLongestLaneIsDisplaced() {
    add("bulk", "1", "2", "3");
    add("other", "o");
    assertThat(queue.displaceFor("small")).contains("3");
    assertThat(queue.displaceFor("small")).contains("2");
    assertThat(queue.displaceFor("small")).isEmpty();
    assertThat(all()).containsExactly("1", "o");
  }

  @Test
  void aTenantNeverDisplacesItsOwn() {
    add("bulk", "1", "2", "3");
    assertThat(queue.displaceFor("bulk")).isEmpty();
  }

  @Test
  void aLaneThatWasDisplacedToNothingTakesNoTurn() {
    add("a", "a1");
    assertThat(queue.remove("a", "a1")).isTrue();
    add("b", "b1");
    add("a", "a2");
    assertThat(all()).containsExactly("b1", "a2");
  }

  /** Between two turns of one tenant every other tenant that waits all the while has one. */
  @Property
  void nobodyIsServedTwiceWhileAnotherWaits(
      @ForAll @Size(max = 60) List<@IntRange(max = 4) Integer> arrivals) {
    FairQueue<Integer> fair = new FairQueue<>();
    for (int tenant : arrivals) {
      fair.add("t" + tenant, tenant);
    }
    List<Integer> served = new ArrayList<>();
    for (Optional<Integer> next = fair.poll(); next.isPresent(); next = fair.poll()) {
      served.add(next.get());
    }
    assertThat(served).hasSameSizeAs(arrivals).containsExactlyInAnyOrderElementsOf(arrivals);
    for (int i = 0; i < served.size(); i++) {
      int turn = served.get(i);
      int again = served.subList(i + 1, served.size()).indexOf(turn);
      if (again >= 0) {
        List<Integer> between = served.subList(i + 1, i + 1 + again);
        assertThat(between)
            .containsAll(
                served.subList(i + 1 + again, served.size()).stream()
                    .filter(tenant -> !tenant.equals(turn))
                    .distinct()
                    .toList());
      }
    }
  }

  private void add(String tenant, String... items) {
    for (String item : items) {
      queue.add(tenant, item);
    }
  }

  private List<String> all() {
    List<String> all = new ArrayList<>();
    for (Optional<String> next = queue.poll(); next.isPresent(); next = queue.poll()) {
      all.add(next.get());
    }
    return all;
  }
}
