package dev.rendition.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * Prints one JSON object (RFC 8259) to a line for each result, every field always there; what does
 * not apply is {@code null}. Why something failed follows in words on the other stream.
 */
final class JsonWriter implements ResultWriter {
  private final JsonFactory factory = new JsonFactory();
  private final PrintWriter out;
  private final PrintWriter err;

  JsonWriter(PrintWriter out, PrintWriter err) {
    this.out = out;
    this.err = err;
  }

  @Override
  public void write(List<Result> results) {
    for (Result result : results) {
      out.print(line(result));
      out.print('\n');
    }
    out.flush();
    Failures.lines(results).forEach(err::println);
    err.flush();
  }

  private String line(Result result) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = factory.createGenerator(text)) {
      json.writeStartObject();
      json.writeStringField("source", result.source());
      json.writeStringField("recipe", result.recipe());
      if (result instanceof Result.Stored stored) {
        write(json, stored);
      } else if (result instanceof Result.Failed failed) {
        write(json, failed);
      }
      json.writeArrayFieldStart("trace");
      for (String line : result.trace()) {
        json.writeString(line);
      }
      json.writeEndArray();
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  private static void write(JsonGenerator json, Result.Stored stored) throws IOException {
    json.writeStringField("status", "stored");
    json.writeNullField("reason");
    json.writeNullField("retryable");
    json.writeStringField("key", stored.key().toString());
    json.writeFieldName("path");
    if (stored.path().isEmpty()) {
      json.writeNull();
    } else {
      json.writeString(stored.path());
    }
    json.writeNumberField("width", stored.size().width());
    json.writeNumberField("height", stored.size().height());
    json.writeStringField("mediaType", stored.mediaType());
    json.writeNumberField("bytes", stored.bytes());
    json.writeNumberField("millis", stored.millis());
  }

  private static void write(JsonGenerator json, Result.Failed failed) throws IOException {
    json.writeStringField("status", "failed");
    json.writeStringField("reason", failed.reason().name());
    json.writeBooleanField("retryable", failed.reason().retryable());
    for (String field : List.of("key", "path", "width", "height", "mediaType", "bytes")) {
      json.writeNullField(field);
    }
    json.writeNumberField("millis", failed.millis());
  }
}
