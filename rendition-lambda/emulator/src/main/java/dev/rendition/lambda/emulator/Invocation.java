package dev.rendition.lambda.emulator;

import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;

/**
 * One event on its way through one environment. What is set after construction is set under the
 * fleet's lock, and read after the answer is there.
 */
final class Invocation {
  private final String requestId;
  private final String functionArn;
  private final String traceId;
  private final Optional<String> clientContext;
  private final byte[] payload;
  private final CompletableFuture<Answer> answer = new CompletableFuture<>();
  private Optional<Outcome> outcome = Optional.empty();
  private boolean cold;
  private long handedOutNanos;
  private long endedNanos;

  private Invocation(
      String requestId,
      String functionArn,
      String traceId,
      Optional<String> clientContext,
      byte[] payload) {
    this.requestId = requestId;
    this.functionArn = functionArn;
    this.traceId = traceId;
    this.clientContext = clientContext;
    this.payload = payload;
  }

  static Invocation of(String functionArn, byte[] payload) {
    return new Invocation(newId(), functionArn, newTraceId(), Optional.empty(), payload);
  }

  Invocation withTraceId(String id) {
    return new Invocation(requestId, functionArn, id, clientContext, payload);
  }

  Invocation withClientContext(String context) {
    return new Invocation(requestId, functionArn, traceId, Optional.of(context), payload);
  }

  /** Returns another attempt at the same event: the id stays, as in the service. */
  Invocation again() {
    return new Invocation(requestId, functionArn, traceId, clientContext, payload);
  }

  static String newId() {
    return UUID.randomUUID().toString();
  }

  private static String newTraceId() {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    return String.format(
        Locale.ROOT,
        "Root=1-%08x-%08x%016x;Parent=%016x;Sampled=0",
        System.currentTimeMillis() / 1_000,
        random.nextInt(),
        random.nextLong(),
        random.nextLong());
  }

  String requestId() {
    return requestId;
  }

  String functionArn() {
    return functionArn;
  }

  String traceId() {
    return traceId;
  }

  Optional<String> clientContext() {
    return clientContext;
  }

  byte[] payload() {
    return payload;
  }

  CompletableFuture<Answer> answer() {
    return answer;
  }

  Optional<Outcome> outcome() {
    return outcome;
  }

  /**
   * Keeps how it ended, unless that is known already: after an answer that was too large the client
   * tells of an error too.
   */
  boolean end(Outcome ending) {
    if (outcome.isPresent()) {
      return false;
    }
    outcome = Optional.of(ending);
    endedNanos = System.nanoTime();
    return true;
  }

  boolean cold() {
    return cold;
  }

  void markCold() {
    cold = true;
  }

  boolean handedOut() {
    return handedOutNanos != 0;
  }

  void markHandedOut() {
    handedOutNanos = System.nanoTime();
  }

  /** Returns how long the function had the event; 0 if it never got it. */
  long durationNanos() {
    return handedOut() ? Math.max(0, endedNanos - handedOutNanos) : 0;
  }
}
