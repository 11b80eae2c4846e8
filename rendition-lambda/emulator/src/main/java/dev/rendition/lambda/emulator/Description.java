package dev.rendition.lambda.emulator;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;

/** What GetFunction and GetFunctionConfiguration tell, as far as callers read it. */
final class Description {
  private Description() {}

  static String configuration(EmulatedFunction function) {
    return Json.write(json -> configuration(json, function));
  }

  static String function(EmulatedFunction function) {
    return Json.write(
        json -> {
          json.writeStartObject();
          json.writeFieldName("Configuration");
          configuration(json, function);
          json.writeObjectFieldStart("Code");
          json.writeStringField("RepositoryType", "S3");
          json.writeEndObject();
          if (function.definition().reservedConcurrency().isPresent()) {
            json.writeObjectFieldStart("Concurrency");
            json.writeNumberField(
                "ReservedConcurrentExecutions",
                function.definition().reservedConcurrency().getAsInt());
            json.writeEndObject();
          }
          json.writeEndObject();
        });
  }

  private static void configuration(JsonGenerator json, EmulatedFunction function)
      throws IOException {
    FunctionDefinition definition = function.definition();
    json.writeStartObject();
    json.writeStringField("FunctionName", definition.name());
    json.writeStringField("FunctionArn", function.arn());
    json.writeStringField("Handler", definition.handler());
    json.writeStringField("Version", definition.version());
    json.writeNumberField("MemorySize", definition.memoryMegabytes());
    json.writeNumberField("Timeout", Math.max(1, definition.timeout().toSeconds()));
    json.writeStringField("PackageType", "Zip");
    json.writeStringField("State", "Active");
    json.writeStringField("LastUpdateStatus", "Successful");
    json.writeObjectFieldStart("Environment");
    json.writeObjectFieldStart("Variables");
    for (Map.Entry<String, String> variable : new TreeMap<>(definition.environment()).entrySet()) {
      json.writeStringField(variable.getKey(), variable.getValue());
    }
    json.writeEndObject();
    json.writeEndObject();
    json.writeEndObject();
  }
}
