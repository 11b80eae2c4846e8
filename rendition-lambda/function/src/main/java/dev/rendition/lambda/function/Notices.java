package dev.rendition.lambda.function;

import dev.rendition.generate.FailureReason;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads the news S3 sends: directly, through a topic of SNS, through EventBridge, or one inside the
 * other. Every record is read; one that is broken does not hide the others.
 */
final class Notices {
  /** The most records in one event; S3 and SNS send one, a queue at most 10,000. */
  static final int MAX_RECORDS = 10_000;

  private static final int MAX_WRAPPERS = 3;

  private Notices() {}

  /** Returns whether an event is news of S3, wrapped or not, and not a batch of a queue. */
  static boolean isNews(JsonObject event) {
    return isTest(event)
        || isBridged(event)
        || isNotification(event)
        || source(event).map(name -> name.equals("aws:s3") || name.equals("aws:sns")).orElse(false);
  }

  /**
   * Returns where the records of an event come from, such as {@code aws:s3}; empty if it has none.
   */
  static Optional<String> source(JsonObject event) {
    List<?> records = event.array("Records");
    if (records.isEmpty() || !(records.get(0) instanceof JsonObject first)) {
      return Optional.empty();
    }
    return first.text("eventSource").or(() -> first.text("EventSource"));
  }

  /**
   * Reads news.
   *
   * @throws EventRefusedException if it is none
   */
  static List<Notice> read(JsonObject event) {
    return read(event, 0);
  }

  private static List<Notice> read(JsonObject event, int wrappers) {
    if (wrappers > MAX_WRAPPERS) {
      throw refused("news is wrapped more than " + MAX_WRAPPERS + " times");
    }
    if (isTest(event)) {
      return List.of(new Notice.Other("S3 tests whether its notifications arrive"));
    }
    if (isBridged(event)) {
      return List.of(bridged(event));
    }
    if (isNotification(event)) {
      return read(Json.read(event.requireText("Message", "the notification")), wrappers + 1);
    }
    List<?> records = event.array("Records");
    if (records.size() > MAX_RECORDS) {
      throw refused("an event has at most " + MAX_RECORDS + " records, had " + records.size());
    }
    if (records.isEmpty()) {
      throw refused("the event is none of those documented in docs/function.md");
    }
    List<Notice> notices = new ArrayList<>();
    for (Object record : records) {
      try {
        notices.addAll(record(record, wrappers));
      } catch (EventRefusedException e) {
        notices.add(new Notice.Broken(e));
      }
    }
    return notices;
  }

  private static List<Notice> record(Object item, int wrappers) {
    if (!(item instanceof JsonObject record)) {
      throw refused("a record is no object");
    }
    String source = record.text("eventSource").or(() -> record.text("EventSource")).orElse("");
    return switch (source) {
      case "aws:s3" -> List.of(stored(record));
      case "aws:sns" ->
          read(Json.read(record.object("Sns").requireText("Message", "Sns")), wrappers + 1);
      default -> throw refused("a record comes from \"" + Shown.text(source) + '"');
    };
  }

  /** Keys are form-encoded here: a space is a plus sign. */
  private static Notice stored(JsonObject record) {
    String what = record.requireText("eventName", "the record");
    JsonObject s3 = record.object("s3");
    String bucket = s3.object("bucket").requireText("name", "s3.bucket");
    String key = s3.object("object").requireText("key", "s3.object");
    if (!what.startsWith("ObjectCreated:") && !what.startsWith("s3:ObjectCreated:")) {
      return new Notice.Other(Shown.text(what));
    }
    try {
      return created(new ObjectName(bucket, Encoded.form(key)));
    } catch (IllegalArgumentException e) {
      throw refused("an object's key is form-encoded, and " + e.getMessage());
    }
  }

  /** Keys are not encoded here. */
  private static Notice bridged(JsonObject event) {
    String what = event.requireText("detail-type", "the event");
    JsonObject detail = event.object("detail");
    if (!what.equals("Object Created")) {
      return new Notice.Other(Shown.text(what));
    }
    return created(
        new ObjectName(
            detail.object("bucket").requireText("name", "detail.bucket"),
            detail.object("object").requireText("key", "detail.object")));
  }

  /** Consoles store an empty object with a slash at its end where they show a folder. */
  private static Notice created(ObjectName name) {
    return name.object().endsWith("/")
        ? new Notice.Other("a folder, " + name)
        : new Notice.Created(name);
  }

  private static boolean isTest(JsonObject event) {
    return event.textOrEmpty("Event").equals("s3:TestEvent") && event.has("Bucket");
  }

  private static boolean isBridged(JsonObject event) {
    return event.textOrEmpty("source").equals("aws.s3") && event.has("detail-type");
  }

  /** As SNS writes it into a queue. */
  private static boolean isNotification(JsonObject event) {
    return event.textOrEmpty("Type").equals("Notification") && event.has("Message");
  }

  private static EventRefusedException refused(String problem) {
    return new EventRefusedException(FailureReason.REQUEST_INVALID, problem);
  }
}
