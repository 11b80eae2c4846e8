package dev.rendition.lambda.function;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/** What is answered over HTTP. Only headers put in here are sent: none of a store's. Immutable. */
final class HttpReply {
  private static final byte[] NOTHING = {};

  private final int status;
  private final Map<String, String> headers;
  private final byte[] body;
  private final long length;

  private HttpReply(int status, Map<String, String> headers, byte[] body, long length) {
    this.status = status;
    this.headers = Collections.unmodifiableMap(new TreeMap<>(headers));
    this.body = body;
    this.length = length;
  }

  /** Returns a reply without a body. */
  static HttpReply of(int status) {
    return new HttpReply(status, Map.of(), NOTHING, 0);
  }

  /** Returns this with one more header. */
  HttpReply with(String name, String value) {
    Map<String, String> more = new TreeMap<>(headers);
    more.put(name, value);
    return new HttpReply(status, more, body, length);
  }

  /** Returns this with a body, which is shared, not copied. */
  HttpReply with(String mediaType, byte[] bytes) {
    return new HttpReply(status, headers, bytes, bytes.length).typed(mediaType);
  }

  /** Returns this as the answer to HEAD: with the headers of a body, and without it. */
  HttpReply withoutBody(String mediaType, long bytes) {
    return new HttpReply(status, headers, NOTHING, bytes).typed(mediaType);
  }

  /** Returns this as the answer to HEAD if that was asked for. */
  HttpReply forMethod(HttpCall call) {
    return call.isHead() ? new HttpReply(status, headers, NOTHING, length) : this;
  }

  private HttpReply typed(String mediaType) {
    return with("Content-Type", mediaType).with("X-Content-Type-Options", "nosniff");
  }

  int status() {
    return status;
  }

  /** Returns the headers by name, without Content-Length. */
  Map<String, String> headers() {
    return headers;
  }

  /** Returns the body itself, not a copy; empty for none. */
  byte[] body() {
    return body;
  }

  /** Returns how many bytes the body has, or would have if HEAD had been GET. */
  long length() {
    return length;
  }
}
