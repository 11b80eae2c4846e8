package dev.rendition.lambda.function;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.rendition.config.ConfigException;
import dev.rendition.config.Settings;
import dev.rendition.generate.FailureReason;
import dev.rendition.lambda.wire.WireCodec;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The function as a plain process, for Kubernetes and the like: {@code POST /rendition/wire} takes
 * what rendition-lambda sends, {@code GET} of a rendition's path answers as the function does over
 * HTTP, {@code GET /health} says whether it takes work. Settings are the variables of the
 * environment, as in the function.
 *
 * <p>It speaks plain HTTP and trusts whoever reaches it: what stands before it decides who does.
 * Safe for use by many threads.
 */
public final class RenditionWorker implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(RenditionWorker.class);
  private static final String HEALTH_PATH = "/health";

  /** Threads beside those that work: they say quickly that all others are busy. */
  private static final int SPARE_THREADS = 8;

  private static final int WAITING_CONNECTIONS = 256;
  private static final Duration LONGEST_WORK = Duration.ofMinutes(15);
  private static final Duration LONGEST_GET = Duration.ofSeconds(60);

  private final FunctionParts parts;
  private final HttpServer server;
  private final ThreadPoolExecutor threads;
  private final Semaphore places;
  private final int concurrency;
  private final Duration grace;
  private volatile boolean stopping;

  private RenditionWorker(FunctionParts parts, Settings settings, InetSocketAddress address)
      throws IOException {
    this.parts = parts;
    concurrency = settings.get(FunctionKeys.WORKER_CONCURRENCY);
    grace = settings.get(FunctionKeys.WORKER_GRACE);
    places = new Semaphore(concurrency);
    threads =
        new ThreadPoolExecutor(
            concurrency + SPARE_THREADS,
            concurrency + SPARE_THREADS,
            10,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(WAITING_CONNECTIONS),
            task -> new Thread(task, "rendition-worker"));
    threads.allowCoreThreadTimeOut(true);
    server = HttpServer.create(address, WAITING_CONNECTIONS);
    server.setExecutor(threads);
    server.createContext("/", this::handle);
  }

  /**
   * Starts a worker.
   *
   * @param environment the variables with the settings
   * @param host the address to listen at, such as 0.0.0.0
   * @param port 0 for any that is free
   * @throws ConfigException if the settings cannot be used: with every mistake, on one line
   * @throws IOException if it cannot listen there
   */
  public static RenditionWorker start(Map<String, String> environment, String host, int port)
      throws IOException {
    FunctionParts parts =
        FunctionSetup.open(environment, Runtime.getRuntime().maxMemory(), Clock.systemUTC());
    boolean started = false;
    try {
      Settings settings = FunctionSetup.settings(environment);
      RenditionWorker worker =
          new RenditionWorker(parts, settings, new InetSocketAddress(host, port));
      worker.server.start();
      started = true;
      return worker;
    } finally {
      if (!started) {
        parts.close();
      }
    }
  }

  /** Returns the port it listens at. */
  public int port() {
    return server.getAddress().getPort();
  }

  /**
   * Refuses new work, waits a while for what runs (rendition.worker.grace), then ends every thread.
   * Closing twice does nothing.
   */
  @Override
  public void close() throws IOException {
    if (stopping) {
      return;
    }
    stopping = true;
    try {
      if (!places.tryAcquire(concurrency, grace.toMillis(), TimeUnit.MILLISECONDS)) {
        log.warn("requests that still run after {} are cut off", grace);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    server.stop(0);
    threads.shutdownNow();
    parts.close();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getRawPath();
      if (HEALTH_PATH.equals(path)) {
        health(exchange);
      } else if (stopping || !places.tryAcquire()) {
        busy(exchange, path);
      } else {
        try {
          work(exchange, path);
        } finally {
          places.release();
        }
      }
    }
  }

  private void work(HttpExchange exchange, String path) throws IOException {
    if (WireCodec.HTTP_PATH.equals(path)) {
      wire(exchange);
      return;
    }
    HttpReply reply;
    try {
      String tags = exchange.getRequestHeaders().getFirst("If-None-Match");
      HttpCall call =
          new HttpCall(
              exchange.getRequestMethod(),
              Encoded.path(path == null ? "" : path),
              tags == null ? "" : tags);
      reply = parts.onDemand().answer(call, parts.deadline(LONGEST_GET));
    } catch (IllegalArgumentException e) {
      reply = HttpReply.of(FailureReason.REQUEST_INVALID.httpStatus());
    }
    send(exchange, reply);
  }

  private void wire(HttpExchange exchange) throws IOException {
    if (!exchange.getRequestMethod().equals("POST")) {
      send(exchange, HttpReply.of(405).with("Allow", "POST"));
      return;
    }
    byte[] message = exchange.getRequestBody().readNBytes(WireCodec.MAX_BYTES + 1);
    byte[] answer = parts.direct().answer(message, parts.deadline(LONGEST_WORK));
    send(exchange, HttpReply.of(200).with(WireCodec.MEDIA_TYPE, answer));
  }

  private void busy(HttpExchange exchange, String path) throws IOException {
    FailureReason reason = stopping ? FailureReason.CANCELLED : FailureReason.BUSY;
    String why =
        stopping
            ? "this worker is being stopped; ask another"
            : concurrency + " requests are worked on; ask again later";
    HttpReply reply =
        HttpReply.of(reason.httpStatus())
            .with("Retry-After", "2")
            .with("Cache-Control", "no-store")
            .with("Connection", "close");
    send(
        exchange,
        WireCodec.HTTP_PATH.equals(path)
            ? reply.with(WireCodec.MEDIA_TYPE, parts.direct().refuse(reason, why))
            : reply);
  }

  private void health(HttpExchange exchange) throws IOException {
    byte[] text = (stopping ? "stopping\n" : "ready\n").getBytes(StandardCharsets.US_ASCII);
    send(
        exchange,
        HttpReply.of(stopping ? 503 : 200)
            .with("text/plain", text)
            .with("Cache-Control", "no-store"));
  }

  private static void send(HttpExchange exchange, HttpReply reply) throws IOException {
    reply.headers().forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
    boolean head = exchange.getRequestMethod().equals("HEAD");
    if (head && reply.length() > 0) {
      exchange.getResponseHeaders().set("Content-Length", Long.toString(reply.length()));
    }
    boolean body = !head && reply.body().length > 0;
    exchange.sendResponseHeaders(reply.status(), body ? reply.body().length : -1);
    if (body) {
      exchange.getResponseBody().write(reply.body());
    }
  }

  /**
   * Runs a worker until the process is told to end: {@code serve --port 8080 [--host 0.0.0.0]}.
   * Ends with 1 if the settings cannot be used, and 2 if the words cannot.
   */
  public static void main(String[] words) {
    // Before the server's classes load: small answers are sent at once, slow callers are let go.
    setUnlessSet("sun.net.httpserver.nodelay", "true");
    setUnlessSet("sun.net.httpserver.maxReqTime", "60");
    setUnlessSet("sun.net.httpserver.maxRspTime", "60");
    int exit = new WorkerCommand().run(words, System.getenv());
    if (exit != 0) {
      System.exit(exit);
    }
  }

  private static void setUnlessSet(String name, String value) {
    if (System.getProperty(name) == null) {
      System.setProperty(name, value);
    }
  }
}
