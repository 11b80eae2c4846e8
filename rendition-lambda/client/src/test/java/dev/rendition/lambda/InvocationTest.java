package dev.rendition.lambda;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import dev.rendition.generate.FailureReason;
import dev.rendition.generate.RenditionException;
import dev.rendition.generate.RenditionReport;
import dev.rendition.generate.RenditionRequest;
import dev.rendition.generate.WriteMode;
import dev.rendition.lambda.wire.WireAnswer;
import dev.rendition.lambda.wire.WireRequest;
import dev.rendition.layout.Fingerprint;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.lambda.LambdaAsyncClient;

@Timeout(60)
class InvocationTest {
  private static final CompletableFuture<Reply> NEVER = new CompletableFuture<>();
  private static final String DIGEST = "0123456789abcdef".repeat(4);

  private final List<AutoCloseable> parts = new ArrayList<>();

  @AfterEach
  void closeParts() throws Exception {
    for (AutoCloseable part : parts) {
      part.close();
    }
  }

  @Test
  void aRequestIsTheInvokeOperation() {
    LambdaStub stub = stub(call -> Functions.stored(call).now());
    RenditionRequest request = Invoking.request(3);
    LambdaRenditionGenerator generator = open(Invoking.builder(stub).qualifier("live"));
    RenditionReport report = generator.generate(request).join();
    assertThat(report.outcomes()).extracting(o -> o.spec()).isEqualTo(request.specs());
    Call call = stub.calls().get(0);
    assertThat(call.line())
        .isEqualTo("POST /2015-03-31/functions/renditions/invocations?Qualifier=live HTTP/1.1");
    assertThat(call.header("x-amz-invocation-type")).isEqualTo("RequestResponse");
    assertThat(call.header("x-amz-log-type")).isEqualTo("Tail");
    assertThat(call.header("authorization")).startsWith("AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/");
    assertThat(call.request()).isEqualTo(request);
    assertThat(generator.invocations()).isEqualTo(1);
    assertThat(generator.repetitions()).isZero();
  }

  // Repeating

  @Test
  void throttlingIsAbsorbed() {
    LambdaStub stub = failing(3, Reply.throttled());
    LambdaRenditionGenerator generator = open(Invoking.builder(stub).attempts(1));
    assertThat(generator.generate(Invoking.request(2)).join().stored()).hasSize(2);
    assertThat(stub.calls()).hasSize(4);
    assertThat(generator.invocations()).isEqualTo(1);
    assertThat(generator.repetitions()).isEqualTo(3);
  }

  @Test
  void throttlingIsAbsorbedAlsoWhereNothingElseIsRepeated() {
    LambdaStub stub = failing(2, Reply.throttled());
    RenditionRequest request = Invoking.request(1).writing(WriteMode.REPLACE);
    assertThat(open(Invoking.builder(stub)).generate(request).join().stored()).hasSize(1);
  }

  @Test
  void throttlingThatLastsIsToldAsBusy() {
    LambdaStub stub = stub(call -> Reply.throttled().now());
    RenditionException problem =
        problem(
            open(Invoking.builder(stub).throttledAttempts(3)).generate(Invoking.request(1)),
            FailureReason.BUSY);
    assertThat(problem)
        .hasMessage(
            "the function renditions was not run (TooManyRequestsException, status 429, request"
                + " r-1); its concurrency is used up: raise that, or lower"
                + " rendition.lambda.concurrency");
    assertThat(stub.calls()).hasSize(3);
  }

  @ParameterizedTest
  @CsvSource({
    "502,EC2ThrottledException",
    "502,ENILimitReachedException",
    "502,SubnetIPAddressLimitReachedException",
    "409,ResourceConflictException",
    "409,SnapStartNotReadyException",
    "503,ServiceUnavailableException"
  })
  void whatNeverBeganIsRepeatedAlways(int status, String code) {
    LambdaStub stub = failing(2, Reply.error(status, code));
    RenditionRequest request = Invoking.request(1).writing(WriteMode.REPLACE);
    assertThat(open(Invoking.builder(stub)).generate(request).join().stored()).hasSize(1);
    assertThat(stub.calls()).hasSize(3);
  }

  @Test
  void aFunctionThatSaysItIsBusyIsAskedAgain() {
    LambdaStub stub =
        failing(2, Functions.refused(new WireAnswer.Refused(FailureReason.BUSY, "full")));
    assertThat(open(Invoking.builder(stub)).generate(Invoking.request(1)).join().stored())
        .hasSize(1);
  }

  @Test
  void thePauseTheServiceAsksForIsMade() {
    LambdaStub stub =
        failing(1, Reply.error(429, "TooManyRequestsException", Map.of("Retry-After", "1")));
    long start = System.nanoTime();
    var unused = open(Invoking.builder(stub)).generate(Invoking.request(1)).join();
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofSeconds(1));
  }

  @Test
  void pausesDoubleAndAreRandom() {
    assertThat(RemoteSettings.pause(1, Duration.ZERO, 0.5)).isBetween(millis(50), millis(51));
    assertThat(RemoteSettings.pause(3, Duration.ZERO, 0.5)).isBetween(millis(200), millis(201));
    assertThat(RemoteSettings.pause(1_000, Duration.ZERO, 0.999))
        .isBetween(millis(1_900), millis(2_000));
    assertThat(RemoteSettings.pause(1, Duration.ofDays(1), 0)).isEqualTo(Duration.ofSeconds(10));
  }

  @Test
  void aLostAnswerIsAskedForAgainWhereThatIsSafe() {
    for (RenditionRequest safe :
        List.of(
            Invoking.request(1).writing(WriteMode.CREATE),
            Invoking.request(1).writing(WriteMode.MISSING),
            Invoking.request(1).writing(WriteMode.REPLACE).ofVersion(DIGEST))) {
      LambdaStub stub = failing(2, Reply.DROP);
      assertThat(open(Invoking.builder(stub)).generate(safe).join().stored()).hasSize(1);
      assertThat(stub.calls()).hasSize(3);
    }
  }

  @Test
  void aLostAnswerIsNotAskedForAgainWhereALateWorkerCouldWriteOverANewerRendition() {
    LambdaStub stub = failing(1, Reply.DROP);
    RenditionRequest request = Invoking.request(1).writing(WriteMode.REPLACE);
    RenditionException problem =
        problem(open(Invoking.builder(stub)).generate(request), FailureReason.BACKEND_FAILED);
    assertThat(problem).hasMessageContaining("the connection to the function renditions broke");
    assertThat(stub.calls()).hasSize(1);
  }

  @Test
  void anAnswerCutInItsMiddleIsLost() {
    byte[] whole = Reply.ok("{\"renditionWire\":1}".getBytes(UTF_8)).bytes();
    AtomicInteger count = new AtomicInteger();
    LambdaStub stub =
        stub(
            call -> count.incrementAndGet() == 1 ? cut(whole).now() : Functions.stored(call).now());
    RenditionReport report = open(Invoking.builder(stub)).generate(Invoking.request(1)).join();
    assertThat(report.stored()).hasSize(1);
  }

  @Test
  void answersThatStayLostAreGivenUp() {
    LambdaStub stub = stub(call -> Reply.DROP.now());
    problem(
        open(Invoking.builder(stub).attempts(4)).generate(Invoking.request(1)),
        FailureReason.BACKEND_FAILED);
    assertThat(stub.calls()).hasSize(4);
  }

  @Test
  void aPlaceNobodyListensAtIsToldAsSuch() {
    LambdaStub stub = stub(call -> NEVER);
    URI address = stub.uri();
    stub.close();
    RenditionException problem =
        problem(
            open(Invoking.builder(stub).endpoint(address)).generate(Invoking.request(1)),
            FailureReason.BACKEND_FAILED);
    assertThat(problem).hasMessageContaining("the function renditions cannot be reached");
  }

  @Test
  void aSlowAnswerIsWaitedForAndNotAskedForTwice() {
    LambdaStub stub = stub(call -> later(1_500, Functions.stored(call)));
    assertThat(open(Invoking.builder(stub)).generate(Invoking.request(1)).join().stored())
        .hasSize(1);
    assertThat(stub.calls()).hasSize(1);
  }

  /** The SDK left alone gives up after a while and invokes again: two executions of one request. */
  @Test
  void retriesAndTimeoutsOfAGivenClientAreNotUsed() {
    LambdaStub stub =
        stub(
            call ->
                call.request().source().path().equals("broken.jpg")
                    ? Reply.error(500, "ServiceException").now()
                    : later(1_500, Functions.stored(call)));
    try (SdkHttp http = new SdkHttp(Duration.ofSeconds(5));
        LambdaAsyncClient client =
            LambdaAsyncClient.builder()
                .region(Region.US_EAST_1)
                .endpointOverride(stub.uri())
                .credentialsProvider(Invoking.CREDENTIALS)
                .httpClient(http)
                .overrideConfiguration(
                    override ->
                        override
                            .apiCallTimeout(Duration.ofSeconds(10))
                            .apiCallAttemptTimeout(Duration.ofMillis(300)))
                .build()) {
      LambdaRenditionGenerator generator =
          open(LambdaRenditionGenerator.builder("renditions").client(client));
      assertThat(generator.generate(Invoking.request(1)).join().stored()).hasSize(1);
      assertThat(stub.calls()).hasSize(1);
      RenditionRequest broken = Invoking.request("broken.jpg", 1).writing(WriteMode.REPLACE);
      problem(generator.generate(broken), FailureReason.BACKEND_FAILED);
      assertThat(stub.calls()).hasSize(2);
      generator.close();
      // The client is still open, and still as its owner made it: four attempts.
      SdkBytes message = SdkBytes.fromByteArray(stub.calls().get(1).body());
      assertThat(client.invoke(call -> call.functionName("mine").payload(message)))
          .failsWithin(Duration.ofSeconds(20));
      assertThat(stub.calls()).hasSize(6);
    }
  }

  @Test
  void aFunctionThatNeverAnswersIsGivenUpOnceAfterItsOwnTimeout() {
    LambdaStub stub = stub(call -> NEVER);
    long start = System.nanoTime();
    RenditionException problem =
        problem(
            open(Invoking.builder(stub).functionTimeout(millis(100))).generate(Invoking.request(1)),
            FailureReason.BACKEND_FAILED);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(millis(5_000), millis(8_000));
    assertThat(problem)
        .hasMessageContaining("gave no answer for acme/a.jpg within its own timeout");
    assertThat(stub.calls()).hasSize(1);
    assertHungUp(stub, 0);
  }

  // Stopping

  @Test
  void cancellingBreaksTheConnection() {
    LambdaStub stub = stub(call -> NEVER);
    LambdaRenditionGenerator generator = open(Invoking.builder(stub).concurrency(1));
    CompletableFuture<RenditionReport> report = generator.generate(Invoking.request(1));
    CompletableFuture<RenditionReport> next = generator.generate(Invoking.request("b.jpg", 1));
    awaitCalls(stub, 1);
    assertThat(report.cancel(true)).isTrue();
    assertHungUp(stub, 0);
    assertThat(report).isCancelled();
    awaitCalls(stub, 2);
    assertThat(stub.calls().get(1).request().source().path()).isEqualTo("b.jpg");
    assertThat(next).isNotDone();
  }

  @Test
  void aDeadlineBreaksTheConnection() {
    LambdaStub stub = stub(call -> NEVER);
    RenditionRequest request = Invoking.request(1).before(Instant.now().plusMillis(400));
    RenditionException problem =
        problem(open(Invoking.builder(stub)).generate(request), FailureReason.DEADLINE_EXCEEDED);
    assertThat(problem)
        .hasMessage("the deadline passed while acme/a.jpg was with the function renditions");
    assertHungUp(stub, 0);
  }

  @Test
  void whatWouldComeAfterTheDeadlineIsNotRepeated() {
    LambdaStub stub =
        stub(
            call -> Reply.error(429, "TooManyRequestsException", Map.of("Retry-After", "9")).now());
    RenditionRequest request = Invoking.request(1).before(Instant.now().plusSeconds(5));
    problem(open(Invoking.builder(stub)).generate(request), FailureReason.BUSY);
    assertThat(stub.calls()).hasSize(1);
  }

  @Test
  void closingAnswersEverybodyAndBreaksConnections() {
    LambdaStub stub = stub(call -> NEVER);
    LambdaRenditionGenerator generator = open(Invoking.builder(stub).concurrency(2));
    List<CompletableFuture<RenditionReport>> reports = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      reports.add(generator.generate(Invoking.request(1)));
    }
    awaitCalls(stub, 2);
    generator.close();
    reports.forEach(report -> problem(report, FailureReason.CANCELLED));
    assertHungUp(stub, 0);
    assertHungUp(stub, 1);
    assertThat(stub.calls()).hasSize(2);
    await()
        .atMost(Duration.ofSeconds(10))
        .until(
            () ->
                Thread.getAllStackTraces().keySet().stream()
                    .noneMatch(thread -> thread.getName().startsWith("rendition-")));
  }

  // Bounds

  @Test
  void noMoreThanTheBoundRunAtATimeAndTheOthersWait() {
    LambdaStub stub = stub(call -> later(50, Functions.stored(call)));
    LambdaRenditionGenerator generator = open(Invoking.builder(stub).concurrency(3));
    List<CompletableFuture<RenditionReport>> reports = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      reports.add(generator.generate(Invoking.request(1)));
    }
    reports.forEach(CompletableFuture::join);
    assertThat(stub.mostRunning()).isEqualTo(3);
  }

  @Test
  void aFullQueueRefusesAtOnceAndWhatIsCancelledMakesRoom() {
    LambdaStub stub = stub(call -> NEVER);
    LambdaRenditionGenerator generator =
        open(Invoking.builder(stub).concurrency(1).queueCapacity(1));
    CompletableFuture<RenditionReport> first = generator.generate(Invoking.request(1));
    CompletableFuture<RenditionReport> second = generator.generate(Invoking.request(1));
    RenditionException problem =
        problem(generator.generate(Invoking.request(1)), FailureReason.BUSY);
    assertThat(problem).hasMessageContaining("1 requests wait for the function renditions already");
    assertThat(second.cancel(true)).isTrue();
    CompletableFuture<RenditionReport> third = generator.generate(Invoking.request(1));
    assertThat(third).isNotDone();
    assertThat(first).isNotDone();
  }

  @Test
  void aBurstAgainstFewPlacesIsAbsorbedAndNothingRunsTwice() {
    AtomicInteger free = new AtomicInteger(4);
    ConcurrentLinkedQueue<String> worked = new ConcurrentLinkedQueue<>();
    LambdaStub stub =
        stub(
            call -> {
              if (free.getAndUpdate(n -> n > 0 ? n - 1 : 0) == 0) {
                return Reply.throttled().now();
              }
              worked.add(call.request().source().path());
              return later(20, Functions.stored(call))
                  .whenComplete((r, e) -> free.incrementAndGet());
            });
    LambdaRenditionGenerator generator =
        open(Invoking.builder(stub).concurrency(20).throttledAttempts(1_000));
    List<CompletableFuture<RenditionReport>> reports = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      reports.add(generator.generate(Invoking.request("burst-" + i, 1)));
    }
    reports.forEach(report -> assertThat(report.join().stored()).hasSize(1));
    assertThat(worked).hasSize(100).doesNotHaveDuplicates();
    assertThat(generator.repetitions()).isPositive();
  }

  @Test
  void theCallerNeverWaitsForCredentials() {
    LambdaStub stub = stub(call -> Functions.stored(call).now());
    CountDownLatch given = new CountDownLatch(1);
    Thread caller = Thread.currentThread();
    LambdaRenditionGenerator generator =
        open(
            Invoking.builder(stub)
                .credentials(
                    () -> {
                      assertThat(Thread.currentThread()).isNotEqualTo(caller);
                      try {
                        assertThat(given.await(20, TimeUnit.SECONDS)).isTrue();
                      } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                      }
                      return Invoking.CREDENTIALS.resolveCredentials();
                    }));
    CompletableFuture<RenditionReport> report = generator.generate(Invoking.request(1));
    assertThat(report).isNotDone();
    given.countDown();
    assertThat(report.join().stored()).hasSize(1);
  }

  @Test
  void aDeadlineIsAnsweredAlsoWhileEveryThreadWaitsForCredentials() {
    LambdaStub stub = stub(call -> Functions.stored(call).now());
    CountDownLatch never = new CountDownLatch(1);
    LambdaRenditionGenerator generator =
        open(
            Invoking.builder(stub)
                .credentials(
                    () -> {
                      try {
                        assertThat(never.await(30, TimeUnit.SECONDS)).isTrue();
                      } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                      }
                      return Invoking.CREDENTIALS.resolveCredentials();
                    }));
    List<CompletableFuture<RenditionReport>> reports = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      reports.add(generator.generate(Invoking.request(1).before(Instant.now().plusMillis(500))));
    }
    long start = System.nanoTime();
    reports.forEach(report -> problem(report, FailureReason.DEADLINE_EXCEEDED));
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
    assertThat(stub.calls()).isEmpty();
  }

  @Test
  void aLongQueueIsClosedAtOnce() {
    LambdaStub stub = stub(call -> NEVER);
    LambdaRenditionGenerator generator =
        open(Invoking.builder(stub).concurrency(1).queueCapacity(100_000));
    List<CompletableFuture<RenditionReport>> reports = new ArrayList<>();
    for (int i = 0; i < 20_000; i++) {
      reports.add(generator.generate(Invoking.request(1)));
    }
    generator.close();
    reports.forEach(report -> problem(report, FailureReason.CANCELLED));
    assertThat(stub.calls()).hasSizeLessThanOrEqualTo(1);
  }

  // Splitting

  @Test
  void aLargeRequestIsSplitAndItsReportStandsInOrder() {
    LambdaStub stub = stub(call -> later(10, Functions.stored(call)));
    RenditionRequest request = Invoking.request(120);
    RenditionReport report =
        open(Invoking.builder(stub).renditionsPerInvocation(50)).generate(request).join();
    assertThat(report.outcomes()).extracting(o -> o.spec()).isEqualTo(request.specs());
    assertThat(stub.calls()).extracting(call -> call.request().specs().size()).containsOnly(40);
    assertThat(stub.calls())
        .extracting(call -> call.message().trace())
        .hasSize(3)
        .containsOnly(stub.calls().get(0).message().trace());
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whatAFunctionHasTooLittleTimeForIsHalvedUntilItFits(boolean told) {
    LambdaStub stub =
        stub(
            call ->
                call.request().specs().size() <= 5
                    ? Functions.stored(call).now()
                    : (told
                            ? Functions.refused(
                                new WireAnswer.Refused(FailureReason.DEADLINE_EXCEEDED, "late"))
                            : Reply.functionError(
                                "{\"errorMessage\":\"2026-11-21T10:00:00.000Z 1-2-3 Task timed out"
                                    + " after 3.00 seconds\"}",
                                ""))
                        .now());
    RenditionRequest request = Invoking.request(20);
    RenditionReport report = open(Invoking.builder(stub).concurrency(1)).generate(request).join();
    assertThat(report.outcomes()).extracting(o -> o.spec()).isEqualTo(request.specs());
    assertThat(report.stored()).hasSize(20);
    assertThat(stub.calls()).hasSize(7);
  }

  @Test
  void oneRenditionThatTakesTooLongIsToldAsSuch() {
    LambdaStub stub =
        stub(
            call ->
                Reply.functionError(
                        "{\"errorType\":\"Sandbox.Timedout\",\"errorMessage\":\"RequestId: 1 Error:"
                            + " Task timed out after 3.00 seconds\"}",
                        "")
                    .now());
    RenditionException problem =
        problem(
            open(Invoking.builder(stub)).generate(Invoking.request(1)),
            FailureReason.BACKEND_FAILED);
    assertThat(problem).hasMessageContaining("ran out of its time").hasMessageContaining("3.00 s");
    assertThat(stub.calls()).hasSize(1);
  }

  @Test
  void partsOfTwoVersionsOfTheSourceAreNoReport() {
    AtomicInteger count = new AtomicInteger();
    LambdaStub stub =
        stub(call -> Functions.stored(call.request(), "v" + count.incrementAndGet()).now());
    problem(
        open(Invoking.builder(stub).renditionsPerInvocation(1)).generate(Invoking.request(2)),
        FailureReason.SOURCE_CHANGED);
  }

  @Test
  void onePartThatFailsStopsTheOthers() {
    LambdaStub stub =
        stub(
            call ->
                call.request().specs().get(0).name().equals("recipe-0")
                    ? Functions.refused(
                            new WireAnswer.Refused(FailureReason.SOURCE_NOT_FOUND, "gone"))
                        .now()
                    : NEVER);
    RenditionException problem =
        problem(
            open(Invoking.builder(stub).renditionsPerInvocation(1)).generate(Invoking.request(3)),
            FailureReason.SOURCE_NOT_FOUND);
    assertThat(problem).hasMessage("gone");
    await()
        .until(
            () ->
                stub.calls().stream().filter(c -> c.gone().isDone()).count()
                    >= stub.calls().size() - 1);
  }

  // Failures

  @Test
  void aFunctionThatThrowsIsToldWithTheEndOfItsLog() {
    LambdaStub stub =
        stub(
            call ->
                Reply.functionError(
                        "{\"errorType\":\"java.lang.IllegalStateException\",\"errorMessage\":\"no"
                            + " bucket\\u001b[2J\\n\",\"stackTrace\":[\"a\",[\"b\"]]}",
                        "x".repeat(9_000) + "\nSTART RequestId\r\n\u001b[31mred\u202e\nEND")
                    .now());
    RenditionException problem =
        problem(
            open(Invoking.builder(stub)).generate(Invoking.request(1)),
            FailureReason.BACKEND_FAILED);
    assertThat(problem)
        .hasMessage(
            "the function renditions failed (java.lang.IllegalStateException: no bucket?[2J ); the"
                + " cause holds the end of its log");
    assertThat(problem).hasCauseInstanceOf(WorkerException.class);
    WorkerException cause = (WorkerException) problem.getCause();
    assertThat(cause.type()).isEqualTo("java.lang.IllegalStateException");
    assertThat(cause.logTail())
        .endsWith("\nSTART RequestId\n?[31mred?\nEND")
        .hasSizeLessThanOrEqualTo(4_096);
    assertThat(cause).hasMessageContaining("START RequestId");
    assertThat(stub.calls()).hasSize(1);
  }

  @Test
  void aFunctionThatCrashesIsAskedAgainWhereThatIsSafe() {
    Reply crash =
        Reply.functionError(
            "{\"errorType\":\"Runtime.ExitError\",\"errorMessage\":\"RequestId: 1 Error: Runtime"
                + " exited with error: signal: killed\"}",
            "");
    LambdaStub stub = failing(2, crash);
    assertThat(open(Invoking.builder(stub)).generate(Invoking.request(1)).join().stored())
        .hasSize(1);
    LambdaStub other = failing(2, crash);
    RenditionRequest unsafe = Invoking.request(1).writing(WriteMode.REPLACE);
    RenditionException problem =
        problem(open(Invoking.builder(other)).generate(unsafe), FailureReason.BACKEND_FAILED);
    assertThat(problem).hasMessageContaining("signal: killed");
    assertThat(other.calls()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "403,AccessDeniedException,these credentials lack the right lambda:InvokeFunction",
    "403,ExpiredTokenException,the session of these credentials has ended",
    "404,ResourceNotFoundException,there is no such function or version",
    "413,RequestTooLargeException,the request is too large",
    "400,InvalidRequestContentException,look at the code in the documentation",
    "502,InvalidZipFileException,its configuration is broken"
  })
  void whatWillNotChangeIsNotRepeatedAndSaysWhatToDo(int status, String code, String remedy) {
    LambdaStub stub = stub(call -> Reply.error(status, code).now());
    RenditionException problem =
        problem(
            open(Invoking.builder(stub)).generate(Invoking.request(1)),
            FailureReason.BACKEND_FAILED);
    assertThat(problem).hasMessageContaining(code).hasMessageContaining(remedy);
    assertThat(stub.calls()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "\"text\"",
        "{}",
        "<html>",
        "{\"renditionWire\":1,\"kind\":\"report\",\"source\":\"acme/a.jpg\"}",
        "{\"renditionWire\":1,\"kind\":\"pong\",\"versions\":[1],\"outputVersion\":1,\"worker\":\"x\"}",
        "{\"renditionWire\":9,\"kind\":\"report\"}"
      })
  void anAnswerThatIsNoneIsNotRepeated(String body) {
    LambdaStub stub = stub(call -> Reply.ok(body.getBytes(UTF_8)).now());
    RenditionException problem =
        problem(
            open(Invoking.builder(stub)).generate(Invoking.request(1)),
            FailureReason.BACKEND_FAILED);
    assertThat(problem)
        .hasMessageStartingWith("the function renditions gave an answer that cannot be read: ");
    assertThat(stub.calls()).hasSize(1);
  }

  @Test
  void anEndlessAnswerIsBrokenOff() {
    LambdaStub stub = stub(call -> Reply.ok(new byte[BoundedBody.MAX_BYTES + 1]).now());
    RenditionException problem =
        problem(
            open(Invoking.builder(stub).attempts(1)).generate(Invoking.request(1)),
            FailureReason.BACKEND_FAILED);
    assertThat(problem).hasMessageContaining("longer than 7340032 bytes");
  }

  @Test
  void anotherVersionOfTheWireIsToldWithBoth() {
    LambdaStub stub =
        stub(call -> Functions.refused(new WireAnswer.VersionRefused(List.of(2, 3))).now());
    RenditionException problem =
        problem(
            open(Invoking.builder(stub)).generate(Invoking.request(1)),
            FailureReason.BACKEND_FAILED);
    assertThat(problem)
        .hasMessage(
            "the function renditions speaks wire versions [2, 3], and this side writes 1; deploy"
                + " both of one release");
  }

  // Events

  @Test
  void aSubmissionIsAnEventAndIsAcceptedNotDone() {
    LambdaStub stub = stub(call -> Reply.of(202, Map.of(), new byte[0]).now());
    RenditionRequest request = Invoking.request(2).before(Instant.now().plusSeconds(36_000));
    assertThat(open(Invoking.builder(stub)).submit(request)).succeedsWithin(Duration.ofSeconds(20));
    Call call = stub.calls().get(0);
    assertThat(call.header("x-amz-invocation-type")).isEqualTo("Event");
    assertThat(call.message())
        .isEqualTo(new WireRequest.Generate(call.message().trace(), request, true));
  }

  @Test
  void aLargeSubmissionBecomesEventsSmallEnoughForTheQueue() {
    LambdaStub stub = stub(call -> Reply.of(202, Map.of(), new byte[0]).now());
    RenditionRequest request =
        Invoking.request("\u4e2d".repeat(80) + "/" + "\u4e2d".repeat(80), 200);
    var unused = open(Invoking.builder(stub).renditionsPerInvocation(200)).submit(request).join();
    List<String> targets = new ArrayList<>();
    for (Call call : stub.calls()) {
      assertThat(call.body().length).isLessThan(RemoteSettings.MAX_EVENT_BYTES);
      call.request().specs().forEach(spec -> targets.add(spec.target().path()));
    }
    assertThat(targets).hasSize(200).doesNotHaveDuplicates();
  }

  @Test
  void aSubmissionThatIsNotAcceptedIsNone() {
    LambdaStub stub = stub(call -> Reply.ok(new byte[0]).now());
    RenditionException problem =
        problem(
            open(Invoking.builder(stub)).submit(Invoking.request(1)), FailureReason.BACKEND_FAILED);
    assertThat(problem).hasMessageContaining("did not accept the event: status 200");
  }

  // Who is there

  @Test
  void aProbeSaysWhoIsThere() {
    LambdaStub stub = stub(call -> Functions.pong(Fingerprint.OUTPUT_VERSION).now());
    assertThat(open(Invoking.builder(stub)).probe().join())
        .isEqualTo("the function renditions is a stub 1.0 and speaks wire versions [1]");
    assertThat(stub.calls().get(0).message()).isInstanceOf(WireRequest.Ping.class);
  }

  @Test
  void aFunctionThatMakesOtherRenditionsThanKeysSayDoesNotFit() {
    LambdaStub stub = stub(call -> Functions.pong(Fingerprint.OUTPUT_VERSION + 1).now());
    RenditionException problem =
        problem(open(Invoking.builder(stub)).probe(), FailureReason.BACKEND_FAILED);
    assertThat(problem)
        .hasMessageContaining(
            "makes renditions of output version " + (Fingerprint.OUTPUT_VERSION + 1));
  }

  @Test
  void whatNoFunctionCanBeIsRefusedWhenItIsSet() {
    assertThatIllegalArgumentException().isThrownBy(() -> LambdaRenditionGenerator.builder("a b"));
    LambdaRenditionGenerator.Builder builder = LambdaRenditionGenerator.builder("f");
    assertThatIllegalArgumentException().isThrownBy(() -> builder.qualifier("a/b"));
    assertThatIllegalArgumentException().isThrownBy(() -> builder.region("EU"));
    assertThatIllegalArgumentException().isThrownBy(() -> builder.endpoint(URI.create("ftp://x")));
    assertThatIllegalArgumentException().isThrownBy(() -> builder.concurrency(0));
    assertThatIllegalArgumentException().isThrownBy(() -> builder.queueCapacity(0));
    assertThatIllegalArgumentException().isThrownBy(() -> builder.attempts(11));
    assertThatIllegalArgumentException().isThrownBy(() -> builder.throttledAttempts(0));
    assertThatIllegalArgumentException().isThrownBy(() -> builder.renditionsPerInvocation(201));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.functionTimeout(Duration.ofHours(1)));
    assertThatIllegalArgumentException().isThrownBy(() -> builder.connectTimeout(Duration.ZERO));
  }

  /** The target is 15 ms; a call to a stub on loopback that answers at once is all overhead. */
  @Test
  void theClientAddsLittleToAWarmInvocation() {
    LambdaStub stub = stub(call -> Functions.stored(call).now());
    LambdaRenditionGenerator generator = open(Invoking.builder(stub));
    List<Long> nanos = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      long start = System.nanoTime();
      var unused = generator.generate(Invoking.request(5)).join();
      if (i >= 100) {
        nanos.add(System.nanoTime() - start);
      }
    }
    Duration median = Duration.ofNanos(nanos.stream().sorted().toList().get(50));
    assertThat(median).isLessThan(millis(15));
  }

  private LambdaStub stub(Function<Call, CompletableFuture<Reply>> script) {
    LambdaStub stub = new LambdaStub(script);
    parts.add(stub);
    return stub;
  }

  /** A stub that answers some times with a failure and then as it should. */
  private LambdaStub failing(int times, Reply failure) {
    AtomicInteger count = new AtomicInteger();
    return stub(
        call -> (count.incrementAndGet() <= times ? failure : Functions.stored(call)).now());
  }

  private LambdaRenditionGenerator open(LambdaRenditionGenerator.Builder builder) {
    LambdaRenditionGenerator generator = builder.build();
    parts.add(0, generator);
    return generator;
  }

  private static RenditionException problem(CompletableFuture<?> future, FailureReason reason) {
    return Invoking.problem(future, reason);
  }

  private static void awaitCalls(LambdaStub stub, int count) {
    await().atMost(Duration.ofSeconds(20)).until(() -> stub.calls().size() == count);
  }

  private static void assertHungUp(LambdaStub stub, int index) {
    assertThat(stub.calls().get(index).gone()).succeedsWithin(Duration.ofSeconds(10));
  }

  private static CompletableFuture<Reply> later(long millis, Reply reply) {
    Executor delayed = CompletableFuture.delayedExecutor(millis, TimeUnit.MILLISECONDS);
    return CompletableFuture.supplyAsync(() -> reply, delayed);
  }

  private static Reply cut(byte[] whole) {
    return Reply.cut(whole, whole.length - 5);
  }

  private static Duration millis(long count) {
    return Duration.ofMillis(count);
  }
}
