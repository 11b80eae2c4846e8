package dev.rendition.lambda.wire;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** JSON text to bounded trees and back. The only class that knows how Jackson parses. */
final class Json {
  /** The most levels of objects and arrays, unknown members included. */
  static final int MAX_DEPTH = 32;

  /** The most tokens, unknown members included; the largest legal message has less than half. */
  static final int MAX_TOKENS = 50_000;

  /** Stands for the literal null, so that trees hold none. */
  static final Object NULL = new Object();

  private static final int MAX_STRING = 16_384;
  private static final Pattern TRACE = Pattern.compile("[A-Za-z0-9._:=;-]{1,128}");

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_DEPTH)
                  .maxTokenCount(MAX_TOKENS)
                  .maxStringLength(MAX_STRING)
                  .maxNameLength(200)
                  .maxNumberLength(40)
                  .maxDocumentLength(WireCodec.MAX_BYTES)
                  .build())
          .build();

  private Json() {}

  /** Writes one document. */
  interface Body {
    void write(JsonGenerator json) throws IOException;
  }

  static byte[] write(Body body) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(1_024);
    try (JsonGenerator json = FACTORY.createGenerator(bytes)) {
      body.write(json);
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory cannot fail", e);
    }
    return bytes.toByteArray();
  }

  /**
   * Reads one object: texts, longs, doubles, booleans, {@link #NULL}, lists and maps.
   *
   * @throws WireException if the bytes are no JSON object within the bounds
   */
  static Map<String, Object> read(byte[] text) {
    if (text.length > WireCodec.MAX_BYTES) {
      throw new WireException(
          "a message is at most "
              + WireCodec.MAX_BYTES
              + " bytes, was "
              + (text.length == WireCodec.MAX_BYTES + 1 ? "more" : Integer.toString(text.length)));
    }
    try (JsonParser parser = FACTORY.createParser(text)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new WireException("a message is a JSON object, began with " + parser.currentToken());
      }
      Map<String, Object> object = object(parser);
      if (parser.nextToken() != null) {
        throw new WireException("a message is one JSON object, and something follows it");
      }
      return object;
    } catch (JsonProcessingException e) {
      throw new WireException("a message is JSON: " + shown(e.getOriginalMessage()), e);
    } catch (IOException e) {
      throw new WireException("a message is JSON in UTF-8: " + shown(e.getMessage()), e);
    }
  }

  private static Map<String, Object> object(JsonParser parser) throws IOException {
    Map<String, Object> members = new LinkedHashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      JsonToken unused = parser.nextToken();
      members.put(name, value(parser));
    }
    return members;
  }

  private static List<Object> array(JsonParser parser) throws IOException {
    List<Object> values = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      values.add(value(parser));
    }
    return values;
  }

  private static Object value(JsonParser parser) throws IOException {
    return switch (parser.currentToken()) {
      case START_OBJECT -> object(parser);
      case START_ARRAY -> array(parser);
      case VALUE_STRING -> parser.getText();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NULL -> NULL;
      case VALUE_NUMBER_INT ->
          parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER
              ? (Object) parser.getDoubleValue()
              : (Object) parser.getLongValue();
      case VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
      default -> throw new WireException("a message ends in its middle");
    };
  }

  static void requireTrace(String trace) {
    if (!TRACE.matcher(requireNonNull(trace, "trace")).matches()) {
      throw new IllegalArgumentException(
          "a trace is 1 to 128 letters, digits, '.', '_', ':', '=', ';' or '-', was \""
              + shown(trace)
              + '"');
    }
  }

  /**
   * Shortens text to a number of characters, and replaces surrogates that have lost their other.
   */
  static String bounded(String text, int most) {
    StringBuilder kept = new StringBuilder(Math.min(text.length(), most));
    for (int i = 0; i < text.length(); ) {
      int point = text.codePointAt(i);
      i += Character.charCount(point);
      if (kept.length() + Character.charCount(point) > most) {
        break;
      }
      kept.appendCodePoint(Character.getType(point) == Character.SURROGATE ? 0xfffd : point);
    }
    return kept.toString();
  }

  /** Shortens hostile text for a message and takes out what could forge a log line. */
  static String shown(@Nullable String text) {
    String safe = String.valueOf(text).replaceAll("[^ -~]", "?");
    return safe.length() > 120 ? safe.substring(0, 120) + "…" : safe;
  }
}
