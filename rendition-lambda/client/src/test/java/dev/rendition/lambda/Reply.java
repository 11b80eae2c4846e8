package dev.rendition.lambda;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** What the stub answers one call with. */
final class Reply {
  /** The connection ends without an answer. */
  static final Reply DROP = new Reply(new byte[0], true);

  private final byte[] bytes;
  private final boolean last;

  private Reply(byte[] bytes, boolean last) {
    this.bytes = bytes;
    this.last = last;
  }

  /** The beginning of an answer; then the connection ends. */
  static Reply cut(byte[] whole, int length) {
    return new Reply(Arrays.copyOf(whole, length), true);
  }

  /** Returns whether the connection ends after this. */
  boolean last() {
    return last;
  }

  byte[] bytes() {
    return bytes;
  }

  CompletableFuture<Reply> now() {
    return CompletableFuture.completedFuture(this);
  }

  static Reply of(int status, Map<String, String> headers, byte[] body) {
    StringBuilder head = new StringBuilder("HTTP/1.1 " + status + " Status\r\n");
    headers.forEach((name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
    head.append("Content-Type: application/json\r\n");
    head.append("Content-Length: ").append(body.length).append("\r\n\r\n");
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    whole.writeBytes(head.toString().getBytes(ISO_8859_1));
    whole.writeBytes(body);
    return new Reply(whole.toByteArray(), false);
  }

  static Reply ok(byte[] body) {
    return of(200, Map.of("X-Amz-Executed-Version", "$LATEST"), body);
  }

  /** An error of the service as the REST-JSON protocol tells it. */
  static Reply error(int status, String code, Map<String, String> more) {
    Map<String, String> headers = new HashMap<>(more);
    headers.put("x-amzn-ErrorType", code + ":http://internal.amazon.com/coral/");
    headers.put("x-amzn-RequestId", "r-1");
    return of(
        status, headers, ("{\"Type\":\"User\",\"message\":\"" + code + " told\"}").getBytes(UTF_8));
  }

  static Reply error(int status, String code) {
    return error(status, code, Map.of());
  }

  static Reply throttled() {
    return error(429, "TooManyRequestsException");
  }

  /** An error of the function itself. */
  static Reply functionError(String payload, String log) {
    return of(
        200,
        Map.of(
            "X-Amz-Function-Error",
            "Unhandled",
            "X-Amz-Log-Result",
            Base64.getEncoder().encodeToString(log.getBytes(UTF_8))),
        payload.getBytes(UTF_8));
  }
}
