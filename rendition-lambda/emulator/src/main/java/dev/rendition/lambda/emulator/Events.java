package dev.rendition.lambda.emulator;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/**
 * The events AWS services send to functions, as JSON text, in the shapes their documentation shows.
 * Give them to {@link EmulatedFunction#send}, or to {@link SqsQueue#send} where SQS stands between.
 */
public final class Events {
  private static final String ACCOUNT = "123456789012";

  private Events() {}

  /**
   * Returns what S3 sends when an object was put: Amazon S3 user guide, "Event message structure",
   * version 2.1.
   *
   * @param region the bucket's region
   * @param bucket the bucket
   * @param key the key as it is; the event holds it form-encoded, as S3 does
   * @param size in bytes
   * @param eTag without quotation marks
   */
  public static String s3ObjectCreated(
      String region, String bucket, String key, long size, String eTag) {
    return Json.write(
        json -> {
          json.writeStartObject();
          json.writeArrayFieldStart("Records");
          json.writeStartObject();
          texts(json, List.of("eventVersion", "2.1", "eventSource", "aws:s3", "awsRegion", region));
          texts(
              json,
              List.of("eventTime", Instant.now().toString(), "eventName", "ObjectCreated:Put"));
          object(json, "userIdentity", List.of("principalId", "AWS:EMULATOR"));
          object(json, "requestParameters", List.of("sourceIPAddress", "127.0.0.1"));
          object(json, "responseElements", List.of("x-amz-request-id", id(), "x-amz-id-2", id()));
          json.writeObjectFieldStart("s3");
          texts(json, List.of("s3SchemaVersion", "1.0", "configurationId", "emulator"));
          json.writeObjectFieldStart("bucket");
          json.writeStringField("name", bucket);
          object(json, "ownerIdentity", List.of("principalId", "EMULATOR"));
          json.writeStringField("arn", "arn:aws:s3:::" + bucket);
          json.writeEndObject();
          json.writeObjectFieldStart("object");
          json.writeStringField("key", URLEncoder.encode(key, StandardCharsets.UTF_8));
          json.writeNumberField("size", size);
          texts(json, List.of("eTag", eTag, "sequencer", sequencer()));
          json.writeEndObject();
          json.writeEndObject();
          json.writeEndObject();
          json.writeEndArray();
          json.writeEndObject();
        });
  }

  /** Returns what S3 sends once when a notification is set up. */
  public static String s3Test(String bucket) {
    return Json.write(
        json -> {
          json.writeStartObject();
          texts(json, List.of("Service", "Amazon S3", "Event", "s3:TestEvent"));
          texts(json, List.of("Time", Instant.now().toString(), "Bucket", bucket));
          texts(json, List.of("RequestId", id(), "HostId", id()));
          json.writeEndObject();
        });
  }

  /**
   * Returns what SNS sends for a message: Amazon SNS developer guide, "Amazon SNS message parsing",
   * for Lambda.
   */
  public static String sns(String region, String topic, String subject, String message) {
    String arn = "arn:aws:sns:" + region + ":" + ACCOUNT + ":" + topic;
    return Json.write(
        json -> {
          json.writeStartObject();
          json.writeArrayFieldStart("Records");
          json.writeStartObject();
          texts(json, List.of("EventSource", "aws:sns", "EventVersion", "1.0"));
          json.writeStringField("EventSubscriptionArn", arn + ":" + id());
          json.writeObjectFieldStart("Sns");
          texts(json, List.of("Type", "Notification", "MessageId", id(), "TopicArn", arn));
          texts(
              json,
              List.of(
                  "Subject", subject, "Message", message, "Timestamp", Instant.now().toString()));
          texts(json, List.of("SignatureVersion", "1", "Signature", "EXAMPLE"));
          object(json, "MessageAttributes", List.of());
          json.writeEndObject();
          json.writeEndObject();
          json.writeEndArray();
          json.writeEndObject();
        });
  }

  /**
   * Returns what EventBridge sends when an object was put: Amazon S3 user guide, "EventBridge event
   * message structure".
   */
  public static String eventBridgeObjectCreated(
      String region, String bucket, String key, long size, String eTag) {
    return Json.write(
        json -> {
          json.writeStartObject();
          texts(json, List.of("version", "0", "id", id(), "detail-type", "Object Created"));
          texts(
              json,
              List.of("source", "aws.s3", "account", ACCOUNT, "time", Instant.now().toString()));
          json.writeStringField("region", region);
          json.writeArrayFieldStart("resources");
          json.writeString("arn:aws:s3:::" + bucket);
          json.writeEndArray();
          json.writeObjectFieldStart("detail");
          json.writeStringField("version", "0");
          object(json, "bucket", List.of("name", bucket));
          json.writeObjectFieldStart("object");
          // Unlike in the notification, the key is not encoded here.
          json.writeStringField("key", key);
          json.writeNumberField("size", size);
          texts(json, List.of("etag", eTag, "sequencer", sequencer()));
          json.writeEndObject();
          texts(json, List.of("request-id", id(), "requester", ACCOUNT, "reason", "PutObject"));
          json.writeEndObject();
          json.writeEndObject();
        });
  }

  static void texts(JsonGenerator json, List<String> namesAndValues) throws IOException {
    for (int i = 0; i < namesAndValues.size(); i += 2) {
      json.writeStringField(namesAndValues.get(i), namesAndValues.get(i + 1));
    }
  }

  static void object(JsonGenerator json, String name, List<String> namesAndValues)
      throws IOException {
    json.writeObjectFieldStart(name);
    texts(json, namesAndValues);
    json.writeEndObject();
  }

  static String id() {
    return Invocation.newId();
  }

  private static String sequencer() {
    return String.format(Locale.ROOT, "%016X", System.nanoTime());
  }
}
