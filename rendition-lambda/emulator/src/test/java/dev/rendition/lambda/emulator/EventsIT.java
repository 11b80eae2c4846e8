package dev.rendition.lambda.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.InvocationType;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;

/** Events: kept, repeated, given up. A minute of the service takes 60 ms here. */
class EventsIT {
  @RegisterExtension
  static final LambdaEmulatorExtension LAMBDA =
      LambdaEmulatorExtension.with(settings -> settings.timeScale(0.001));

  @TempDir static Path shared;
  @TempDir Path folder;
  private Path traces;

  @BeforeEach
  void name() {
    traces = folder.resolve("traces");
  }

  private EmulatedFunction deploy(FunctionDefinition.Builder definition) throws IOException {
    return LAMBDA.emulator().deploy(definition.environment("TRACES", traces.toString()).build());
  }

  private static FunctionDefinition.Builder define(String name) throws IOException {
    Path zip = shared.resolve("function.zip");
    return FunctionDefinition.of(name, Files.exists(zip) ? zip : TestCode.zip(shared), TestCode.DO);
  }

  private List<String> traces() throws IOException {
    return Files.exists(traces) ? Files.readAllLines(traces) : List.of();
  }

  @Test
  void anEventTheFunctionFailsAtIsRepeatedTwiceAndThenGivenUp() throws IOException {
    EmulatedFunction function = deploy(define("failing"));
    String id;
    try (LambdaClient client = Sdk.client(LAMBDA.emulator().endpoint())) {
      InvokeResponse response =
          client.invoke(
              Sdk.request("failing", "{\"do\":\"throw\"}")
                  .invocationType(InvocationType.EVENT)
                  .build());
      assertThat(response.statusCode()).isEqualTo(202);
      assertThat(response.payload().asByteArray()).isEmpty();
      id = response.responseMetadata().requestId();
    }
    await().until(() -> function.deadLetters().size() == 1);
    assertThat(traces()).containsExactly(id, id, id);
    DeadLetter letter = function.deadLetters().get(0);
    assertThat(letter.requestId()).isEqualTo(id);
    assertThat(letter.event()).isEqualTo("{\"do\":\"throw\"}");
    assertThat(letter.errorCode()).isEqualTo(200);
    assertThat(letter.errorMessage()).contains("boom").hasSizeLessThanOrEqualTo(1_024);
    Map<String, Object> record = Read.object(function.failureRecords().get(0));
    assertThat(record.keySet())
        .isEqualTo(
            Set.of(
                "version",
                "timestamp",
                "requestContext",
                "requestPayload",
                "responseContext",
                "responsePayload"));
    assertThat(record.get("version")).isEqualTo("1.0");
    assertThat(Instant.parse((String) record.get("timestamp"))).isBefore(Instant.now());
    assertThat(Read.field(record, "requestContext"))
        .isEqualTo(
            Map.of(
                "requestId",
                id,
                "functionArn",
                "arn:aws:lambda:us-east-1:123456789012:function:failing:$LATEST",
                "condition",
                "RetriesExhausted",
                "approximateInvokeCount",
                3));
    assertThat(Read.field(record, "requestPayload")).isEqualTo(Map.of("do", "throw"));
    assertThat(Read.field(record, "responseContext"))
        .isEqualTo(
            Map.of("statusCode", 200, "executedVersion", "$LATEST", "functionError", "Unhandled"));
    assertThat(Read.field(record, "responsePayload").get("errorMessage")).isEqualTo("boom");
    assertThat(function.pendingEvents()).isZero();
  }

  @Test
  void theWaitingTimesAreOneAndTwoMinutes() throws IOException {
    EmulatedFunction function = deploy(define("waiting"));
    function.invoke("{}");
    long begun = System.nanoTime();
    function.send("{\"do\":\"throw\"}");
    await().pollInterval(Duration.ofMillis(5)).until(() -> function.deadLetters().size() == 1);
    assertThat(Duration.ofNanos(System.nanoTime() - begun))
        .isBetween(Duration.ofMillis(180), Duration.ofSeconds(2));
  }

  @Test
  void anEventThatSucceedsIsRecorded() throws IOException {
    EmulatedFunction function = deploy(define("fine"));
    String id = function.send("{\"a\":1}");
    await().until(() -> function.successRecords().size() == 1);
    Map<String, Object> record = Read.object(function.successRecords().get(0));
    assertThat(Read.field(record, "requestContext"))
        .containsEntry("condition", "Success")
        .containsEntry("requestId", id)
        .containsEntry("approximateInvokeCount", 1);
    assertThat(Read.field(record, "responseContext")).doesNotContainKey("functionError");
    assertThat(Read.field(record, "responsePayload")).isEqualTo(Map.of("a", 1));
    assertThat(function.deadLetters()).isEmpty();
  }

  @Test
  void withoutRetriesAnEventIsGivenUpAtOnce() throws IOException {
    EmulatedFunction function = deploy(define("once").maxRetries(0));
    function.send("{\"do\":\"exit\",\"n\":1}");
    await().until(() -> function.deadLetters().size() == 1);
    assertThat(traces()).hasSize(1);
    assertThat(Read.object(function.failureRecords().get(0)).toString()).contains("exit status 1");
  }

  @Test
  void anEventThatIsThrottledForTooLongIsGivenUp() throws IOException {
    EmulatedFunction function =
        deploy(define("off").reservedConcurrency(0).maxEventAge(Duration.ofMinutes(5)));
    function.send("{\"x\":1}");
    await().until(() -> function.deadLetters().size() == 1);
    assertThat(traces()).isEmpty();
    assertThat(function.deadLetters().get(0).errorCode()).isEqualTo(429);
    Map<String, Object> record = Read.object(function.failureRecords().get(0));
    assertThat(Read.field(record, "requestContext")).containsEntry("condition", "EventAgeExceeded");
    assertThat(record).doesNotContainKeys("responseContext", "responsePayload");
    // 1 + 2 + 4 + … seconds within five minutes: five times at least, on a busy machine too.
    assertThat(function.statistics().throttles()).isGreaterThanOrEqualTo(5);
  }

  @Test
  void eventsWaitForRoomAndNoneIsLost() throws IOException {
    EmulatedFunction function = deploy(define("narrow").reservedConcurrency(1));
    for (int i = 0; i < 20; i++) {
      function.send("{\"do\":\"sleep\",\"n\":10,\"i\":" + i + "}");
    }
    await().until(() -> function.pendingEvents() == 0);
    assertThat(traces()).hasSize(20).doesNotHaveDuplicates();
    assertThat(function.statistics().coldStarts()).isEqualTo(1);
    assertThat(function.statistics().throttles()).isPositive();
    assertThat(function.deadLetters()).isEmpty();
  }

  @Test
  void whatIsNoEventIsRefused() throws IOException {
    EmulatedFunction function = deploy(define("refusing"));
    assertThatThrownBy(() -> function.send("{")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> function.send("\"" + "x".repeat(1 << 20) + "\""))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1048576");
  }

  @Test
  void theEventsOfOtherServicesArrive() throws IOException {
    EmulatedFunction function = deploy(define("told"));
    String s3 = Events.s3ObjectCreated("eu-west-1", "photos", "a b/ü+.jpg", 7, "abc");
    Map<String, Object> record =
        Read.map(((List<?>) Read.object(function.invoke(s3).payload()).get("Records")).get(0));
    assertThat(record.get("eventName")).isEqualTo("ObjectCreated:Put");
    assertThat(Read.field(Read.field(record, "s3"), "object"))
        .containsEntry("key", "a+b%2F%C3%BC%2B.jpg")
        .containsEntry("size", 7);
    Map<String, Object> sns =
        Read.map(
            ((List<?>)
                    Read.object(
                            function.invoke(Events.sns("eu-west-1", "topic", "s", s3)).payload())
                        .get("Records"))
                .get(0));
    assertThat(Read.field(sns, "Sns")).containsEntry("Message", s3);
    Map<String, Object> bus =
        Read.object(
            function
                .invoke(Events.eventBridgeObjectCreated("eu-west-1", "photos", "a b", 7, "abc"))
                .payload());
    assertThat(bus.get("detail-type")).isEqualTo("Object Created");
    assertThat(Read.field(Read.field(bus, "detail"), "object")).containsEntry("key", "a b");
    assertThat(Read.object(function.invoke(Events.s3Test("photos")).payload()).get("Event"))
        .isEqualTo("s3:TestEvent");
  }
}
