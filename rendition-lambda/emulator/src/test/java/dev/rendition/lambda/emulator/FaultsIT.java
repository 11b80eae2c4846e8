package dev.rendition.lambda.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;
import software.amazon.awssdk.services.lambda.model.ServiceException;
import software.amazon.awssdk.services.lambda.model.TooManyRequestsException;

/** What goes wrong on demand, and what callers and functions see of it. */
class FaultsIT {
  @RegisterExtension
  static final LambdaEmulatorExtension LAMBDA =
      LambdaEmulatorExtension.with(settings -> settings.timeScale(0.001));

  @TempDir static Path shared;
  @TempDir Path folder;
  private Path traces;
  private EmulatedFunction function;
  private LambdaClient client;

  @BeforeEach
  void deploy() throws IOException {
    Path zip = shared.resolve("function.zip");
    traces = folder.resolve("traces");
    function =
        LAMBDA
            .emulator()
            .deploy(
                FunctionDefinition.of(
                        "do", Files.exists(zip) ? zip : TestCode.zip(shared), TestCode.DO)
                    .environment("TRACES", traces.toString())
                    .build());
    client = Sdk.client(LAMBDA.emulator().endpoint());
  }

  @AfterEach
  void close() {
    client.close();
  }

  private InvokeResponse invoke(String payload) {
    return client.invoke(Sdk.request("do", payload).build());
  }

  private List<String> traces() throws IOException {
    return Files.exists(traces) ? Files.readAllLines(traces) : List.of();
  }

  @Test
  void aThrottledRequestDoesNotReachTheFunction() throws IOException {
    function.faults().throttleNext(2);
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> invoke("{}")).isInstanceOf(TooManyRequestsException.class);
    }
    assertThat(traces()).isEmpty();
    assertThat(invoke("{}").statusCode()).isEqualTo(200);
    assertThat(function.statistics().faults()).isEqualTo(2);
  }

  @Test
  void anErrorOfTheServiceIsTyped() throws IOException {
    function.faults().errorNext(1);
    assertThatThrownBy(() -> invoke("{}")).isInstanceOf(ServiceException.class);
    assertThat(traces()).isEmpty();
  }

  @Test
  void aClientThatRepeatsGetsThrough() throws IOException {
    function.faults().throttleNext(1).errorNext(1);
    try (LambdaClient retrying = Sdk.retryingClient(LAMBDA.emulator().endpoint())) {
      assertThat(retrying.invoke(Sdk.request("do", "{}").build()).statusCode()).isEqualTo(200);
    }
    assertThat(traces()).hasSize(1);
    assertThat(function.faults().pending()).isZero();
  }

  @Test
  void aProcessIsKilledAtWork() throws IOException {
    invoke("{}");
    function.faults().killNext(1, Duration.ofMillis(50));
    InvokeResponse response = invoke("{\"do\":\"sleep\",\"n\":2500}");
    assertThat(response.functionError()).isEqualTo("Unhandled");
    assertThat(response.payload().asUtf8String()).contains("Runtime.ExitError", "signal: killed");
    assertThat(traces()).hasSize(2);
    assertThat(invoke("{}").functionError()).isNull();
    assertThat(function.statistics().coldStarts()).isEqualTo(2);
  }

  @Test
  void anAnswerGetsLostAfterTheWorkWasDone() throws IOException {
    function.faults().dropNext(1);
    assertThatThrownBy(() -> invoke("{}")).isInstanceOf(SdkClientException.class);
    assertThat(traces()).hasSize(1);
    assertThat(function.statistics().errors()).isZero();
    assertThat(invoke("{}").statusCode()).isEqualTo(200);
  }

  @Test
  void anAnswerComesLate() {
    invoke("{}");
    function.faults().delayNext(1, Duration.ofMillis(400));
    long begun = System.nanoTime();
    invoke("{}");
    assertThat(Duration.ofNanos(System.nanoTime() - begun))
        .isGreaterThanOrEqualTo(Duration.ofMillis(400));
    assertThat(function.statistics().recent().get(1).duration()).isLessThan(Duration.ofMillis(400));
  }

  @Test
  void aRequestIsDeliveredTwice() throws IOException {
    function.faults().duplicateNext(1);
    String id = invoke("{}").responseMetadata().requestId();
    await().until(() -> traces().size() == 2);
    assertThat(traces()).containsExactly(id, id);
  }

  @Test
  void anEventIsDeliveredTwiceEvenWithoutConcurrency() throws IOException {
    EmulatedFunction alone =
        LAMBDA
            .emulator()
            .deploy(
                FunctionDefinition.of("alone", shared.resolve("function.zip"), TestCode.DO)
                    .environment("TRACES", traces.toString())
                    .reservedConcurrency(1)
                    .build());
    alone.faults().duplicateNext(1);
    String id = alone.send("{}");
    await().until(() -> traces().size() == 2);
    assertThat(traces()).containsExactly(id, id);
  }

  @Test
  void anEventWhoseProcessIsKilledIsRepeated() throws IOException {
    function.faults().killNext(1, Duration.ZERO);
    function.send("{\"do\":\"sleep\",\"n\":500}");
    await().until(() -> function.successRecords().size() == 1);
    assertThat(function.statistics().errors()).isEqualTo(1);
    assertThat(function.deadLetters()).isEmpty();
  }

  @Test
  void anEventWhoseAnswerGetsLostIsDeliveredAgain() throws IOException {
    function.faults().dropNext(1);
    String id = function.send("{}");
    await().until(() -> function.successRecords().size() == 1);
    assertThat(traces()).containsExactly(id, id);
  }

  @Test
  void faultsCanBeForgotten() {
    function.faults().throttleNext(5).killNext(1, Duration.ZERO).clear();
    assertThat(function.faults().pending()).isZero();
    assertThat(invoke("{}").statusCode()).isEqualTo(200);
    assertThatThrownBy(() -> function.faults().dropNext(0))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
