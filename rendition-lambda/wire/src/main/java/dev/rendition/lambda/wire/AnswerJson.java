package dev.rendition.lambda.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.rendition.generate.FailureReason;
import dev.rendition.generate.RenditionOutcome;
import dev.rendition.generate.RenditionReport;
import dev.rendition.generate.RenditionRequest;
import dev.rendition.generate.RenditionSpec;
import dev.rendition.recipe.PixelSize;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Answers as JSON. The names of members are fixed for ever by the golden files. */
final class AnswerJson {
  private static final String REPORT = "report";
  private static final String REFUSED = "refused";
  private static final String VERSION_REFUSED = "version-refused";
  private static final String PONG = "pong";
  private static final String STORED = "stored";
  private static final String FAILED = "failed";
  private static final int MAX_VERSION_TEXT = 256;

  private AnswerJson() {}

  static void write(JsonGenerator json, WireAnswer answer) throws IOException {
    if (answer instanceof WireAnswer.Report report) {
      Envelope.begin(json, REPORT);
      report(json, report);
    } else if (answer instanceof WireAnswer.Refused refused) {
      Envelope.begin(json, REFUSED);
      reason(json, refused.reason());
      json.writeStringField("message", Json.bounded(refused.message(), WireCodec.MAX_DETAIL));
    } else if (answer instanceof WireAnswer.VersionRefused refused) {
      Envelope.begin(json, VERSION_REFUSED);
      versions(json, refused.versions());
    } else {
      WireAnswer.Pong pong = (WireAnswer.Pong) answer;
      Envelope.begin(json, PONG);
      versions(json, pong.versions());
      json.writeNumberField("outputVersion", pong.outputVersion());
      json.writeStringField("worker", pong.worker());
    }
    json.writeEndObject();
  }

  private static void report(JsonGenerator json, WireAnswer.Report answer) throws IOException {
    RenditionReport report = answer.report();
    json.writeStringField("source", report.source().toString());
    json.writeStringField("sourceVersion", Json.bounded(report.sourceVersion(), MAX_VERSION_TEXT));
    json.writeStringField("elapsed", answer.elapsed().toString());
    json.writeArrayFieldStart("outcomes");
    for (RenditionOutcome outcome : report.outcomes()) {
      json.writeStartObject();
      outcome(json, outcome);
      trace(json, outcome.trace());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void outcome(JsonGenerator json, RenditionOutcome outcome) throws IOException {
    boolean isStored = outcome instanceof RenditionOutcome.Stored;
    json.writeStringField("target", outcome.spec().target().toString());
    json.writeStringField("outcome", isStored ? STORED : FAILED);
    if (outcome instanceof RenditionOutcome.Stored stored) {
      json.writeNumberField("width", stored.size().width());
      json.writeNumberField("height", stored.size().height());
      json.writeStringField("mediaType", stored.mediaType());
      json.writeNumberField("bytes", stored.bytes());
      json.writeStringField("version", Json.bounded(stored.version(), MAX_VERSION_TEXT));
      json.writeBooleanField("created", stored.created());
      json.writeStringField("elapsed", stored.elapsed().toString());
    } else {
      RenditionOutcome.Failed failed = (RenditionOutcome.Failed) outcome;
      reason(json, failed.reason());
      json.writeStringField("detail", Json.bounded(failed.detail(), WireCodec.MAX_DETAIL));
    }
  }

  private static void reason(JsonGenerator json, FailureReason reason) throws IOException {
    json.writeStringField("reason", reason.name());
    json.writeBooleanField("retryable", reason.retryable());
  }

  private static void trace(JsonGenerator json, List<String> lines) throws IOException {
    if (lines.isEmpty()) {
      return;
    }
    json.writeArrayFieldStart("trace");
    for (String line : lines.subList(0, Math.min(lines.size(), WireCodec.MAX_TRACE_LINES))) {
      json.writeString(Json.bounded(line, WireCodec.MAX_TRACE_LINE));
    }
    json.writeEndArray();
  }

  private static void versions(JsonGenerator json, List<Integer> versions) throws IOException {
    json.writeArrayFieldStart("versions");
    for (int version : versions) {
      json.writeNumber(version);
    }
    json.writeEndArray();
  }

  static WireAnswer read(Map<String, Object> tree, RenditionRequest asked) {
    Members message = Members.of(tree);
    String kind = Envelope.kind(message);
    return kind.equals(REPORT)
        ? Envelope.value("the report", () -> report(message, asked))
        : refusal(message, kind, "a report");
  }

  static WireAnswer readPong(Map<String, Object> tree) {
    Members message = Members.of(tree);
    String kind = Envelope.kind(message);
    return kind.equals(PONG)
        ? Envelope.value(
            "the pong",
            () ->
                new WireAnswer.Pong(
                    message.numbers("versions", 1, Integer.MAX_VALUE),
                    (int) message.number("outputVersion", 0, Integer.MAX_VALUE),
                    message.text("worker")))
        : refusal(message, kind, "a pong");
  }

  private static WireAnswer refusal(Members message, String kind, String expected) {
    return switch (kind) {
      case REFUSED -> {
        FailureReason reason = reason(message);
        yield new WireAnswer.Refused(reason, known(message, message.text("message")));
      }
      case VERSION_REFUSED ->
          Envelope.value(
              "the refusal",
              () ->
                  new WireAnswer.VersionRefused(message.numbers("versions", 1, Integer.MAX_VALUE)));
      default -> throw Envelope.unknown(kind, expected);
    };
  }

  private static WireAnswer report(Members message, RenditionRequest asked) {
    if (!RequestJson.key(message, "source").equals(asked.source())) {
      throw new WireException(
          "the answer is for the source "
              + Json.shown(message.text("source"))
              + ", and asked was for another");
    }
    List<RenditionSpec> specs = asked.specs();
    List<Members> told = message.objects("outcomes", RenditionRequest.MAX_SPECS);
    if (told.size() != specs.size()) {
      throw new WireException(
          "the answer has " + told.size() + " outcomes, and asked was for " + specs.size());
    }
    List<RenditionOutcome> outcomes = new ArrayList<>();
    for (int i = 0; i < told.size(); i++) {
      outcomes.add(outcome(told.get(i), specs.get(i)));
    }
    return new WireAnswer.Report(
        new RenditionReport(asked.source(), message.text("sourceVersion"), outcomes),
        duration(message));
  }

  private static RenditionOutcome outcome(Members told, RenditionSpec spec) {
    if (!RequestJson.key(told, "target").equals(spec.target())) {
      throw new WireException(
          told.at("target")
              + " is another than the one asked for, "
              + Json.shown(told.text("target")));
    }
    List<String> trace = told.texts("trace", WireCodec.MAX_TRACE_LINES);
    return switch (told.text("outcome")) {
      case STORED ->
          new RenditionOutcome.Stored(
              spec,
              PixelSize.of(
                  (int) told.number("width", 1, PixelSize.MAX),
                  (int) told.number("height", 1, PixelSize.MAX)),
              told.text("mediaType"),
              told.number("bytes", 1, Long.MAX_VALUE),
              told.text("version"),
              told.truth("created"),
              duration(told),
              trace);
      case FAILED ->
          new RenditionOutcome.Failed(spec, reason(told), known(told, told.text("detail")), trace);
      default ->
          throw new WireException(
              told.at("outcome")
                  + " is stored or failed, was \""
                  + Json.shown(told.text("outcome"))
                  + '"');
    };
  }

  private static Duration duration(Members message) {
    Duration elapsed =
        Envelope.value(message.at("elapsed"), () -> Duration.parse(message.text("elapsed")));
    if (elapsed.isNegative()) {
      throw new WireException(message.at("elapsed") + " is not negative, was " + elapsed);
    }
    return elapsed;
  }

  /**
   * Reads a reason; one that a newer worker knows becomes the nearest we know, by whether it is
   * worth asking again.
   */
  private static FailureReason reason(Members message) {
    String name = message.text("reason");
    for (FailureReason reason : FailureReason.values()) {
      if (reason.name().equals(name)) {
        return reason;
      }
    }
    return message.truth("retryable") ? FailureReason.BACKEND_FAILED : FailureReason.INTERNAL;
  }

  /** Puts a reason that is not known here before the text, so that nobody misses it. */
  private static String known(Members message, String text) {
    String name = message.text("reason");
    return reason(message).name().equals(name) ? text : Json.shown(name) + ": " + text;
  }
}
