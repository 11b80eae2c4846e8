package dev.rendition.lambda.emulator;

import com.fasterxml.jackson.core.JsonGenerator;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Turns an HTTP request into the event a function URL makes of it: payload format version 2.0. */
final class UrlEvent {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss Z", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  private UrlEvent() {}

  static byte[] of(HttpExchange exchange, byte[] body) {
    return Json.write(json -> event(json, exchange, body)).getBytes(StandardCharsets.UTF_8);
  }

  private static void event(JsonGenerator json, HttpExchange exchange, byte[] body)
      throws IOException {
    String path = exchange.getRequestURI().getRawPath();
    String query = Optional.ofNullable(exchange.getRequestURI().getRawQuery()).orElse("");
    Map<String, String> headers = headers(exchange);
    json.writeStartObject();
    json.writeStringField("version", "2.0");
    json.writeStringField("routeKey", "$default");
    json.writeStringField("rawPath", path);
    json.writeStringField("rawQueryString", query);
    List<String> cookies = cookies(exchange);
    if (!cookies.isEmpty()) {
      json.writeArrayFieldStart("cookies");
      for (String cookie : cookies) {
        json.writeString(cookie);
      }
      json.writeEndArray();
    }
    texts(json, "headers", headers);
    if (!query.isEmpty()) {
      texts(json, "queryStringParameters", parameters(query));
    }
    context(json, exchange, headers, path);
    body(json, headers.getOrDefault("content-type", ""), body);
    json.writeEndObject();
  }

  private static void context(
      JsonGenerator json, HttpExchange exchange, Map<String, String> headers, String path)
      throws IOException {
    Instant now = Instant.now();
    json.writeObjectFieldStart("requestContext");
    json.writeStringField("accountId", "anonymous");
    json.writeStringField("apiId", "emulator");
    json.writeStringField("domainName", headers.getOrDefault("host", "localhost"));
    json.writeStringField("domainPrefix", "emulator");
    json.writeObjectFieldStart("http");
    json.writeStringField("method", exchange.getRequestMethod());
    json.writeStringField("path", path);
    json.writeStringField("protocol", exchange.getProtocol());
    json.writeStringField("sourceIp", exchange.getRemoteAddress().getAddress().getHostAddress());
    json.writeStringField("userAgent", headers.getOrDefault("user-agent", ""));
    json.writeEndObject();
    json.writeStringField("requestId", Invocation.newId());
    json.writeStringField("routeKey", "$default");
    json.writeStringField("stage", "$default");
    json.writeStringField("time", TIME.format(now));
    json.writeNumberField("timeEpoch", now.toEpochMilli());
    json.writeEndObject();
  }

  private static void texts(JsonGenerator json, String name, Map<String, String> texts)
      throws IOException {
    json.writeObjectFieldStart(name);
    for (Map.Entry<String, String> text : texts.entrySet()) {
      json.writeStringField(text.getKey(), text.getValue());
    }
    json.writeEndObject();
  }

  /** Names in lower case; values of one name joined by commas; cookies apart. */
  private static Map<String, String> headers(HttpExchange exchange) {
    Map<String, String> headers = new TreeMap<>();
    exchange
        .getRequestHeaders()
        .forEach(
            (name, values) -> headers.put(name.toLowerCase(Locale.ROOT), String.join(",", values)));
    headers.remove("cookie");
    headers.put("x-forwarded-proto", "https");
    headers.put("x-forwarded-port", "443");
    headers.put("x-forwarded-for", exchange.getRemoteAddress().getAddress().getHostAddress());
    return headers;
  }

  private static List<String> cookies(HttpExchange exchange) {
    List<String> cookies = new ArrayList<>();
    for (String line : exchange.getRequestHeaders().getOrDefault("Cookie", List.of())) {
      for (String cookie : line.split(";", -1)) {
        if (!cookie.isBlank()) {
          cookies.add(cookie.strip());
        }
      }
    }
    return cookies;
  }

  private static Map<String, String> parameters(String query) {
    Map<String, String> parameters = new LinkedHashMap<>();
    for (String pair : query.split("&", -1)) {
      int equals = pair.indexOf('=');
      String name = equals < 0 ? pair : pair.substring(0, equals);
      String value = equals < 0 ? "" : pair.substring(equals + 1);
      if (!name.isEmpty()) {
        parameters.merge(decoded(name), decoded(value), (first, next) -> first + "," + next);
      }
    }
    return parameters;
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return text;
    }
  }

  /** Text goes as it is, everything else in Base64. */
  private static void body(JsonGenerator json, String contentType, byte[] body) throws IOException {
    if (body.length > 0) {
      Optional<String> text = textual(contentType) ? text(body) : Optional.empty();
      json.writeStringField("body", text.orElseGet(() -> Base64.getEncoder().encodeToString(body)));
      json.writeBooleanField("isBase64Encoded", text.isEmpty());
    } else {
      json.writeBooleanField("isBase64Encoded", false);
    }
  }

  private static boolean textual(String contentType) {
    return contentType.startsWith("text/")
        || contentType.startsWith("application/json")
        || contentType.startsWith("application/javascript")
        || contentType.startsWith("application/xml");
  }

  private static Optional<String> text(byte[] body) {
    try {
      return Optional.of(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString());
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }
}
