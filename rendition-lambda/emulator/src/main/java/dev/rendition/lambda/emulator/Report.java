package dev.rendition.lambda.emulator;

import java.time.Duration;
import java.util.Locale;

/**
 * Puts together what is told of an invocation: its figures, and its log with the lines the service
 * adds.
 */
final class Report {
  private Report() {}

  static Answer of(
      FunctionDefinition function,
      Invocation invocation,
      Duration init,
      int maxMemory,
      String log) {
    Outcome outcome = invocation.outcome().orElseThrow();
    Duration duration = Duration.ofNanos(invocation.durationNanos());
    Duration billed = Duration.ofMillis(ceilMillis(duration.plus(init)));
    InvocationStatistics statistics =
        new InvocationStatistics(
            invocation.requestId(),
            invocation.cold(),
            init,
            duration,
            billed,
            function.memoryMegabytes(),
            maxMemory,
            outcome.failed());
    String id = "RequestId: " + invocation.requestId();
    StringBuilder text = new StringBuilder(log.length() + 300);
    text.append("START ").append(id).append(" Version: ").append(function.version()).append('\n');
    text.append(log);
    if (!log.isEmpty() && !log.endsWith("\n")) {
      text.append('\n');
    }
    if (outcome.timedOut()) {
      text.append(id).append(" Task timed out after ").append(millis(duration)).append(" ms\n");
    }
    text.append("END ").append(id).append('\n');
    text.append("REPORT ").append(id);
    text.append("\tDuration: ").append(millis(duration)).append(" ms");
    text.append("\tBilled Duration: ").append(billed.toMillis()).append(" ms");
    text.append("\tMemory Size: ").append(function.memoryMegabytes()).append(" MB");
    text.append("\tMax Memory Used: ").append(maxMemory).append(" MB");
    if (invocation.cold()) {
      text.append("\tInit Duration: ").append(millis(init)).append(" ms");
    }
    text.append("\t\n");
    return new Answer(
        function.version(), invocation.traceId(), outcome, text.toString(), statistics);
  }

  private static long ceilMillis(Duration duration) {
    return (duration.toNanos() + 999_999) / 1_000_000;
  }

  private static String millis(Duration duration) {
    return String.format(Locale.ROOT, "%.2f", duration.toNanos() / 1e6);
  }
}
