package dev.rendition.lambda.emulator;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;

/** The HTTP servers: on loopback only, with bounded bodies. */
final class Http {
  private static final byte[] LOOPBACK = {127, 0, 0, 1};
  private static final int BUFFER = 65_536;
  private static final int BACKLOG = 1_024;

  /** How much of a body that is too large is read on, so that the caller gets to see the answer. */
  private static final long MAX_DRAINED = 64L << 20;

  private Http() {}

  /**
   * Starts a server on the loopback address.
   *
   * @param port 0 for one that is free
   */
  static HttpServer serve(int port, Executor threads, HttpHandler handler) {
    // Read once, when the server's classes are loaded: without it each answer waits 40 ms for an
    // acknowledgement.
    if (System.getProperty("sun.net.httpserver.nodelay") == null) {
      System.setProperty("sun.net.httpserver.nodelay", "true");
    }
    try {
      HttpServer server =
          HttpServer.create(
              new InetSocketAddress(InetAddress.getByAddress(LOOPBACK), port), BACKLOG);
      server.setExecutor(threads);
      server.createContext("/", handler);
      server.start();
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot listen on loopback port " + port, e);
    }
  }

  /** Returns host and port as a URL has them. */
  static String authority(HttpServer server) {
    return "127.0.0.1:" + server.getAddress().getPort();
  }

  /**
   * Returns the whole body, or nothing if it has more than {@code limit} bytes.
   *
   * @throws IOException if the caller goes away, or sends so much that listening on is no use
   */
  static Optional<byte[]> body(HttpExchange exchange, int limit) throws IOException {
    InputStream from = exchange.getRequestBody();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    byte[] buffer = new byte[BUFFER];
    long total = 0;
    for (int length = from.read(buffer); length >= 0; length = from.read(buffer)) {
      total += length;
      if (total <= limit) {
        bytes.write(buffer, 0, length);
      } else if (total > MAX_DRAINED) {
        throw new IOException("more than " + MAX_DRAINED + " bytes");
      }
    }
    return total <= limit ? Optional.of(bytes.toByteArray()) : Optional.empty();
  }

  /**
   * Returns the body as {@link #body(HttpExchange, int)} does; a caller that is slow with it is cut
   * off.
   */
  static Optional<byte[]> body(HttpExchange exchange, int limit, Fleet fleet) throws IOException {
    Future<?> alarm = fleet.later(fleet.settings().requestTimeout(), exchange::close);
    try {
      return body(exchange, limit);
    } finally {
      alarm.cancel(false);
    }
  }

  static Optional<String> header(HttpExchange exchange, String name) {
    return Optional.ofNullable(exchange.getRequestHeaders().getFirst(name));
  }

  /** Sends an answer and ends the exchange. */
  static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
    try (exchange) {
      boolean bodyless = status == 204 || status == 304;
      boolean empty = body.length == 0 || bodyless || exchange.getRequestMethod().equals("HEAD");
      exchange.sendResponseHeaders(status, empty ? -1 : body.length);
      if (!empty) {
        exchange.getResponseBody().write(body);
      }
    }
  }

  static void answerJson(HttpExchange exchange, int status, String body) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    answer(exchange, status, body.getBytes(StandardCharsets.UTF_8));
  }

  static void answerError(HttpExchange exchange, ServiceError error, String requestId)
      throws IOException {
    exchange.getResponseHeaders().set("x-amzn-RequestId", requestId);
    exchange.getResponseHeaders().set("x-amzn-ErrorType", error.type());
    if (error.throttling()) {
      exchange.getResponseHeaders().set("Retry-After", "1");
    }
    answerJson(exchange, error.status(), error.body());
  }
}
