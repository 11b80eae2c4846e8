package dev.rendition.lambda.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.rendition.asset.AssetKey;
import dev.rendition.generate.RenditionRequest;
import dev.rendition.generate.RenditionSpec;
import dev.rendition.generate.WriteMode;
import dev.rendition.recipe.FocalPoint;
import dev.rendition.recipe.Recipe;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Requests as JSON. The names of members are fixed for ever by the golden files. */
final class RequestJson {
  private static final String GENERATE = "generate";
  private static final String PING = "ping";

  private RequestJson() {}

  static void write(JsonGenerator json, WireRequest request) throws IOException {
    if (request instanceof WireRequest.Generate generate) {
      Envelope.begin(json, GENERATE);
      json.writeStringField("trace", request.trace());
      if (generate.event()) {
        json.writeBooleanField("event", true);
      }
      generate(json, generate.request());
    } else {
      Envelope.begin(json, PING);
      json.writeStringField("trace", request.trace());
    }
    json.writeEndObject();
  }

  private static void generate(JsonGenerator json, RenditionRequest request) throws IOException {
    json.writeStringField("source", request.source().toString());
    if (!request.sourceVersion().isEmpty()) {
      json.writeStringField("sourceVersion", request.sourceVersion());
    }
    json.writeStringField("deadline", request.deadline().toString());
    json.writeStringField("mode", request.mode().name().toLowerCase(Locale.ROOT));
    if (!request.focus().equals(FocalPoint.CENTER)) {
      String[] parts = request.focus().toString().split(",", -1);
      json.writeObjectFieldStart("focus");
      json.writeFieldName("x");
      json.writeNumber(parts[0]);
      json.writeFieldName("y");
      json.writeNumber(parts[1]);
      json.writeEndObject();
    }
    if (!request.cacheControl().isEmpty()) {
      json.writeStringField("cacheControl", request.cacheControl());
    }
    json.writeArrayFieldStart("renditions");
    for (RenditionSpec spec : request.specs()) {
      String recipe = spec.recipe().toString();
      json.writeStartObject();
      if (!spec.name().equals(recipe)) {
        json.writeStringField("name", Json.bounded(spec.name(), WireCodec.MAX_NAME));
      }
      json.writeStringField("recipe", recipe);
      json.writeStringField("target", spec.target().toString());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  static WireRequest read(Map<String, Object> tree) {
    Members message = Members.of(tree);
    String kind = Envelope.kind(message);
    String trace = message.text("trace");
    return switch (kind) {
      case GENERATE ->
          Envelope.value(
              "the request",
              () ->
                  new WireRequest.Generate(
                      trace, generate(message), message.optionalTruth("event")));
      case PING -> Envelope.value("the ping", () -> new WireRequest.Ping(trace));
      default -> throw Envelope.unknown(kind, "a request");
    };
  }

  private static RenditionRequest generate(Members message) {
    List<RenditionSpec> specs = new ArrayList<>();
    for (Members spec : message.objects("renditions", RenditionRequest.MAX_SPECS)) {
      specs.add(spec(spec));
    }
    return new RenditionRequest(
        key(message, "source"),
        message.optionalText("sourceVersion").orElse(""),
        specs,
        message
            .optionalObject("focus")
            .map(focus -> new FocalPoint(focus.decimal("x"), focus.decimal("y")))
            .orElse(FocalPoint.CENTER),
        Envelope.value("deadline", () -> Instant.parse(message.text("deadline"))),
        mode(message),
        message.optionalText("cacheControl").orElse(""));
  }

  private static RenditionSpec spec(Members spec) {
    Recipe recipe = Envelope.value(spec.at("recipe"), () -> Recipe.parse(spec.text("recipe")));
    String name = spec.optionalText("name").orElseGet(recipe::toString);
    if (name.length() > WireCodec.MAX_NAME) {
      throw new WireException(
          spec.at("name")
              + " has at most "
              + WireCodec.MAX_NAME
              + " characters, had "
              + name.length());
    }
    return new RenditionSpec(name, recipe, key(spec, "target"));
  }

  private static WriteMode mode(Members message) {
    String text = message.text("mode");
    for (WriteMode mode : WriteMode.values()) {
      if (mode.name().toLowerCase(Locale.ROOT).equals(text)) {
        return mode;
      }
    }
    throw new WireException("mode is replace, create or missing, was \"" + Json.shown(text) + '"');
  }

  static AssetKey key(Members members, String name) {
    return Envelope.value(members.at(name), () -> AssetKey.parse(members.text(name)));
  }
}
