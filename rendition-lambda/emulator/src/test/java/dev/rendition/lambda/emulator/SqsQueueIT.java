package dev.rendition.lambda.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Messages, batches and what becomes of those that fail. Thirty seconds take 60 ms here. */
class SqsQueueIT {
  @RegisterExtension
  static final LambdaEmulatorExtension LAMBDA =
      LambdaEmulatorExtension.with(settings -> settings.timeScale(0.002));

  @TempDir static Path shared;
  @TempDir Path folder;
  private Path traces;
  private EmulatedFunction function;

  @BeforeEach
  void deploy() throws IOException {
    Path zip = shared.resolve("function.zip");
    traces = folder.resolve("traces");
    function =
        LAMBDA
            .emulator()
            .deploy(
                FunctionDefinition.of(
                        "batch",
                        Files.exists(zip) ? zip : TestCode.zip(shared),
                        TestCode.PACKAGE + "BatchHandler")
                    .environment("TRACES", traces.toString())
                    .build());
  }

  private static SqsQueue.Builder queue() {
    return LAMBDA.emulator().queue("jobs");
  }

  private List<String> traces() throws IOException {
    return Files.exists(traces) ? Files.readAllLines(traces) : List.of();
  }

  @Test
  void onlyTheMessagesThatFailedComeAgain() throws IOException {
    SqsQueue queue = queue().maxReceiveCount(4).trigger(function);
    queue.send("good 1");
    queue.send("bad");
    queue.send("good 2");
    await().until(() -> queue.size() == 0);
    assertThat(queue.deadLetters()).containsExactly("bad");
    assertThat(Collections.frequency(traces(), "bad")).isEqualTo(4);
    assertThat(Collections.frequency(traces(), "good 1")).isEqualTo(1);
    assertThat(Collections.frequency(traces(), "good 2")).isEqualTo(1);
  }

  @Test
  void aBatchThatFailsAsAWholeComesAgainAsAWhole() throws IOException {
    function.faults().delayNext(1, Duration.ofMillis(300));
    SqsQueue queue = queue().maxReceiveCount(2).maxConcurrency(1).trigger(function);
    queue.send("first");
    await().until(() -> traces().contains("first"));
    // Meanwhile these gather to one batch.
    queue.send("good");
    queue.send("broken");
    await().until(() -> queue.size() == 0);
    assertThat(queue.deadLetters()).containsExactlyInAnyOrder("good", "broken");
    assertThat(traces()).containsExactlyInAnyOrder("first", "good", "broken", "good", "broken");
  }

  @Test
  void anAnswerThatNamesAStrangerFailsTheBatch() throws IOException {
    SqsQueue queue = queue().maxReceiveCount(1).trigger(function);
    queue.send("strange");
    await().until(() -> queue.size() == 0);
    assertThat(queue.deadLetters()).containsExactly("strange");
  }

  @Test
  void withoutReportsAnAnswerIsASuccess() throws IOException {
    SqsQueue queue = queue().reportBatchItemFailures(false).trigger(function);
    queue.send("bad");
    await().until(() -> queue.size() == 0);
    assertThat(queue.deadLetters()).isEmpty();
    assertThat(traces()).containsExactly("bad");
  }

  @Test
  void aMessageWhoseProcessIsKilledComesAgain() throws IOException {
    function.faults().killNext(1, Duration.ZERO).throttleNext(1);
    SqsQueue queue = queue().maxReceiveCount(5).trigger(function);
    queue.send("good");
    await().until(() -> queue.size() == 0);
    assertThat(queue.deadLetters()).isEmpty();
    assertThat(function.statistics().errors()).isEqualTo(1);
    assertThat(function.statistics().throttles()).isEqualTo(1);
  }

  @Test
  void manyMessagesAreAllHandledOnce() throws IOException {
    SqsQueue queue = queue().batchSize(10).maxConcurrency(2).trigger(function);
    for (int i = 0; i < 200; i++) {
      queue.send("message " + i);
    }
    await().until(() -> queue.size() == 0);
    assertThat(traces()).hasSize(200).doesNotHaveDuplicates();
    assertThat(function.statistics().coldStarts()).isLessThanOrEqualTo(2);
  }

  @Test
  void whatIsNoMessageIsRefused() {
    SqsQueue queue = queue().trigger(function);
    assertThatThrownBy(() -> queue.send("")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> queue.send("x".repeat((1 << 20) + 1)))
        .isInstanceOf(IllegalArgumentException.class);
    queue.close();
    assertThatThrownBy(() -> queue.send("x")).isInstanceOf(IllegalStateException.class);
  }
}
