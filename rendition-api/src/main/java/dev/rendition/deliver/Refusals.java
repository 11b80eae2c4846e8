package dev.rendition.deliver;

import dev.rendition.generate.FailureReason;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Writes the answers that show no rendition. Their text is a word of ours: nothing a client sent,
 * and nothing a store said, comes back. Safe for use by many threads.
 */
final class Refusals {
  private static final String NEVER = "no-store";

  private final Fallback fallback;
  private final Duration maxAge;

  Refusals(Fallback fallback, Duration maxAge) {
    this.fallback = fallback;
    this.maxAge = maxAge;
  }

  /** Returns the answer to a failure. */
  HttpAnswer of(FailureReason reason, boolean head) {
    boolean stays = !reason.retryable() && reason.httpStatus() < 500;
    HttpAnswer answer = of(reason.httpStatus(), reason.name(), stays ? briefly() : NEVER, head);
    int wait = retryAfter(reason);
    return wait < 0 ? answer : answer.with("Retry-After", Integer.toString(wait));
  }

  /** Returns the answer to an address that asks for nothing. */
  HttpAnswer of(Address.Problem problem, boolean head) {
    return of(problem.httpStatus(), problem.name(), briefly(), head);
  }

  /** Returns the answer to another method than GET and HEAD. */
  static HttpAnswer method() {
    return text(405, "only GET and HEAD are answered here", "METHOD", NEVER, false)
        .with("Allow", "GET, HEAD");
  }

  /** Returns a redirect (RFC 9110, section 15.4.3) to where a rendition is now. */
  HttpAnswer moved(String location) {
    return redirect(location, briefly());
  }

  /** Returns a redirect to a link that is nobody else's to have. */
  static HttpAnswer elsewhere(String location) {
    return redirect(location, NEVER);
  }

  /** Returns the headers every answer has. */
  static Map<String, String> common() {
    Map<String, String> headers = new TreeMap<>();
    headers.put("X-Content-Type-Options", "nosniff");
    headers.put("Content-Security-Policy", "default-src 'none'; sandbox");
    return headers;
  }

  /** Returns the seconds after which asking again makes sense, or -1. */
  private static int retryAfter(FailureReason reason) {
    return switch (reason) {
      case SOURCE_CHANGED -> 0;
      case BUSY, CANCELLED -> 1;
      case DEADLINE_EXCEEDED -> 2;
      case STORE_FAILED, BACKEND_FAILED -> 5;
      default -> -1;
    };
  }

  private String briefly() {
    return maxAge.isZero() ? NEVER : "public, max-age=" + maxAge.toSeconds();
  }

  private HttpAnswer of(int status, String reason, String cacheControl, boolean head) {
    Optional<KeptBytes> picture = fallback.picture(status);
    if (picture.isEmpty()) {
      return text(status, reason, reason, cacheControl, head);
    }
    KeptBytes bytes = picture.get();
    return body(status, bytes.info().mediaType(), bytes.length(), bytes.open(), head)
        .with("Cache-Control", cacheControl)
        .with("Rendition-Problem", reason);
  }

  private static HttpAnswer redirect(String location, String cacheControl) {
    return new HttpAnswer(302, common(), 0, InputStream.nullInputStream())
        .with("Cache-Control", cacheControl)
        .with("Content-Length", "0")
        .with("Location", location);
  }

  private static HttpAnswer text(
      int status, String line, String reason, String cacheControl, boolean head) {
    byte[] body = (line + "\n").getBytes(StandardCharsets.US_ASCII);
    InputStream bytes = new ByteArrayInputStream(body);
    return body(status, "text/plain; charset=us-ascii", body.length, bytes, head)
        .with("Cache-Control", cacheControl)
        .with("Rendition-Problem", reason);
  }

  private static HttpAnswer body(
      int status, String mediaType, int length, InputStream bytes, boolean head) {
    Map<String, String> headers = common();
    headers.put("Content-Type", mediaType);
    headers.put("Content-Length", Integer.toString(length));
    return new HttpAnswer(
        status, headers, head ? 0 : length, head ? InputStream.nullInputStream() : bytes);
  }
}
