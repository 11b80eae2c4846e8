package dev.rendition.lambda.emulator;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The HTTP answer a function URL makes of what a function returned: payload format version 2.0.
 * What has no {@code statusCode} is a body of its own, with status 200. Immutable.
 */
final class UrlAnswer {
  private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]{1,256}");

  /** What only the connection itself may say. */
  private static final Set<String> HOP_BY_HOP =
      Set.of("connection", "content-length", "keep-alive", "transfer-encoding", "upgrade", "date");

  private final int status;
  private final Map<String, List<String>> headers;
  private final byte[] body;

  private UrlAnswer(int status, Map<String, List<String>> headers, byte[] body) {
    this.status = status;
    this.headers = headers;
    this.body = body;
  }

  /**
   * Reads what a function returned.
   *
   * @throws IllegalArgumentException if HTTP cannot say it; the caller then gets a 502
   */
  static UrlAnswer of(byte[] payload) {
    Object value;
    try {
      value = Json.read(payload);
    } catch (IOException e) {
      throw new IllegalArgumentException("not JSON: " + e.getMessage(), e);
    }
    if (!(value instanceof Map<?, ?> answer) || !answer.containsKey("statusCode")) {
      return new UrlAnswer(200, Map.of("Content-type", List.of("application/json")), payload);
    }
    Map<String, List<String>> headers = headers(answer);
    headers.putIfAbsent("Content-type", List.of("application/json"));
    return new UrlAnswer(status(answer.get("statusCode")), headers, body(answer));
  }

  private static int status(Object value) {
    int status;
    try {
      status = Integer.parseInt(String.valueOf(value));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("statusCode is " + value, e);
    }
    require(status >= 200 && status <= 599, "statusCode is " + status);
    return status;
  }

  private static Map<String, List<String>> headers(Map<?, ?> answer) {
    Map<String, List<String>> headers = new LinkedHashMap<>();
    Object given = answer.containsKey("headers") ? answer.get("headers") : Map.of();
    require(given instanceof Map, "headers is no object");
    ((Map<?, ?>) given).forEach((name, value) -> header(headers, String.valueOf(name), value));
    Object cookies = answer.containsKey("cookies") ? answer.get("cookies") : List.of();
    require(cookies instanceof List, "cookies is no list");
    ((List<?>) cookies)
        .forEach(
            cookie ->
                headers.computeIfAbsent("Set-cookie", name -> new ArrayList<>()).add(text(cookie)));
    return headers;
  }

  private static void header(Map<String, List<String>> headers, String name, Object value) {
    require(TOKEN.matcher(name).matches(), "a header is named " + name);
    if (!HOP_BY_HOP.contains(name.toLowerCase(Locale.ROOT))) {
      headers.put(canonical(name), new ArrayList<>(List.of(text(value))));
    }
  }

  /** Spells names as {@link com.sun.net.httpserver.Headers} keeps them. */
  private static String canonical(String name) {
    return name.substring(0, 1).toUpperCase(Locale.ROOT)
        + name.substring(1).toLowerCase(Locale.ROOT);
  }

  private static String text(Object value) {
    require(
        value instanceof String || value instanceof Number || value instanceof Boolean,
        "a header's value is no text");
    String text = value.toString();
    require(
        text.chars().noneMatch(c -> c < ' ' && c != '\t' || c == 127),
        "a header holds a control character");
    return text;
  }

  private static byte[] body(Map<?, ?> answer) {
    Object body = answer.containsKey("body") ? answer.get("body") : "";
    require(body instanceof String, "body is no text");
    String text = (String) body;
    return Boolean.TRUE.equals(answer.get("isBase64Encoded"))
        ? Base64.getDecoder().decode(text)
        : text.getBytes(StandardCharsets.UTF_8);
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw new IllegalArgumentException(message);
    }
  }

  int status() {
    return status;
  }

  Map<String, List<String>> headers() {
    return headers;
  }

  byte[] body() {
    return body;
  }
}
