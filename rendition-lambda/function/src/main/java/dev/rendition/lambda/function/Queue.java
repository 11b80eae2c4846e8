package dev.rendition.lambda.function;

import dev.rendition.generate.FailureReason;
import java.util.ArrayList;
import java.util.List;

/**
 * Works on a batch of messages of SQS and says which of them to deliver again, so that one bad
 * message does not bring back the others.
 */
final class Queue {
  private final News news;

  Queue(News news) {
    this.news = news;
  }

  /**
   * Works on a batch.
   *
   * @return the identifiers of the messages that are not done, in the order of the batch
   * @throws EventRefusedException if a message has no identifier: then nothing of the batch was
   *     begun
   */
  List<String> handle(JsonObject event, Deadline deadline) {
    List<?> records = event.array("Records");
    if (records.size() > Notices.MAX_RECORDS) {
      throw new EventRefusedException(
          FailureReason.REQUEST_INVALID,
          "a batch has at most " + Notices.MAX_RECORDS + " messages, had " + records.size());
    }
    List<String> identifiers = new ArrayList<>();
    List<List<Notice>> groups = new ArrayList<>();
    for (Object item : records) {
      if (!(item instanceof JsonObject record)
          || !record.textOrEmpty("eventSource").equals("aws:sqs")) {
        throw new EventRefusedException(
            FailureReason.REQUEST_INVALID, "a batch of SQS has a record of something else");
      }
      identifiers.add(record.requireText("messageId", "the message"));
      groups.add(notices(record));
    }
    List<List<Arrival>> arrivals = news.handleAll(groups, deadline);
    List<String> failed = new ArrayList<>();
    for (int i = 0; i < identifiers.size(); i++) {
      if (!news.isDone(identifiers.get(i), Digest.of(arrivals.get(i)))) {
        failed.add(identifiers.get(i));
      }
    }
    return failed;
  }

  private static List<Notice> notices(JsonObject record) {
    try {
      return Notices.read(Json.read(record.requireText("body", "the message")));
    } catch (EventRefusedException e) {
      return List.of(new Notice.Broken(e));
    }
  }
}
