package dev.rendition.lambda.function;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.rendition.generate.FailureReason;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Locale;
import java.util.Map;

/** HTTP as function URLs and HTTP APIs put it into events: payload format 2.0. */
final class HttpEvents {
  private HttpEvents() {}

  static boolean isHttp(JsonObject event) {
    return event.object("requestContext").has("http");
  }

  /** Returns whether an event is HTTP in a form that is not understood here. */
  static boolean isOtherHttp(JsonObject event) {
    return event.has("httpMethod") && event.has("requestContext");
  }

  /**
   * Reads what is asked for. Function URLs leave a path percent-encoded, HTTP APIs decode it before
   * they hand it over.
   *
   * @throws EventRefusedException if it is no request in payload format 2.0
   * @throws IllegalArgumentException if the path is not well encoded
   */
  static HttpCall read(JsonObject event) {
    JsonObject context = event.object("requestContext");
    String method = context.object("http").requireText("method", "requestContext.http");
    String raw = event.requireText("rawPath", "the event");
    return new HttpCall(
        method, isOfHttpApi(context) ? raw : Encoded.path(raw), header(event, "if-none-match"));
  }

  /** HTTP APIs have domains of their own, or one named so; function URLs are named by their id. */
  private static boolean isOfHttpApi(JsonObject context) {
    return context.textOrEmpty("domainName").toLowerCase(Locale.ROOT).contains(".execute-api.")
        || !context.textOrEmpty("domainPrefix").equals(context.textOrEmpty("apiId"));
  }

  /** Names of headers come in lower case, but nothing here depends on it. */
  private static String header(JsonObject event, String name) {
    for (Map.Entry<String, Object> header : event.object("headers").members().entrySet()) {
      if (header.getKey().equalsIgnoreCase(name) && header.getValue() instanceof String text) {
        return text;
      }
    }
    return "";
  }

  /** Refuses the older form. */
  static EventRefusedException refuseOther() {
    return new EventRefusedException(
        FailureReason.REQUEST_INVALID,
        "HTTP is understood in payload format 2.0 only, as function URLs and HTTP APIs send it;"
            + " REST APIs and load balancers send another");
  }

  /** Writes a reply in payload format 2.0. */
  static void write(HttpReply reply, OutputStream out) throws IOException {
    try (JsonGenerator json = Json.FACTORY.createGenerator(out)) {
      json.writeStartObject();
      json.writeNumberField("statusCode", reply.status());
      json.writeObjectFieldStart("headers");
      for (Map.Entry<String, String> header : reply.headers().entrySet()) {
        json.writeStringField(header.getKey(), header.getValue());
      }
      json.writeEndObject();
      if (reply.body().length > 0) {
        json.writeBooleanField("isBase64Encoded", true);
        json.writeBinaryField("body", reply.body());
      }
      json.writeEndObject();
    }
  }
}
