package dev.rendition.lambda.function;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import dev.rendition.generate.FailureReason;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads JSON (RFC 8259) whose root is an object, within limits. Objects become {@link JsonObject},
 * arrays lists, strings {@link String}, numbers and booleans {@link Scalar}; members that are null
 * are left out.
 */
final class Json {
  /** The most bytes of an event; Lambda takes 6 MB. */
  static final int MAX_BYTES = 6_500_000;

  private static final int MAX_DEPTH = 40;
  private static final int MAX_TOKENS = 1_000_000;

  static final JsonFactory FACTORY =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_DEPTH)
                  .maxStringLength(MAX_BYTES)
                  .maxNameLength(1_000)
                  .maxNumberLength(100)
                  .maxTokenCount(MAX_TOKENS)
                  .build())
          .build();

  private Json() {}

  /** A number or a boolean, as it was written. */
  record Scalar(String text) {}

  /**
   * Reads an object.
   *
   * @throws EventRefusedException if the bytes are anything else, or too large
   */
  static JsonObject read(byte[] bytes) {
    if (bytes.length > MAX_BYTES) {
      throw new EventRefusedException(
          FailureReason.REQUEST_INVALID, "an event has at most " + MAX_BYTES + " bytes, had more");
    }
    try (JsonParser parser = FACTORY.createParser(bytes)) {
      return root(parser);
    } catch (IOException e) {
      throw refused(e);
    }
  }

  /**
   * Reads an object that stands in a text, as queues and topics carry events.
   *
   * @throws EventRefusedException if the text is anything else
   */
  static JsonObject read(String text) {
    try (JsonParser parser = FACTORY.createParser(text)) {
      return root(parser);
    } catch (IOException e) {
      throw refused(e);
    }
  }

  private static EventRefusedException refused(IOException problem) {
    String why =
        problem instanceof JsonProcessingException json
            ? json.getOriginalMessage()
            : String.valueOf(problem.getMessage());
    return new EventRefusedException(
        FailureReason.REQUEST_INVALID, "the event is no JSON object: " + Shown.text(why));
  }

  private static JsonObject root(JsonParser parser) throws IOException {
    if (parser.nextToken() != JsonToken.START_OBJECT) {
      throw new IOException("it does not begin with {");
    }
    JsonObject object = object(parser);
    if (parser.nextToken() != null) {
      throw new IOException("something follows the object");
    }
    return object;
  }

  private static JsonObject object(JsonParser parser) throws IOException {
    Map<String, Object> members = new LinkedHashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      if (parser.nextToken() != JsonToken.VALUE_NULL) {
        members.put(name, value(parser));
      }
    }
    return new JsonObject(members);
  }

  private static Object value(JsonParser parser) throws IOException {
    JsonToken token = parser.currentToken();
    if (token == JsonToken.START_OBJECT) {
      return object(parser);
    } else if (token == JsonToken.START_ARRAY) {
      List<Object> items = new ArrayList<>();
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        items.add(value(parser));
      }
      return items;
    } else if (token == JsonToken.VALUE_STRING) {
      return parser.getText();
    }
    return new Scalar(parser.getText());
  }
}
