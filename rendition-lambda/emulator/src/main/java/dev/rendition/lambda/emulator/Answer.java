package dev.rendition.lambda.emulator;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** What the service has to tell about an invocation that ended. Immutable. */
final class Answer {
  /** How much of the log goes along: AWS Lambda API reference, Invoke, LogType. */
  static final int MAX_LOG_TAIL = 4_096;

  private final String executedVersion;
  private final String traceId;
  private final Outcome outcome;
  private final byte[] logTail;
  private final InvocationStatistics statistics;

  Answer(
      String executedVersion,
      String traceId,
      Outcome outcome,
      String log,
      InvocationStatistics statistics) {
    this.executedVersion = executedVersion;
    this.traceId = traceId;
    this.outcome = outcome;
    this.logTail = tail(log);
    this.statistics = statistics;
  }

  private static byte[] tail(String log) {
    byte[] all = log.getBytes(StandardCharsets.UTF_8);
    int from = Math.max(0, all.length - MAX_LOG_TAIL);
    // Not in the middle of a character.
    while (from > 0 && from < all.length && (all[from] & 0xC0) == 0x80) {
      from++;
    }
    byte[] tail = new byte[all.length - from];
    System.arraycopy(all, from, tail, 0, tail.length);
    return tail;
  }

  String requestId() {
    return statistics.requestId();
  }

  InvocationStatistics statistics() {
    return statistics;
  }

  String executedVersion() {
    return executedVersion;
  }

  String traceId() {
    return traceId;
  }

  Outcome outcome() {
    return outcome;
  }

  String encodedLogTail() {
    return Base64.getEncoder().encodeToString(logTail);
  }

  /** Returns the value of the header that tells of an error of the function. */
  Optional<String> functionError() {
    return outcome.failed() ? Optional.of("Unhandled") : Optional.empty();
  }

  InvocationResult toResult() {
    return new InvocationResult(
        requestId(),
        executedVersion,
        new String(outcome.payload(), StandardCharsets.UTF_8),
        functionError(),
        new String(logTail, StandardCharsets.UTF_8),
        statistics);
  }
}
