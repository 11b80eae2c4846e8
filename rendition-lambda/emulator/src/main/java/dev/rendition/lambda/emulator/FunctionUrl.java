package dev.rendition.lambda.emulator;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;

/**
 * The HTTP address of one function: AWS Lambda developer guide, "Invoking Lambda function URLs",
 * without authentication, buffered. Each function has a server of its own, so that paths are as a
 * distribution in front of it would send them.
 */
final class FunctionUrl implements AutoCloseable {
  private final EmulatedFunction function;
  private final Fleet fleet;
  private final HttpServer server;

  FunctionUrl(EmulatedFunction function, Fleet fleet) {
    this.function = function;
    this.fleet = fleet;
    this.server = Http.serve(0, fleet.front(), this::handle);
  }

  URI location() {
    return URI.create("http://" + Http.authority(server) + "/");
  }

  private void handle(HttpExchange exchange) throws IOException {
    Optional<byte[]> event =
        Http.body(exchange, InvokeApi.MAX_PAYLOAD, fleet)
            .map(body -> UrlEvent.of(exchange, body))
            .filter(bytes -> bytes.length <= InvokeApi.MAX_PAYLOAD);
    if (event.isEmpty()) {
      Http.answerJson(exchange, 413, "{\"message\":\"Request Entity Too Large\"}");
      return;
    }
    Invocation invocation = Invocation.of(function.arn(), event.get());
    var unused =
        function
            .start(invocation)
            .whenComplete((answer, failure) -> answer(exchange, invocation, answer, failure));
  }

  private void answer(
      HttpExchange exchange, Invocation invocation, Answer answer, Throwable failure) {
    exchange.getResponseHeaders().set("x-amzn-RequestId", invocation.requestId());
    exchange.getResponseHeaders().set("X-Amzn-Trace-Id", invocation.traceId());
    try {
      if (failure != null) {
        refuse(exchange, LostAnswer.cause(failure));
      } else if (answer.outcome().failed()) {
        Http.answerJson(exchange, 502, "Internal Server Error");
      } else {
        respond(exchange, answer);
      }
    } catch (IOException | RuntimeException e) {
      exchange.close();
      function.answerLost();
    }
  }

  private static void respond(HttpExchange exchange, Answer answer) throws IOException {
    UrlAnswer response;
    try {
      response = UrlAnswer.of(answer.outcome().payload());
    } catch (IllegalArgumentException e) {
      Http.answerJson(exchange, 502, "Internal Server Error");
      return;
    }
    response.headers().forEach((name, values) -> exchange.getResponseHeaders().put(name, values));
    Http.answer(exchange, response.status(), response.body());
  }

  private static void refuse(HttpExchange exchange, Throwable cause) throws IOException {
    if (cause instanceof LostAnswer) {
      exchange.close();
    } else if (cause instanceof ServiceError refusal && refusal.throttling()) {
      Http.answerJson(exchange, 429, refusal.body());
    } else {
      Http.answerJson(exchange, 500, "Internal Server Error");
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
