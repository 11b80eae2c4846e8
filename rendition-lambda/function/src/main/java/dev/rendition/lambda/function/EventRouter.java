package dev.rendition.lambda.function;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.rendition.generate.FailureReason;
import dev.rendition.lambda.wire.WireCodec;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;

/**
 * Tells events apart by their shape, not by how the function was set up, and answers each as its
 * sender expects. Safe for use by many threads.
 */
final class EventRouter {
  private final Direct direct;
  private final HttpEvents http;
  private final News news;
  private final Queue queue;
  private final BatchJob batchJob;

  EventRouter(Direct direct, HttpEvents http, News news, Queue queue, BatchJob batchJob) {
    this.direct = direct;
    this.http = http;
    this.news = news;
    this.queue = queue;
    this.batchJob = batchJob;
  }

  /**
   * Works on one event.
   *
   * @param bytes the event as it came
   * @param out takes the answer; stays open; nothing is written if this throws
   * @throws EventRefusedException if the event is none that is known here, or can never be worked
   *     on
   * @throws EventFailedException if delivering it again may help
   */
  void route(byte[] bytes, Deadline deadline, OutputStream out) throws IOException {
    JsonObject event = Json.read(bytes);
    Optional<String> source = Notices.source(event);
    if (event.has(WireCodec.VERSION_MEMBER)) {
      out.write(direct.answerOrFail(bytes, deadline));
    } else if (HttpEvents.isHttp(event)) {
      http.answer(event, deadline, out);
    } else if (HttpEvents.isOtherHttp(event)) {
      throw HttpEvents.refuseOther();
    } else if (event.has("invocationSchemaVersion")) {
      write(event, batchJob.handle(event, deadline), out);
    } else if (source.filter("aws:sqs"::equals).isPresent()) {
      write(queue.handle(event, deadline), out);
    } else if (Notices.isNews(event)) {
      write(news.handle(Notices.read(event), deadline), out);
    } else {
      throw new EventRefusedException(
          FailureReason.REQUEST_INVALID,
          "the event has the shape of none that is known here; docs/function.md lists them");
    }
  }

  private static void write(Digest digest, OutputStream out) throws IOException {
    try (JsonGenerator json = generator(out)) {
      json.writeStartObject();
      json.writeNumberField("objects", digest.made());
      json.writeNumberField("renditions", digest.renditions());
      json.writeNumberField("passed", digest.passed());
      json.writeNumberField("dropped", digest.failed().size());
      json.writeEndObject();
    }
  }

  private static void write(List<String> failed, OutputStream out) throws IOException {
    try (JsonGenerator json = generator(out)) {
      json.writeStartObject();
      json.writeArrayFieldStart("batchItemFailures");
      for (String message : failed) {
        json.writeStartObject();
        json.writeStringField("itemIdentifier", message);
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeEndObject();
    }
  }

  private static void write(JsonObject event, List<BatchJob.Result> results, OutputStream out)
      throws IOException {
    try (JsonGenerator json = generator(out)) {
      json.writeStartObject();
      json.writeStringField(
          "invocationSchemaVersion", event.textOrEmpty("invocationSchemaVersion"));
      json.writeStringField("treatMissingKeysAs", "PermanentFailure");
      json.writeStringField("invocationId", event.textOrEmpty("invocationId"));
      json.writeArrayFieldStart("results");
      for (BatchJob.Result result : results) {
        json.writeStartObject();
        json.writeStringField("taskId", result.task());
        json.writeStringField("resultCode", result.code());
        json.writeStringField("resultString", result.text());
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeEndObject();
    }
  }

  private static JsonGenerator generator(OutputStream out) throws IOException {
    return Json.FACTORY.createGenerator(out).disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
  }
}
