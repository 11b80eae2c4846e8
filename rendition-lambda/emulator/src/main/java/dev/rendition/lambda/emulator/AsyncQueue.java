package dev.rendition.lambda.emulator;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;

/**
 * The events of a function: AWS Lambda developer guide, "How Lambda handles errors and retries with
 * asynchronous invocation". An event the function fails at is handed out up to two more times, one
 * minute and two minutes later. One that is throttled, or meets an error of the service, is handed
 * out again after 1 s, 2 s, … at most 5 minutes, until it is too old. Waiting times and ages are
 * those of the service multiplied with the time scale.
 */
final class AsyncQueue {
  private static final int MAX_PENDING = 100_000;
  private static final long MAX_PENDING_BYTES = 256L << 20;
  private static final int MAX_ERROR_MESSAGE = 1_024;
  private static final Duration LONGEST_BACKOFF = Duration.ofMinutes(5);
  private static final int MAX_DOUBLINGS = 9;

  private final EmulatedFunction function;
  private final Fleet fleet;
  private final Kept<DeadLetter> deadLetters = new Kept<>(letter -> letter.event().length());
  private final Kept<String> failures = new Kept<>(String::length);
  private final Kept<String> successes = new Kept<>(String::length);
  private long pendingBytes;
  private int pending;
  private boolean closed;

  AsyncQueue(EmulatedFunction function, Fleet fleet) {
    this.function = function;
    this.fleet = fleet;
  }

  /** One event; its attempts follow each other. */
  private static final class Event {
    private final Invocation invocation;
    private final long sentNanos = System.nanoTime();
    private int invokes;
    private int errors;
    private int refusals;

    /** What came of the last attempt. */
    private Optional<Answer> answer = Optional.empty();

    private int status;
    private String error = "";

    private Event(Invocation invocation) {
      this.invocation = invocation;
    }
  }

  /** Keeps an event and returns its request id. */
  String add(Invocation invocation) {
    synchronized (this) {
      int bytes = invocation.payload().length;
      if (closed || pending >= MAX_PENDING || pendingBytes + bytes > MAX_PENDING_BYTES) {
        throw ServiceError.throttled("FunctionInvocationRateLimitExceeded");
      }
      pending++;
      pendingBytes += bytes;
    }
    Event event = new Event(invocation);
    fleet.front().execute(() -> attempt(event));
    return invocation.requestId();
  }

  private void attempt(Event event) {
    if (tooOld(event, Duration.ZERO)) {
      discard(event, "EventAgeExceeded");
      return;
    }
    event.invokes++;
    var unused =
        function
            .start(event.invocation.again())
            .whenComplete(
                (answer, failure) -> {
                  if (failure != null) {
                    refused(event, failure);
                  } else if (answer.outcome().failed()) {
                    failed(event, answer);
                  } else {
                    succeeded(event, answer);
                  }
                });
  }

  private void refused(Event event, Throwable failure) {
    Throwable cause = LostAnswer.cause(failure);
    event.answer = Optional.empty();
    event.status = cause instanceof ServiceError refusal ? refusal.status() : 500;
    event.error = String.valueOf(cause.getMessage());
    if (!(cause instanceof LostAnswer)) {
      event.invokes--;
    }
    Duration wait = Duration.ofSeconds(1L << Math.min(event.refusals++, MAX_DOUBLINGS));
    again(event, wait.compareTo(LONGEST_BACKOFF) > 0 ? LONGEST_BACKOFF : wait);
  }

  private void failed(Event event, Answer answer) {
    event.answer = Optional.of(answer);
    event.status = 200;
    event.error = new String(answer.outcome().payload(), StandardCharsets.UTF_8);
    event.errors++;
    if (event.errors > function.definition().maxRetries()) {
      discard(event, "RetriesExhausted");
    } else {
      again(event, Duration.ofMinutes(event.errors));
    }
  }

  private void succeeded(Event event, Answer answer) {
    event.answer = Optional.of(answer);
    successes.add(record(event, "Success"));
    forget(event);
  }

  private void again(Event event, Duration wait) {
    Duration scaled = fleet.settings().scaled(wait);
    if (tooOld(event, scaled)) {
      discard(event, "EventAgeExceeded");
      return;
    }
    try {
      var unused = fleet.later(scaled, () -> fleet.front().execute(() -> attempt(event)));
    } catch (RejectedExecutionException e) {
      // The emulator is being closed, and the event with it.
      close();
    }
  }

  private boolean tooOld(Event event, Duration later) {
    Duration age = Duration.ofNanos(System.nanoTime() - event.sentNanos).plus(later);
    return age.compareTo(fleet.settings().scaled(function.definition().maxEventAge())) > 0;
  }

  private void discard(Event event, String condition) {
    String message = event.error.substring(0, Math.min(event.error.length(), MAX_ERROR_MESSAGE));
    String payload = new String(event.invocation.payload(), StandardCharsets.UTF_8);
    failures.add(record(event, condition));
    deadLetters.add(new DeadLetter(event.invocation.requestId(), event.status, message, payload));
    forget(event);
  }

  private synchronized void forget(Event event) {
    if (!closed) {
      pending--;
      pendingBytes -= event.invocation.payload().length;
    }
  }

  /**
   * Writes what a destination gets: AWS Lambda developer guide, "Capturing records of Lambda
   * asynchronous invocations".
   */
  private String record(Event event, String condition) {
    return Json.write(
        json -> {
          json.writeStartObject();
          json.writeStringField("version", "1.0");
          json.writeStringField(
              "timestamp", Instant.now().truncatedTo(ChronoUnit.MILLIS).toString());
          json.writeObjectFieldStart("requestContext");
          json.writeStringField("requestId", event.invocation.requestId());
          json.writeStringField(
              "functionArn", function.arn() + ":" + function.definition().version());
          json.writeStringField("condition", condition);
          json.writeNumberField("approximateInvokeCount", event.invokes);
          json.writeEndObject();
          json.writeFieldName("requestPayload");
          json.writeRawValue(new String(event.invocation.payload(), StandardCharsets.UTF_8));
          if (event.answer.isPresent()) {
            Answer answer = event.answer.get();
            json.writeObjectFieldStart("responseContext");
            json.writeNumberField("statusCode", 200);
            json.writeStringField("executedVersion", answer.executedVersion());
            if (answer.functionError().isPresent()) {
              json.writeStringField("functionError", answer.functionError().get());
            }
            json.writeEndObject();
            json.writeFieldName("responsePayload");
            json.writeRawValue(text(answer));
          }
          json.writeEndObject();
        });
  }

  private static String text(Answer answer) {
    String text = new String(answer.outcome().payload(), StandardCharsets.UTF_8);
    try {
      Json.check(answer.outcome().payload());
      return text;
    } catch (IOException e) {
      // A stream handler may return anything.
      return Json.write(json -> json.writeString(text));
    }
  }

  synchronized int pending() {
    return pending;
  }

  List<DeadLetter> deadLetters() {
    return deadLetters.all();
  }

  List<String> failures() {
    return failures.all();
  }

  List<String> successes() {
    return successes.all();
  }

  /** Takes no more events, and forgets those it has. */
  synchronized void close() {
    closed = true;
    pending = 0;
  }
}
