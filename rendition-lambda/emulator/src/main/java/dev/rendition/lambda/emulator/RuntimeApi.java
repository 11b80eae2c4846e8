package dev.rendition.lambda.emulator;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the runtime client of one environment talks to: AWS Lambda developer guide, "Using the
 * Lambda runtime API". Each environment has a server of its own, as in the service, so that no
 * request has to say which environment it comes from.
 */
final class RuntimeApi implements AutoCloseable {
  private static final String ROOT = "/2018-06-01/runtime/";
  private static final Pattern INVOCATION =
      Pattern.compile(ROOT + "invocation/([0-9a-f-]{1,64})/(response|error)");
  private static final int MAX_ERROR = 1 << 20;

  private final Environment environment;
  private final HttpServer server;

  RuntimeApi(Environment environment, Executor threads) {
    this.environment = environment;
    this.server = Http.serve(0, threads, this::handle);
  }

  /** Returns the value of {@code AWS_LAMBDA_RUNTIME_API}. */
  String authority() {
    return Http.authority(server);
  }

  private void handle(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    String call = exchange.getRequestMethod() + " " + path;
    Matcher invocation = INVOCATION.matcher(path);
    if (call.equals("GET " + ROOT + "invocation/next")) {
      // Answered when there is work: no thread waits for it.
      environment.ready(exchange);
    } else if (call.equals("POST " + ROOT + "init/error")
        || call.equals("POST " + ROOT + "restore/error")) {
      environment.initFailed(Http.body(exchange, MAX_ERROR).orElse(new byte[0]));
      Http.answerJson(exchange, 202, "{\"status\":\"OK\"}");
    } else if (call.equals("GET " + ROOT + "restore/next")) {
      Http.answer(exchange, 200, new byte[0]);
    } else if (exchange.getRequestMethod().equals("POST") && invocation.matches()) {
      end(exchange, invocation.group(1), invocation.group(2).equals("response"));
    } else {
      refuse(exchange, 404, "InvalidPath", call);
    }
  }

  private void end(HttpExchange exchange, String requestId, boolean response) throws IOException {
    Optional<byte[]> body = Http.body(exchange, response ? Outcome.MAX_ANSWER : MAX_ERROR);
    boolean known;
    if (response) {
      known =
          environment.ended(requestId, body.map(Outcome::answered).orElseGet(Outcome::tooLarge));
    } else {
      known = environment.ended(requestId, Outcome.failed(body.orElse(new byte[0])));
    }
    if (!known) {
      refuse(exchange, 400, "InvalidRequestID", requestId);
    } else if (body.isEmpty()) {
      refuse(exchange, 413, "RequestEntityTooLarge", "Exceeded maximum allowed payload size");
    } else {
      Http.answerJson(exchange, 202, "{\"status\":\"OK\"}");
    }
  }

  private static void refuse(HttpExchange exchange, int status, String type, String message)
      throws IOException {
    Http.answerJson(
        exchange,
        status,
        Json.write(
            json -> {
              json.writeStartObject();
              json.writeStringField("errorMessage", message);
              json.writeStringField("errorType", type);
              json.writeEndObject();
            }));
  }

  /** Hands an event to the client that waits in an exchange. */
  static void handOut(HttpExchange waiting, Invocation invocation, long deadlineMillis)
      throws IOException {
    Headers headers = waiting.getResponseHeaders();
    headers.set("Lambda-Runtime-Aws-Request-Id", invocation.requestId());
    headers.set("Lambda-Runtime-Deadline-Ms", Long.toString(deadlineMillis));
    headers.set("Lambda-Runtime-Invoked-Function-Arn", invocation.functionArn());
    headers.set("Lambda-Runtime-Trace-Id", invocation.traceId());
    invocation
        .clientContext()
        .ifPresent(text -> headers.set("Lambda-Runtime-Client-Context", text));
    headers.set("Content-Type", "application/json");
    Http.answer(waiting, 200, invocation.payload());
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
