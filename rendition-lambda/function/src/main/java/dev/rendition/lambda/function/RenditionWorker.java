package dev.rendition.lambda.function;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.rendition.config.ConfigException;
import dev.rendition.config.Settings;
import dev.rendition.deliver.HttpAnswer;
import dev.rendition.deliver.HttpQuestion;
import dev.rendition.generate.FailureReason;
import dev.rendition.lambda.wire.WireCodec;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
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

  private static final byte[] NOTHING = {};

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
    String path = exchange.getRequestURI().getRawPath();
    if (HEALTH_PATH.equals(path)) {
      try (exchange) {
        health(exchange);
      }
    } else if (stopping || !places.tryAcquire()) {
      try (exchange) {
        busy(exchange, path);
      }
    } else {
      try {
        // Closed before the place is free: an answer leaves when its exchange is closed, and the
        // server is stopped as soon as all places are free.
        try (exchange) {
          work(exchange, path);
        }
      } finally {
        places.release();
      }
    }
  }

  private void work(HttpExchange exchange, String path) throws IOException {
    if (WireCodec.HTTP_PATH.equals(path)) {
      wire(exchange);
      return;
    }
    HttpQuestion question =
        HttpQuestion.of(
            exchange.getRequestMethod(), path == null ? "" : path, exchange.getRequestHeaders());
    send(exchange, parts.delivery().answer(question, LONGEST_GET));
  }

  private void wire(HttpExchange exchange) throws IOException {
    if (!exchange.getRequestMethod().equals("POST")) {
      send(exchange, answer(405, Map.of("Allow", "POST"), "text/plain", NOTHING));
      return;
    }
    byte[] message = exchange.getRequestBody().readNBytes(WireCodec.MAX_BYTES + 1);
    byte[] answer = parts.direct().answer(message, parts.deadline(LONGEST_WORK));
    send(exchange, answer(200, Map.of(), WireCodec.MEDIA_TYPE, answer));
  }

  private void busy(HttpExchange exchange, String path) throws IOException {
    FailureReason reason = stopping ? FailureReason.CANCELLED : FailureReason.BUSY;
    String why =
        stopping
            ? "this worker is being stopped; ask another"
            : concurrency + " requests are worked on; ask again later";
    Map<String, String> headers =
        Map.of("Retry-After", "2", "Cache-Control", "no-store", "Connection", "close");
    send(
        exchange,
        WireCodec.HTTP_PATH.equals(path)
            ? answer(
                reason.httpStatus(),
                headers,
                WireCodec.MEDIA_TYPE,
                parts.direct().refuse(reason, why))
            : answer(reason.httpStatus(), headers, "text/plain", NOTHING));
  }

  private void health(HttpExchange exchange) throws IOException {
    byte[] text = (stopping ? "stopping\n" : "ready\n").getBytes(StandardCharsets.US_ASCII);
    Map<String, String> headers = Map.of("Cache-Control", "no-store");
    send(exchange, answer(stopping ? 503 : 200, headers, "text/plain", text));
  }

  private static HttpAnswer answer(
      int status, Map<String, String> headers, String mediaType, byte[] body) {
    Map<String, String> all = new TreeMap<>(headers);
    all.put("Content-Type", mediaType);
    all.put("Content-Length", Integer.toString(body.length));
    all.put("X-Content-Type-Options", "nosniff");
    return new HttpAnswer(status, all, body.length, new ByteArrayInputStream(body));
  }

  private static void send(HttpExchange exchange, HttpAnswer answer) throws IOException {
    try (answer) {
      answer.headers().forEach(exchange.getResponseHeaders()::set);
      boolean body = answer.length() > 0 && !exchange.getRequestMethod().equals("HEAD");
      exchange.sendResponseHeaders(answer.status(), body ? answer.length() : -1);
      if (body) {
        answer.writeTo(exchange.getResponseBody());
      }
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
