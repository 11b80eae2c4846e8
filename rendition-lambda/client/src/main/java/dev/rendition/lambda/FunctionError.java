package dev.rendition.lambda;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.util.Base64;

/**
 * What a function that failed left behind: the error's JSON ({@code errorType}, {@code
 * errorMessage}) and the tail of the log. Both are hostile, and reading them never fails.
 *
 * @param type may be empty
 * @param message may be empty
 */
record FunctionError(String type, String message) {
  private static final int MAX_TEXT = 500;
  private static final int MAX_LOG = 4_096;
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder().maxNestingDepth(50).maxTokenCount(20_000).build())
          .build();

  static FunctionError read(byte[] payload) {
    String type = "";
    String message = "";
    try (JsonParser parser = JSON.createParser(payload)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return new FunctionError("", printable(new String(payload, UTF_8), MAX_TEXT));
      }
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        JsonToken value = parser.nextToken();
        if (value == JsonToken.VALUE_STRING && name.equals("errorType")) {
          type = printable(parser.getText(), 100);
        } else if (value == JsonToken.VALUE_STRING && name.equals("errorMessage")) {
          message = printable(parser.getText(), MAX_TEXT);
        } else {
          JsonParser unused = parser.skipChildren();
        }
      }
    } catch (IOException e) {
      // What could be read until then says more than that the rest could not.
      return new FunctionError(type, message);
    }
    return new FunctionError(type, message);
  }

  /**
   * Returns whether the function ran out of time. Lambda tells it by a type or, in older runtimes,
   * in the message alone.
   */
  boolean ranOutOfTime() {
    return type.equals("Sandbox.Timedout") || message.contains("Task timed out after");
  }

  /** Returns whether the process ended, so that another one may fare better. */
  boolean crashed() {
    return type.startsWith("Runtime.")
        || type.startsWith("Extension.")
        || message.contains("Runtime exited");
  }

  /**
   * Reads the header {@code X-Amz-Log-Result}.
   *
   * @return the end of the log, line feeds kept; empty if there is none
   */
  static String logTail(String base64) {
    if (base64.length() > 64 << 10) {
      return "";
    }
    try {
      String log = new String(Base64.getMimeDecoder().decode(base64), UTF_8);
      return printable(log.substring(Math.max(0, log.length() - MAX_LOG)), MAX_LOG).strip();
    } catch (IllegalArgumentException e) {
      return "";
    }
  }

  /** Cuts hostile text and takes out what could move a terminal's cursor. */
  static String printable(String text, int most) {
    StringBuilder kept = new StringBuilder();
    for (int i = 0; i < text.length() && kept.length() < most; i++) {
      char c = text.charAt(i);
      boolean kept1 = c == '\n' || c == '\t' || !Character.isISOControl(c);
      boolean turns = (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
      if (c != '\r') {
        kept.append(kept1 && !turns ? c : '?');
      }
    }
    return kept.toString();
  }
}
