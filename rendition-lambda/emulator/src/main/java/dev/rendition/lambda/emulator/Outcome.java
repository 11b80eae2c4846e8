package dev.rendition.lambda.emulator;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;

/**
 * How an invocation ended: the bytes the caller gets, and whether they tell of an error. Immutable;
 * the bytes are not copied.
 */
final class Outcome {
  /** The largest answer: 6 MB and a little, as the service says in its error. */
  static final int MAX_ANSWER = 6_291_556;

  private final byte[] payload;
  private final boolean failed;
  private final boolean timedOut;

  private Outcome(byte[] payload, boolean failed, boolean timedOut) {
    this.payload = payload;
    this.failed = failed;
    this.timedOut = timedOut;
  }

  static Outcome answered(byte[] payload) {
    return new Outcome(payload, false, false);
  }

  /** Returns the end of an invocation whose runtime told of an error. */
  static Outcome failed(byte[] error) {
    return new Outcome(error, true, false);
  }

  static Outcome tooLarge() {
    return failed(
        error(
            "Function.ResponseSizeTooLarge",
            "Response payload size exceeded maximum allowed payload size ("
                + MAX_ANSWER
                + " bytes)."));
  }

  static Outcome timedOut(String requestId, Duration limit) {
    String seconds = String.format(Locale.ROOT, "%.2f", limit.toMillis() / 1_000.0);
    return new Outcome(
        error(
            "Sandbox.Timedout",
            "RequestId: " + requestId + " Error: Task timed out after " + seconds + " seconds"),
        true,
        true);
  }

  /**
   * Returns the end of an invocation whose process ended.
   *
   * @param status the exit status; from 128 on it tells of a signal
   */
  static Outcome exited(String requestId, int status) {
    return failed(
        error("Runtime.ExitError", "RequestId: " + requestId + " Error: " + exit(status)));
  }

  private static String exit(int status) {
    switch (status) {
      case 0:
        return "Runtime exited without providing a reason";
      case 134:
        return "Runtime exited with error: signal: aborted";
      case 137:
        return "Runtime exited with error: signal: killed";
      case 139:
        return "Runtime exited with error: signal: segmentation fault";
      case 143:
        return "Runtime exited with error: signal: terminated";
      default:
        return "Runtime exited with error: exit status " + status;
    }
  }

  private static byte[] error(String type, String message) {
    return Json.write(
            json -> {
              json.writeStartObject();
              json.writeStringField("errorType", type);
              json.writeStringField("errorMessage", message);
              json.writeEndObject();
            })
        .getBytes(StandardCharsets.UTF_8);
  }

  byte[] payload() {
    return payload;
  }

  boolean failed() {
    return failed;
  }

  boolean timedOut() {
    return timedOut;
  }
}
