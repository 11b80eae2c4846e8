package dev.rendition.lambda.emulator;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The part of Lambda's REST interface that callers of functions need: AWS Lambda API reference,
 * Invoke and GetFunction.
 */
final class InvokeApi implements AutoCloseable {
  /** The largest payload of a call that waits, in bytes: 6 MB. */
  static final int MAX_PAYLOAD = 6 * 1_024 * 1_024;

  /** The largest event, in bytes: 1 MB since October 2025, 256 KB before. */
  static final int MAX_EVENT = 1_024 * 1_024;

  private static final int MAX_CLIENT_CONTEXT = 3_583;
  private static final Pattern PATH =
      Pattern.compile("/2015-03-31/functions/([^/]+)(/invocations|/configuration|)");
  private static final Pattern QUALIFIER = Pattern.compile("(?:^|&)Qualifier=([^&]*)");

  private final Functions functions;
  private final Fleet fleet;
  private final HttpServer server;

  InvokeApi(Functions functions, Fleet fleet, int port) {
    this.functions = functions;
    this.fleet = fleet;
    this.server = Http.serve(port, fleet.front(), this::handle);
  }

  URI location() {
    return URI.create("http://" + Http.authority(server));
  }

  private void handle(HttpExchange exchange) throws IOException {
    String id = Invocation.newId();
    try {
      route(exchange);
    } catch (ServiceError e) {
      // A caller that still sends would not see the answer.
      var unused = Http.body(exchange, 0, fleet);
      Http.answerError(exchange, e, id);
    } catch (RuntimeException e) {
      Http.answerError(exchange, ServiceError.broken("The emulator failed: " + e), id);
    }
  }

  private void route(HttpExchange exchange) throws IOException {
    String method = exchange.getRequestMethod();
    Matcher path = PATH.matcher(exchange.getRequestURI().getRawPath());
    if (!path.matches()) {
      throw ServiceError.of(
          404,
          "UnknownOperationException",
          "The emulator does not know " + method + " " + exchange.getRequestURI());
    }
    EmulatedFunction function = functions.find(reference(exchange, path.group(1)));
    if (method.equals("POST") && path.group(2).equals("/invocations")) {
      invoke(exchange, function);
    } else if (method.equals("GET") && path.group(2).equals("/configuration")) {
      Http.answerJson(exchange, 200, Description.configuration(function));
    } else if (method.equals("GET") && path.group(2).isEmpty()) {
      Http.answerJson(exchange, 200, Description.function(function));
    } else {
      throw ServiceError.of(405, "MethodNotAllowedException", method + " is not possible here");
    }
  }

  private static FunctionReference reference(HttpExchange exchange, String name) {
    String query = Optional.ofNullable(exchange.getRequestURI().getRawQuery()).orElse("");
    Matcher qualifier = QUALIFIER.matcher(query);
    return FunctionReference.of(
        decoded(name),
        qualifier.find() ? Optional.of(decoded(qualifier.group(1))) : Optional.empty());
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw ServiceError.invalid("Not a valid escape: " + text);
    }
  }

  private void invoke(HttpExchange exchange, EmulatedFunction function) throws IOException {
    String type = Http.header(exchange, "X-Amz-Invocation-Type").orElse("RequestResponse");
    int limit = type.equals("Event") ? MAX_EVENT : MAX_PAYLOAD;
    byte[] payload =
        Http.body(exchange, limit, fleet).orElseThrow(() -> ServiceError.tooLarge(limit));
    Invocation invocation = invocation(exchange, function, payload);
    switch (type) {
      case "RequestResponse":
        boolean tail = Http.header(exchange, "X-Amz-Log-Type").filter("Tail"::equals).isPresent();
        var unused =
            function
                .start(invocation)
                .whenComplete(
                    (answer, failure) ->
                        answer(exchange, function, invocation, tail, answer, failure));
        break;
      case "Event":
        String id = function.events().add(invocation);
        exchange.getResponseHeaders().set("x-amzn-RequestId", id);
        Http.answer(exchange, 202, new byte[0]);
        break;
      case "DryRun":
        exchange.getResponseHeaders().set("x-amzn-RequestId", invocation.requestId());
        Http.answer(exchange, 204, new byte[0]);
        break;
      default:
        throw ServiceError.invalid(
            "InvocationType must be RequestResponse, Event or DryRun, was " + type);
    }
  }

  private static Invocation invocation(
      HttpExchange exchange, EmulatedFunction function, byte[] payload) {
    byte[] event = payload.length == 0 ? new byte[] {'{', '}'} : payload;
    try {
      Json.check(event);
    } catch (IOException e) {
      throw ServiceError.of(
          400,
          "InvalidRequestContentException",
          "Could not parse request body into json: " + e.getMessage());
    }
    Matcher named = PATH.matcher(exchange.getRequestURI().getRawPath());
    String qualifier =
        named.matches()
            ? reference(exchange, named.group(1)).qualifier().map(text -> ":" + text).orElse("")
            : "";
    Invocation invocation = Invocation.of(function.arn() + qualifier, event);
    Optional<String> trace = Http.header(exchange, "X-Amzn-Trace-Id");
    if (trace.isPresent()) {
      invocation = invocation.withTraceId(trace.get());
    }
    Optional<String> context = Http.header(exchange, "X-Amz-Client-Context");
    return context.isPresent()
        ? invocation.withClientContext(clientContext(context.get()))
        : invocation;
  }

  private static String clientContext(String encoded) {
    try {
      byte[] json = Base64.getDecoder().decode(encoded);
      Json.check(json);
      String text = new String(json, StandardCharsets.UTF_8);
      if (encoded.length() > MAX_CLIENT_CONTEXT || text.chars().anyMatch(Character::isISOControl)) {
        throw new IOException("too long, or more than one line");
      }
      return text;
    } catch (IOException | IllegalArgumentException e) {
      throw ServiceError.of(
          400,
          "InvalidRequestContentException",
          "Client context must be a valid Base64-encoded JSON object: " + e.getMessage());
    }
  }

  private static void answer(
      HttpExchange exchange,
      EmulatedFunction function,
      Invocation invocation,
      boolean tail,
      Answer answer,
      Throwable failure) {
    try {
      if (failure != null) {
        refuse(exchange, invocation, LostAnswer.cause(failure));
        return;
      }
      Headers headers = exchange.getResponseHeaders();
      headers.set("Content-Type", "application/json");
      headers.set("x-amzn-RequestId", answer.requestId());
      headers.set("X-Amzn-Trace-Id", answer.traceId());
      headers.set("X-Amz-Executed-Version", answer.executedVersion());
      answer.functionError().ifPresent(error -> headers.set("X-Amz-Function-Error", error));
      if (tail) {
        headers.set("X-Amz-Log-Result", answer.encodedLogTail());
      }
      Http.answer(exchange, 200, answer.outcome().payload());
    } catch (IOException | RuntimeException e) {
      exchange.close();
      function.answerLost();
    }
  }

  private static void refuse(HttpExchange exchange, Invocation invocation, Throwable cause)
      throws IOException {
    if (cause instanceof LostAnswer) {
      // Without an answer the connection is closed.
      exchange.close();
    } else if (cause instanceof ServiceError refusal) {
      Http.answerError(exchange, refusal, invocation.requestId());
    } else {
      Http.answerError(
          exchange, ServiceError.broken("The emulator failed: " + cause), invocation.requestId());
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
