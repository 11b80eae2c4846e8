package dev.rendition.deliver;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What of an HTTP request decides about its answer.
 *
 * @param method as sent
 * @param path the raw path of the request's target, nothing decoded, without the query
 * @param headers by lower-case name; only those that matter here are kept, and of these at most
 *     {@value #MAX_HEADER} characters
 */
public record HttpQuestion(String method, String path, Map<String, String> headers) {
  /** The longest header value that is looked at, in characters; longer ones count as absent. */
  public static final int MAX_HEADER = 8_192;

  private static final Set<String> THAT_MATTER =
      Set.of("accept", "if-none-match", "if-modified-since");

  public HttpQuestion {
    requireNonNull(method, "method");
    requireNonNull(path, "path");
    Map<String, String> kept = new HashMap<>();
    headers.forEach(
        (name, value) -> {
          if (value.length() <= MAX_HEADER && THAT_MATTER.contains(name.toLowerCase(Locale.ROOT))) {
            kept.put(name.toLowerCase(Locale.ROOT), value);
          }
        });
    headers = Map.copyOf(kept);
  }

  /** Returns a question whose headers may have several values each; they are joined by commas. */
  public static HttpQuestion of(
      String method, String path, Map<String, ? extends List<String>> headers) {
    Map<String, String> joined = new HashMap<>();
    headers.forEach(
        (name, values) -> {
          if (name != null && values != null) {
            joined.put(name, String.join(", ", values));
          }
        });
    return new HttpQuestion(method, path, joined);
  }

  /**
   * Returns a question whose path somebody has percent-decoded already, as some gateways and
   * servlet containers do. Text that is not well-formed Unicode is the path of nothing.
   */
  public static HttpQuestion ofDecoded(String method, String path, Map<String, String> headers) {
    boolean whole = StandardCharsets.UTF_8.newEncoder().canEncode(path);
    return new HttpQuestion(method, whole ? PathText.encode(path) : "", headers);
  }

  /** Returns a header's value, or an empty text. */
  String header(String name) {
    return headers.getOrDefault(name, "");
  }
}
