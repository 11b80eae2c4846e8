package dev.rendition.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One run of the program, in this process or in one of its own.
 *
 * @param code its exit code
 * @param out what it printed
 * @param err what it said
 */
record CliRun(int code, String out, String err) {
  private static final JsonFactory JSON = new JsonFactory();

  /** Runs a command in this process. */
  static CliRun of(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code = Main.run(new PrintWriter(out), new PrintWriter(err), arguments);
    return new CliRun(code, out.toString(), err.toString());
  }

  /** Reads each line of the output as one JSON object, of plain values and arrays of text. */
  List<Map<String, Object>> lines() {
    return out.lines().map(CliRun::object).toList();
  }

  private static Map<String, Object> object(String line) {
    Map<String, Object> fields = new LinkedHashMap<>();
    try (JsonParser parser = JSON.createParser(line)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new AssertionError("no object: " + line);
      }
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        String name = parser.currentName();
        fields.put(name, value(parser, parser.nextToken()));
      }
      if (parser.nextToken() != null) {
        throw new AssertionError("more than one object: " + line);
      }
      return fields;
    } catch (IOException e) {
      throw new AssertionError("no JSON: " + line, e);
    }
  }

  private static Object value(JsonParser parser, JsonToken token) throws IOException {
    return switch (token) {
      case VALUE_NULL -> "null";
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NUMBER_INT -> parser.getLongValue();
      case VALUE_STRING -> parser.getText();
      case START_ARRAY -> {
        List<String> texts = new ArrayList<>();
        while (parser.nextToken() == JsonToken.VALUE_STRING) {
          texts.add(parser.getText());
        }
        yield texts;
      }
      default -> throw new AssertionError("not flat: " + token);
    };
  }
}
