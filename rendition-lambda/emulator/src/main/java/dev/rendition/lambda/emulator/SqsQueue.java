package dev.rendition.lambda.emulator;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * A queue with a function behind it, as SQS and Lambda's event source mapping play together:
 * messages are handed out in batches and hidden meanwhile; those the function is done with are
 * deleted, all others show up again; what was received too often goes to the dead-letter queue.
 * Standard queue: no order is promised. Times are multiplied with the emulator's time scale. Safe
 * for use by many threads.
 */
public final class SqsQueue implements AutoCloseable {
  /** How many messages a queue takes. */
  public static final int MAX_MESSAGES = 120_000;

  private static final long MAX_LENGTH = 256L << 20;

  private final Builder settings;
  private final EmulatedFunction function;
  private final Fleet fleet;
  private final Map<String, Message> messages = new LinkedHashMap<>();
  private final Kept<String> deadLetters = new Kept<>(String::length);
  private long length;
  private int batches;
  private boolean closed;

  private SqsQueue(Builder settings, EmulatedFunction function) {
    this.settings = settings;
    this.function = function;
    this.fleet = settings.fleet;
  }

  /** One message; the queue's lock guards it. */
  private static final class Message {
    private final String id = Events.id();
    private final String body;
    private final long sentMillis = System.currentTimeMillis();
    private int received;
    private long firstReceivedMillis;
    private boolean hidden;

    private Message(String body) {
      this.body = body;
    }
  }

  /**
   * Sends a message.
   *
   * @param body at most 1 MB
   * @return its id
   * @throws IllegalArgumentException if it is too large
   * @throws IllegalStateException if the queue is full or closed
   */
  public String send(String body) {
    int bytes = body.getBytes(StandardCharsets.UTF_8).length;
    if (bytes == 0 || bytes > InvokeApi.MAX_EVENT) {
      throw new IllegalArgumentException(
          "a message has 1.." + InvokeApi.MAX_EVENT + " bytes, was " + bytes);
    }
    Message message = new Message(body);
    synchronized (this) {
      if (closed || messages.size() >= MAX_MESSAGES || length + body.length() > MAX_LENGTH) {
        throw new IllegalStateException(
            "The queue " + settings.name + (closed ? " is closed" : " is full"));
      }
      messages.put(message.id, message);
      length += body.length();
    }
    fleet.front().execute(this::poll);
    return message.id;
  }

  /** Returns how many messages it has, hidden ones included. */
  public synchronized int size() {
    return messages.size();
  }

  /** Returns the bodies of the messages that were received too often, oldest first. */
  public List<String> deadLetters() {
    return deadLetters.all();
  }

  /** Takes a batch and hands it out, while there is something to take and a poller to do it. */
  private void poll() {
    List<Message> batch = take();
    if (batch.isEmpty()) {
      return;
    }
    byte[] event = event(batch).getBytes(StandardCharsets.UTF_8);
    var unused =
        function
            .start(Invocation.of(function.arn(), event))
            .whenComplete((answer, failure) -> done(batch, Optional.ofNullable(answer)));
    poll();
  }

  private synchronized List<Message> take() {
    List<Message> batch = new ArrayList<>();
    if (closed || batches >= settings.maxConcurrency) {
      return batch;
    }
    for (Message message : List.copyOf(messages.values())) {
      if (message.hidden || batch.size() == settings.batchSize) {
        continue;
      }
      if (message.received >= settings.maxReceiveCount) {
        delete(message);
        deadLetters.add(message.body);
        continue;
      }
      message.hidden = true;
      if (message.received++ == 0) {
        message.firstReceivedMillis = System.currentTimeMillis();
      }
      batch.add(message);
    }
    batches += batch.isEmpty() ? 0 : 1;
    return batch;
  }

  private void done(List<Message> batch, Optional<Answer> answer) {
    Collection<String> failed =
        answer.filter(each -> !each.outcome().failed()).isPresent()
            ? failures(batch, answer.get().outcome().payload())
            : ids(batch);
    List<Message> back = new ArrayList<>();
    synchronized (this) {
      batches--;
      for (Message message : batch) {
        if (failed.contains(message.id)) {
          back.add(message);
        } else {
          delete(message);
        }
      }
    }
    if (!back.isEmpty()) {
      later(() -> show(back));
    }
    poll();
  }

  private void delete(Message message) {
    messages.remove(message.id);
    length -= message.body.length();
  }

  private void later(Runnable task) {
    try {
      var unused =
          fleet.later(
              fleet.settings().scaled(settings.visibilityTimeout),
              () -> fleet.front().execute(task));
    } catch (RejectedExecutionException e) {
      // The emulator is being closed, and the queue with it.
      close();
    }
  }

  private void show(List<Message> back) {
    synchronized (this) {
      back.forEach(message -> message.hidden = false);
    }
    poll();
  }

  private static List<String> ids(List<Message> batch) {
    return batch.stream().map(message -> message.id).toList();
  }

  /**
   * Returns the ids of the messages that failed: AWS Lambda developer guide, "Implementing partial
   * batch responses". An answer that is not understood, or names what was not in the batch, fails
   * the whole batch.
   */
  private Collection<String> failures(List<Message> batch, byte[] payload) {
    List<String> failed = new ArrayList<>();
    List<String> all = ids(batch);
    if (!settings.reportBatchItemFailures || payload.length == 0) {
      return failed;
    }
    try {
      Object answer =
          new String(payload, StandardCharsets.UTF_8).strip().equals("null")
              ? Map.of()
              : Json.read(payload);
      Object items =
          answer instanceof Map<?, ?> fields ? fields.get("batchItemFailures") : List.of();
      if (items instanceof List<?> named) {
        for (Object item : named) {
          Object id = item instanceof Map<?, ?> fields ? fields.get("itemIdentifier") : "";
          if (!(id instanceof String name) || !all.contains(name)) {
            return all;
          }
          failed.add(name);
        }
      } else if (items != null) {
        return all;
      }
      return failed;
    } catch (IOException e) {
      return all;
    }
  }

  private String event(List<Message> batch) {
    String region = fleet.settings().region();
    String arn = "arn:aws:sqs:" + region + ":" + fleet.settings().account() + ":" + settings.name;
    return Json.write(
        json -> {
          json.writeStartObject();
          json.writeArrayFieldStart("Records");
          for (Message message : batch) {
            json.writeStartObject();
            Events.texts(
                json,
                List.of(
                    "messageId", message.id, "receiptHandle", Events.id(), "body", message.body));
            Events.object(
                json,
                "attributes",
                List.of(
                    "ApproximateReceiveCount", Integer.toString(message.received),
                    "SentTimestamp", Long.toString(message.sentMillis),
                    "SenderId", "EMULATOR",
                    "ApproximateFirstReceiveTimestamp",
                        Long.toString(message.firstReceivedMillis)));
            Events.object(json, "messageAttributes", List.of());
            Events.texts(json, List.of("md5OfBody", md5(message.body), "eventSource", "aws:sqs"));
            Events.texts(json, List.of("eventSourceARN", arn, "awsRegion", region));
            json.writeEndObject();
          }
          json.writeEndArray();
          json.writeEndObject();
        });
  }

  private static String md5(String body) {
    try {
      byte[] digest =
          MessageDigest.getInstance("MD5").digest(body.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has MD5", e);
    }
  }

  /** Hands nothing out any more. */
  @Override
  public synchronized void close() {
    closed = true;
  }

  /** Collects the settings of a queue. Not safe for use by several threads. */
  public static final class Builder {
    private final String name;
    private final Fleet fleet;
    private final Consumer<SqsQueue> keeper;
    private Duration visibilityTimeout = Duration.ofSeconds(30);
    private int maxReceiveCount = 3;
    private int batchSize = 10;
    private int maxConcurrency = 2;
    private boolean reportBatchItemFailures = true;

    Builder(String name, Fleet fleet, Consumer<SqsQueue> keeper) {
      require(Pattern.matches("[a-zA-Z0-9-_]{1,80}", name), "not a name of a queue: " + name);
      this.name = name;
      this.fleet = fleet;
      this.keeper = keeper;
    }

    /**
     * Sets how long a failed message stays hidden, 1 ms to 12 hours of emulated time. 30 s unless
     * set.
     */
    public Builder visibilityTimeout(Duration time) {
      require(
          time.compareTo(Duration.ofMillis(1)) >= 0 && time.compareTo(Duration.ofHours(12)) <= 0,
          "visibility timeout must be 1 ms..12 h, was " + time);
      this.visibilityTimeout = time;
      return this;
    }

    /**
     * Sets how often a message is handed out before it goes to the dead-letter queue, 1 to 1,000. 3
     * unless set.
     */
    public Builder maxReceiveCount(int count) {
      require(count >= 1 && count <= 1_000, "receive count must be 1..1000, was " + count);
      this.maxReceiveCount = count;
      return this;
    }

    /** Sets how many messages an invocation gets at most, 1 to 10. 10 unless set. */
    public Builder batchSize(int messages) {
      require(messages >= 1 && messages <= 10, "batch size must be 1..10, was " + messages);
      this.batchSize = messages;
      return this;
    }

    /** Sets how many batches are handed out at a time, 1 to 1,000. 2 unless set. */
    public Builder maxConcurrency(int most) {
      require(most >= 1 && most <= 1_000, "concurrency must be 1..1000, was " + most);
      this.maxConcurrency = most;
      return this;
    }

    /** Sets whether the function's answer names the messages that failed. On unless set. */
    public Builder reportBatchItemFailures(boolean reported) {
      this.reportBatchItemFailures = reported;
      return this;
    }

    /** Puts a function behind the queue, and returns the queue. It is closed with the emulator. */
    public SqsQueue trigger(EmulatedFunction function) {
      SqsQueue queue = new SqsQueue(this, function);
      keeper.accept(queue);
      return queue;
    }

    private static void require(boolean holds, String message) {
      if (!holds) {
        throw new IllegalArgumentException(message);
      }
    }
  }
}
