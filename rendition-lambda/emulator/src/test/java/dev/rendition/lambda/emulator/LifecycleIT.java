package dev.rendition.lambda.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.lambda.LambdaAsyncClient;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;
import software.amazon.awssdk.services.lambda.model.ThrottleReason;
import software.amazon.awssdk.services.lambda.model.TooManyRequestsException;

/** How processes come, work, fail and go. */
class LifecycleIT {
  @TempDir Path folder;

  @RegisterExtension
  final LambdaEmulatorExtension lambda =
      LambdaEmulatorExtension.with(settings -> settings.maxEnvironments(4));

  private Path zip;

  @BeforeEach
  void zip() throws IOException {
    zip = TestCode.zip(folder);
  }

  private FunctionDefinition.Builder define(String name) {
    return FunctionDefinition.of(name, zip, TestCode.DO);
  }

  private EmulatedFunction deploy(FunctionDefinition.Builder definition) throws IOException {
    return lambda.emulator().deploy(definition.build());
  }

  private static String pid(EmulatedFunction function) {
    return function
        .invoke("{\"do\":\"count\"}")
        .payload()
        .replaceAll(".*\"pid\":\"([0-9]+)\".*", "$1");
  }

  private static CompletableFuture<InvocationResult> begin(
      EmulatedFunction function, String payload) {
    return CompletableFuture.supplyAsync(
        () -> function.invoke(payload), task -> new Thread(task, "caller").start());
  }

  @Test
  void aProcessIsUsedAgainAndOnlyItsFirstInvocationIsCold() throws IOException {
    EmulatedFunction function = deploy(define("do"));
    InvocationResult first = function.invoke("{\"do\":\"count\"}");
    InvocationResult second = function.invoke("{\"do\":\"count\"}");
    assertThat(first.payload()).endsWith("\"call\":\"1\"}");
    assertThat(second.payload()).isEqualTo(first.payload().replace("\"1\"}", "\"2\"}"));
    assertThat(first.statistics().cold()).isTrue();
    assertThat(first.statistics().init()).isPositive();
    assertThat(first.logTail()).contains("Init Duration: ");
    assertThat(second.statistics().cold()).isFalse();
    assertThat(second.statistics().init()).isZero();
    assertThat(second.logTail()).doesNotContain("Init Duration: ");
    assertThat(function.processIds()).hasSize(1);
  }

  @Test
  void invocationsAtTheSameTimeHaveProcessesOfTheirOwn() throws IOException {
    EmulatedFunction function = deploy(define("do"));
    List<CompletableFuture<InvocationResult>> running = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      running.add(begin(function, "{\"do\":\"sleep\",\"n\":1000}"));
    }
    await().until(() -> function.processIds().size() == 3);
    running.forEach(CompletableFuture::join);
    assertThat(function.statistics().coldStarts()).isEqualTo(3);
    pid(function);
    assertThat(function.statistics().coldStarts()).isEqualTo(3);
  }

  @Test
  void beyondTheReservedConcurrencyRequestsAreThrottled() throws IOException {
    EmulatedFunction function = deploy(define("do").reservedConcurrency(1));
    try (LambdaClient client = Sdk.client(lambda.emulator().endpoint())) {
      CompletableFuture<InvocationResult> running =
          begin(function, "{\"do\":\"sleep\",\"n\":1500}");
      await().until(() -> function.environments() == 1);
      assertThatThrownBy(() -> client.invoke(Sdk.request("do", "{}").build()))
          .isInstanceOfSatisfying(
              TooManyRequestsException.class,
              refusal -> {
                assertThat(refusal.statusCode()).isEqualTo(429);
                assertThat(refusal.reason())
                    .isEqualTo(
                        ThrottleReason.RESERVED_FUNCTION_CONCURRENT_INVOCATION_LIMIT_EXCEEDED);
                assertThat(refusal.retryAfterSeconds()).isEqualTo("1");
              });
      running.join();
      assertThat(client.invoke(Sdk.request("do", "{}").build()).statusCode()).isEqualTo(200);
    }
    assertThat(function.statistics().throttles()).isEqualTo(1);
    assertThat(function.statistics().invocations()).isEqualTo(2);
  }

  @Test
  void thereAreNeverMoreProcessesThanAllowed() throws IOException {
    EmulatedFunction busy = deploy(define("busy").timeout(Duration.ofSeconds(30)));
    List<CompletableFuture<InvocationResult>> running = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      running.add(begin(busy, "{\"do\":\"sleep\",\"n\":2500}"));
    }
    await().until(() -> busy.environments() == 4);
    EmulatedFunction other = deploy(define("other"));
    assertThatThrownBy(() -> other.invoke("{}")).hasMessageContaining("Rate Exceeded");
    running.forEach(CompletableFuture::join);
    // The one that is idle for longest makes room.
    assertThat(other.invoke("{}").functionError()).isEmpty();
    assertThat(busy.environments()).isEqualTo(3);
  }

  @Test
  void aFunctionThatTakesTooLongIsStoppedAndItsProcessReplaced() throws IOException {
    EmulatedFunction function = deploy(define("do").timeout(Duration.ofMillis(1_500)));
    String before = pid(function);
    try (LambdaClient client = Sdk.client(lambda.emulator().endpoint())) {
      InvokeResponse response =
          client.invoke(Sdk.request("do", "{\"do\":\"sleep\",\"n\":60000}").build());
      assertThat(response.statusCode()).isEqualTo(200);
      assertThat(response.functionError()).isEqualTo("Unhandled");
      assertThat(response.payload().asUtf8String())
          .isEqualTo(
              "{\"errorType\":\"Sandbox.Timedout\",\"errorMessage\":\"RequestId: "
                  + response.responseMetadata().requestId()
                  + " Error: Task timed out after 1.50 seconds\"}");
    }
    assertThat(pid(function)).isNotEqualTo(before);
    await().until(() -> !runs(Long.parseLong(before)));
    assertThat(function.statistics().timeouts()).isEqualTo(1);
    assertThat(function.statistics().recent().get(1).duration())
        .isBetween(Duration.ofMillis(1_500), Duration.ofSeconds(3));
  }

  @Test
  void aFunctionThatCannotBeMadeIsAnErrorEachTime() throws IOException {
    EmulatedFunction function =
        deploy(FunctionDefinition.of("broken", zip, TestCode.PACKAGE + "BrokenHandler"));
    for (int i = 0; i < 2; i++) {
      InvocationResult result = function.invoke("\"x\"");
      assertThat(result.functionError()).contains("Unhandled");
      assertThat(result.payload()).contains("no configuration");
      assertThat(result.statistics().duration()).isZero();
    }
    assertThat(function.statistics().coldStarts()).isEqualTo(2);
  }

  @Test
  void aHandlerThatIsNotThereIsAnError() throws IOException {
    InvocationResult result =
        deploy(FunctionDefinition.of("none", zip, "no.such.Handler")).invoke("{}");
    assertThat(result.functionError()).contains("Unhandled");
    assertThat(result.payload()).contains("java.lang.ClassNotFoundException", "no.such.Handler");
  }

  @Test
  void aProcessThatIsNotReadyInTimeIsStopped() throws IOException {
    try (LambdaEmulator impatient =
        LambdaEmulator.builder().initTimeout(Duration.ofMillis(900)).start()) {
      EmulatedFunction function =
          impatient.deploy(
              FunctionDefinition.of("slow", zip, TestCode.PACKAGE + "SlowHandler").build());
      assertThat(function.invoke("\"x\"").payload())
          .contains("Sandbox.Timedout", "after 0.90 seconds");
      assertThat(function.environments()).isZero();
    }
  }

  @Test
  void aProcessThatEndsIsAnErrorWithItsStatus() throws IOException {
    EmulatedFunction function = deploy(define("do"));
    InvocationResult failed = function.invoke("{\"do\":\"exit\",\"n\":3}");
    assertThat(failed.functionError()).contains("Unhandled");
    assertThat(failed.payload())
        .isEqualTo(
            "{\"errorType\":\"Runtime.ExitError\",\"errorMessage\":\"RequestId: "
                + failed.requestId()
                + " Error: Runtime exited with error: exit status 3\"}");
    assertThat(function.invoke("{\"do\":\"exit\",\"n\":0}").payload())
        .contains("Runtime exited without providing a reason");
    assertThat(function.invoke("{}").functionError()).isEmpty();
  }

  @Test
  void aProcessThatOutgrowsItsMemoryIsKilled() throws IOException {
    EmulatedFunction function =
        deploy(
            define("do")
                .timeout(Duration.ofSeconds(20))
                .jvmOptions(List.of("-XX:MaxHeapSize=400m")));
    assertThat(function.invoke("{\"do\":\"grow\",\"n\":200}").payload())
        .contains("Runtime.ExitError", "Runtime exited with error: signal: killed");
    EmulatedFunction spared =
        deploy(
            define("spared")
                .timeout(Duration.ofSeconds(20))
                .memoryEnforced(false)
                .jvmOptions(List.of("-XX:MaxHeapSize=400m")));
    InvocationResult result = spared.invoke("{\"do\":\"grow\",\"n\":200}");
    assertThat(result.payload()).isEqualTo("200");
    assertThat(result.statistics().maxMemoryMegabytes()).isBetween(200, 500);
  }

  @Test
  void anExhaustedHeapIsAnErrorAndTheProcessIsReplaced() throws IOException {
    EmulatedFunction function =
        deploy(define("do").memoryEnforced(false).timeout(Duration.ofSeconds(20)));
    InvocationResult failed = function.invoke("{\"do\":\"grow\",\"n\":1000}");
    assertThat(failed.payload()).contains("java.lang.OutOfMemoryError");
    assertThat(function.invoke("{}").statistics().cold()).isTrue();
  }

  @Test
  void anIdleProcessIsEndedAfterAWhile() throws IOException {
    try (LambdaEmulator hasty =
        LambdaEmulator.builder().idleExpiry(Duration.ofMillis(300)).start()) {
      EmulatedFunction function = hasty.deploy(define("do").build());
      String pid = pid(function);
      await().until(() -> !runs(Long.parseLong(pid)));
      assertThat(function.environments()).isZero();
      assertThat(function.invoke("{}").statistics().cold()).isTrue();
    }
  }

  @Test
  void newCodeTakesThePlaceOfOld() throws IOException {
    String old = pid(deploy(define("do").environment("VALUE", "1")));
    EmulatedFunction next = deploy(define("do").environment("VALUE", "2"));
    assertThat(lambda.emulator().function("do")).isSameAs(next);
    assertThat(next.invoke("{\"do\":\"environment\"}").payload()).contains("\"VALUE\":\"2\"");
    await().until(() -> !runs(Long.parseLong(old)));
  }

  @Test
  void theHooksOfSnapStartAreRun() throws IOException {
    FunctionDefinition.Builder snap =
        FunctionDefinition.of("snap", zip, TestCode.PACKAGE + "SnapHandler");
    assertThat(deploy(snap.snapStart(true)).invoke("{}").payload())
        .isEqualTo("\"[before checkpoint, after restore] snap-start\"");
    assertThat(deploy(snap.snapStart(false)).invoke("{}").payload()).isEqualTo("\"[] on-demand\"");
  }

  @Test
  void whatWasDoneIsCounted() throws IOException {
    EmulatedFunction function = deploy(define("do").memory(512));
    function.invoke("{}");
    function.invoke("{\"do\":\"sleep\",\"n\":200}");
    function.invoke("{\"do\":\"throw\"}");
    Statistics statistics = function.statistics();
    assertThat(statistics.invocations()).isEqualTo(3);
    assertThat(statistics.coldStarts()).isEqualTo(1);
    assertThat(statistics.errors()).isEqualTo(1);
    assertThat(statistics.maxMemoryMegabytes()).isBetween(20, 512);
    InvocationStatistics cold = statistics.recent().get(0);
    assertThat(cold.billed())
        .isBetween(cold.init(), cold.init().plus(cold.duration()).plusMillis(1));
    InvocationStatistics slept = statistics.recent().get(1);
    assertThat(slept.duration()).isGreaterThanOrEqualTo(Duration.ofMillis(200));
    assertThat(slept.gigabyteSeconds()).isBetween(0.1, 0.5);
    assertThat(statistics.gigabyteSeconds())
        .isCloseTo(
            statistics.recent().stream().mapToDouble(InvocationStatistics::gigabyteSeconds).sum(),
            within(1e-9));
  }

  @Test
  void whatAFunctionLogsIsToldAndItsRoleIsInItsEnvironment() throws IOException {
    List<String> told = new CopyOnWriteArrayList<>();
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    try (LambdaEmulator emulator =
        LambdaEmulator.builder()
            .port(port)
            .credentials("role", "secret")
            .logs((name, text) -> told.add(name + ": " + text))
            .start()) {
      assertThat(emulator.endpoint().getPort()).isEqualTo(port);
      EmulatedFunction function = emulator.deploy(define("do").build());
      assertThat(function.invoke("{\"do\":\"environment\"}").payload())
          .contains("\"AWS_ACCESS_KEY_ID\":\"role\"", "\"AWS_SECRET_ACCESS_KEY\":\"secret\"");
      function.invoke("{\"do\":\"log\",\"n\":2}");
      assertThat(told).containsExactly("do: line 0\nline 1\nlogged by the context\n");
    }
  }

  @Test
  void nothingIsLeftAfterClosing() throws IOException {
    Path own;
    List<Long> processes = new ArrayList<>();
    CompletableFuture<InvocationResult> running;
    try (LambdaEmulator emulator = LambdaEmulator.builder().start()) {
      EmulatedFunction function =
          emulator.deploy(define("do").timeout(Duration.ofMinutes(1)).build());
      processes.add(Long.parseLong(function.invoke("{\"do\":\"child\"}").payload()));
      assertThat(runs(processes.get(0))).isTrue();
      String context = function.invoke("{\"do\":\"context\"}").payload();
      own =
          Path.of(context.replaceAll(".*\"folder\":\"([^\"]+)\".*", "$1"))
              .resolveSibling(".")
              .normalize();
      assertThat(own).isDirectory();
      running = begin(function, "{\"do\":\"sleep\",\"n\":60000}");
      CompletableFuture<InvocationResult> second =
          begin(function, "{\"do\":\"sleep\",\"n\":60000}");
      await().until(() -> function.processIds().size() == 2);
      processes.addAll(function.processIds());
      assertThat(function.url()).isNotNull();
      function.send("{\"do\":\"throw\"}");
      assertThat(second).isNotDone();
    }
    assertThat(running.join().payload()).contains("signal: killed");
    assertThat(processes).hasSize(3);
    await().untilAsserted(() -> assertThat(processes).noneMatch(LifecycleIT::runs));
    assertThat(own).doesNotExist();
    // Nor a thread, once the extension's own emulator is closed too.
    lambda.emulator().close();
    await()
        .untilAsserted(
            () ->
                assertThat(Thread.getAllStackTraces().keySet().stream().map(Thread::getName))
                    .noneMatch(
                        name ->
                            name.startsWith("lambda-emulator-")
                                || name.startsWith("HTTP-Dispatcher")));
  }

  /**
   * Returns whether a process runs; one that was killed may stay listed until somebody asks for its
   * status.
   */
  private static boolean runs(long pid) {
    try {
      return !Files.readString(Path.of("/proc", Long.toString(pid), "stat")).contains(") Z ");
    } catch (IOException e) {
      return false;
    }
  }

  @Test
  void manyColdStartsAtATimeDoNotCrash() throws IOException {
    startCold(12);
  }

  @Tag("proof")
  @ParameterizedTest
  @ValueSource(ints = {60, 60})
  void sixtyColdStartsAtATimeDoNotCrash(int processes) throws IOException {
    startCold(processes);
  }

  private void startCold(int processes) throws IOException {
    try (LambdaEmulator emulator = LambdaEmulator.builder().maxEnvironments(processes).start();
        LambdaAsyncClient client = Sdk.asyncClient(emulator.endpoint())) {
      EmulatedFunction function =
          emulator.deploy(define("do").timeout(Duration.ofMinutes(2)).build());
      // All have arrived, and started processes of their own, before the first is done.
      String sleep = "{\"do\":\"sleep\",\"n\":" + (1_000 + 100 * processes) + "}";
      List<CompletableFuture<InvokeResponse>> running = new ArrayList<>();
      for (int i = 0; i < processes; i++) {
        running.add(client.invoke(Sdk.request("do", sleep).build()));
      }
      assertThat(running)
          .allSatisfy(
              each -> assertThat(each.join().payload().asUtf8String()).isEqualTo("\"slept\""));
      assertThat(function.statistics().coldStarts()).isEqualTo(processes);
      assertThat(function.statistics().errors()).isZero();
    }
  }
}
