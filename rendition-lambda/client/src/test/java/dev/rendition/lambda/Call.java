package dev.rendition.lambda;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.rendition.generate.RenditionRequest;
import dev.rendition.lambda.wire.WireCodec;
import dev.rendition.lambda.wire.WireRequest;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** One request the stub has taken. */
final class Call {
  private final String line;
  private final Map<String, String> headers;
  private final byte[] body;
  private final CompletableFuture<Void> gone = new CompletableFuture<>();

  /**
   * @param line the first line
   * @param headers by lower-case name
   */
  Call(String line, Map<String, String> headers, byte[] body) {
    this.line = line;
    this.headers = headers;
    this.body = body;
  }

  String line() {
    return line;
  }

  String header(String name) {
    return headers.getOrDefault(name, "");
  }

  byte[] body() {
    return body;
  }

  /** Completes when the caller hangs up before there was an answer. */
  CompletableFuture<Void> gone() {
    return gone;
  }

  WireRequest message() {
    return new WireCodec().readRequest(body);
  }

  RenditionRequest request() {
    return ((WireRequest.Generate) message()).request();
  }

  @Override
  public String toString() {
    return line + " " + new String(body, UTF_8);
  }
}
