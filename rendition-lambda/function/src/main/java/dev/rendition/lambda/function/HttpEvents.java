package dev.rendition.lambda.function;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.rendition.deliver.HttpAnswer;
import dev.rendition.deliver.HttpDelivery;
import dev.rendition.deliver.HttpQuestion;
import dev.rendition.generate.FailureReason;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * HTTP as function URLs and HTTP APIs put it into events, payload format 2.0: turns an event into
 * the question of a delivery, and its answer into that of the function. Safe for use by many
 * threads.
 */
final class HttpEvents {
  private static final Logger log = LoggerFactory.getLogger(HttpEvents.class);
  private static final Map<String, String> BROKEN =
      Map.of("Cache-Control", "no-store", "Retry-After", "5");

  private final HttpDelivery delivery;

  /** Takes who answers; its bodies fit into an answer of Lambda. */
  HttpEvents(HttpDelivery delivery) {
    this.delivery = delivery;
  }

  static boolean isHttp(JsonObject event) {
    return event.object("requestContext").has("http");
  }

  /** Returns whether an event is HTTP in a form that is not understood here. */
  static boolean isOtherHttp(JsonObject event) {
    return event.has("httpMethod") && event.has("requestContext");
  }

  /** Refuses the older form. */
  static EventRefusedException refuseOther() {
    return new EventRefusedException(
        FailureReason.REQUEST_INVALID,
        "HTTP is understood in payload format 2.0 only, as function URLs and HTTP APIs send it;"
            + " REST APIs and load balancers send another");
  }

  /**
   * Answers an event in its form.
   *
   * @throws EventRefusedException if it is no request in payload format 2.0
   */
  void answer(JsonObject event, Deadline deadline, OutputStream out) throws IOException {
    try (HttpAnswer answer = delivery.answer(read(event), deadline.left())) {
      byte[] body = body(answer);
      if (body.length == answer.length()) {
        write(answer.status(), answer.headers(), body, out);
      } else {
        log.warn("a body of {} bytes could not be read to its end", answer.length());
        write(FailureReason.STORE_FAILED.httpStatus(), BROKEN, new byte[0], out);
      }
    }
  }

  /**
   * Reads what is asked for. Function URLs leave a path percent-encoded, HTTP APIs decode it before
   * they hand it over.
   */
  private static HttpQuestion read(JsonObject event) {
    JsonObject context = event.object("requestContext");
    String method = context.object("http").requireText("method", "requestContext.http");
    String path = event.requireText("rawPath", "the event");
    Map<String, String> headers = new HashMap<>();
    event
        .object("headers")
        .members()
        .forEach(
            (name, value) -> {
              if (value instanceof String text) {
                headers.put(name, text);
              }
            });
    return isOfHttpApi(context)
        ? HttpQuestion.ofDecoded(method, path, headers)
        : new HttpQuestion(method, path, headers);
  }

  /** HTTP APIs have domains of their own, or one named so; function URLs are named by their id. */
  private static boolean isOfHttpApi(JsonObject context) {
    return context.textOrEmpty("domainName").toLowerCase(Locale.ROOT).contains(".execute-api.")
        || !context.textOrEmpty("domainPrefix").equals(context.textOrEmpty("apiId"));
  }

  /** Reads one byte more than there should be; what cannot be read is left out. */
  private static byte[] body(HttpAnswer answer) {
    try (InputStream in = answer.body()) {
      return in.readNBytes(Math.toIntExact(answer.length()) + 1);
    } catch (IOException e) {
      log.debug("the body breaks off", e);
      return new byte[0];
    }
  }

  /** Lambda says itself how long a body is. */
  private static void write(int status, Map<String, String> headers, byte[] body, OutputStream out)
      throws IOException {
    try (JsonGenerator json = Json.FACTORY.createGenerator(out)) {
      json.writeStartObject();
      json.writeNumberField("statusCode", status);
      json.writeObjectFieldStart("headers");
      for (Map.Entry<String, String> header : headers.entrySet()) {
        if (!header.getKey().equals("Content-Length")) {
          json.writeStringField(header.getKey(), header.getValue());
        }
      }
      json.writeEndObject();
      if (body.length > 0) {
        json.writeBooleanField("isBase64Encoded", true);
        json.writeBinaryField("body", body);
      }
      json.writeEndObject();
    }
  }
}
