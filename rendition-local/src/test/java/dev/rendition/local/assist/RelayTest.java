package dev.rendition.local.assist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RelayTest {
  private final ScriptedAssistant assistant = new ScriptedAssistant();
  private final List<Integer> seen = new ArrayList<>();
  private final AtomicInteger made = new AtomicInteger();

  @AfterEach
  void end() {
    assistant.close();
  }

  @Test
  void withoutHelpThereIsOneSlotAndTheOwnerDoesBothStages() {
    run(new Relay<>(Assistant.NONE, this::item, this::note), 100);
    assertThat(seen).containsExactlyElementsOf(upTo(100));
    assertThat(made).hasValue(1);
  }

  @Test
  void everyItemGoesThroughOnceAndInOrderHoweverHelpComesAndGoes() {
    for (int seed = 0; seed < 300; seed++) {
      Random random = new Random(seed);
      assistant.decide(() -> random.nextInt(4) > 0);
      seen.clear();
      int count = random.nextInt(300);
      run(new Relay<>(assistant, this::item, this::note), count);
      assertThat(seen).as("seed %s", seed).containsExactlyElementsOf(upTo(count));
    }
    assertThat(assistant.begun()).isPositive();
    assertThat(made.get()).isLessThanOrEqualTo(300 * Relay.SLOTS);
  }

  @Test
  void aWorkerThatNeverBeginsHoldsNothingUp() {
    assistant.pause();
    run(new Relay<>(assistant, this::item, this::note), 100);
    assertThat(seen).containsExactlyElementsOf(upTo(100));
    assertThat(assistant.begun()).isZero();
    assertThat(assistant.waiting()).isZero();
  }

  @Test
  void whatTheHelpThrowsReachesTheOwner() {
    IllegalStateException problem = new IllegalStateException("item 17");
    try (Relay<int[]> relay =
        new Relay<>(
            assistant,
            this::item,
            item -> {
              if (item[0] == 17) {
                throw problem;
              }
            })) {
      assertThatThrownBy(() -> pass(relay, 100)).isSameAs(problem);
    }
    assertThat(assistant.waiting()).isZero();
  }

  @Test
  void closingWaitsForTheItemThatIsBeingWorkedOn() {
    CountDownLatch reached = new CountDownLatch(1);
    AtomicInteger done = new AtomicInteger();
    try (Relay<int[]> relay =
        new Relay<>(
            assistant,
            this::item,
            item -> {
              reached.countDown();
              for (int i = 0; i < 1_000; i++) {
                Thread.onSpinWait();
              }
              done.incrementAndGet();
            })) {
      relay.next()[0] = 0;
      relay.pass();
      await(reached);
    }
    assertThat(done).hasValue(1);
  }

  @Test
  void anInterruptedOwnerStillWaitsAndStaysInterrupted() {
    Thread.currentThread().interrupt();
    try {
      run(new Relay<>(assistant, this::item, this::note), 100);
      assertThat(seen).containsExactlyElementsOf(upTo(100));
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  private void run(Relay<int[]> relay, int count) {
    try (relay) {
      pass(relay, count);
    }
  }

  private static void pass(Relay<int[]> relay, int count) {
    for (int n = 0; n < count; n++) {
      relay.next()[0] = n;
      relay.pass();
    }
    relay.finish();
  }

  private int[] item(int slot) {
    made.incrementAndGet();
    return new int[1];
  }

  private void note(int[] item) {
    seen.add(item[0]);
    item[0] = -1;
  }

  private static List<Integer> upTo(int end) {
    return IntStream.range(0, end).boxed().toList();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError("interrupted", e);
    }
  }
}
