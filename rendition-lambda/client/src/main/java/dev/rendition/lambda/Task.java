package dev.rendition.lambda;

import dev.rendition.generate.FailureReason;
import dev.rendition.generate.RenditionException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One message and its repetitions, from its place in the queue to its answer. The answer is also
 * the off switch: once it is completed, by whomever, the connection is broken off and the place is
 * given to the next. Safe for use by many threads.
 *
 * @param <T> what the answer is read as
 */
final class Task<T> {
  private static final Logger log = LoggerFactory.getLogger(Task.class);

  private final Line line;
  private final Message message;
  private final Function<byte[], T> reader;
  private final long end;
  private final CompletableFuture<T> answer = new CompletableFuture<>();
  private final Future<?> alarm;

  private boolean placed;
  private boolean ended;
  private @Nullable CompletableFuture<byte[]> underWay;
  private @Nullable Future<?> waiting;
  private int lost;
  private int throttled;

  /** What is sent. */
  static final class Message {
    private final byte[] bytes;
    private final boolean event;
    private final boolean repeatable;
    private final String what;

    /**
     * @param bytes not changed by anybody from now on
     * @param event whether it is left with a queue
     * @param repeatable whether working twice is as good as working once
     * @param what for messages, such as {@code acme/a.jpg}
     */
    Message(byte[] bytes, boolean event, boolean repeatable, String what) {
      this.bytes = bytes;
      this.event = event;
      this.repeatable = repeatable;
      this.what = what;
    }
  }

  /**
   * @param nanos how long all attempts together may take
   * @param reader turns the bytes of an answer into what it says, or throws a {@link
   *     TransportException} or {@link RenditionException}
   */
  Task(Line line, Message message, long nanos, Function<byte[], T> reader) {
    this.line = line;
    this.message = message;
    this.reader = reader;
    this.end = System.nanoTime() + nanos;
    Future<?> expiring;
    try {
      expiring = line.after(nanos, this::expire);
    } catch (RejectedExecutionException e) {
      expiring = CompletableFuture.completedFuture(null);
      answer.completeExceptionally(Line.closing());
    }
    this.alarm = expiring;
  }

  CompletableFuture<T> answer() {
    return answer;
  }

  void fail(Throwable problem) {
    answer.completeExceptionally(problem);
  }

  /**
   * Takes a place or waits for one.
   *
   * @param again whether it comes of a task that had one
   */
  void enter(boolean again) {
    line.add(this);
    CompletableFuture<?> unused = answer.whenComplete((report, problem) -> ended());
    switch (again ? line.gate().enterAgain(this) : line.gate().enter(this)) {
      case RUNS -> {
        if (!begin()) {
          line.release();
        }
      }
      case WAITS -> {
        if (answer.isDone()) {
          line.gate().forget(this);
        }
      }
      case FULL ->
          fail(
              new RenditionException(
                  FailureReason.BUSY,
                  line.settings().queue()
                      + " requests wait for "
                      + line.transport().worker()
                      + " already; ask again later, or raise concurrency or queue"));
    }
  }

  /** Is offered a place; returns whether it takes it. */
  boolean begin() {
    if (line.isClosed()) {
      fail(Line.closing());
    }
    if (!takePlace()) {
      return false;
    }
    attemptSoon();
    return true;
  }

  private void attemptSoon() {
    try {
      line.threads().execute(this::attempt);
    } catch (RejectedExecutionException e) {
      fail(Line.closing());
    }
  }

  private synchronized boolean takePlace() {
    placed = !ended;
    return placed;
  }

  private void ended() {
    line.remove(this);
    alarm.cancel(false);
    CompletableFuture<byte[]> call;
    boolean hadPlace;
    synchronized (this) {
      ended = true;
      hadPlace = placed;
      call = underWay;
      if (waiting != null) {
        waiting.cancel(false);
      }
    }
    if (call != null) {
      call.cancel(true);
    }
    if (hadPlace) {
      line.release();
    } else {
      boolean unused = line.gate().forget(this);
    }
  }

  private void attempt() {
    if (answer.isDone()) {
      return;
    }
    line.count(lost + throttled > 0);
    CompletableFuture<byte[]> call;
    try {
      call = line.transport().send(message.bytes, message.event);
    } catch (RuntimeException e) {
      failed(e);
      return;
    }
    if (!watch(call)) {
      call.cancel(true);
      return;
    }
    CompletableFuture<?> unused =
        call.whenCompleteAsync(
            (bytes, problem) -> {
              if (problem == null) {
                answered(bytes);
              } else {
                failed(problem);
              }
            },
            line.threads());
  }

  /** Notes a call that is under way; returns whether its answer is still wanted. */
  private synchronized boolean watch(CompletableFuture<byte[]> call) {
    underWay = call;
    if (!ended) {
      Duration patience = line.settings().workerTimeout().plus(RemoteSettings.MARGIN);
      try {
        waiting = line.after(patience.toNanos(), this::giveUp);
      } catch (RejectedExecutionException e) {
        return false;
      }
    }
    return !ended;
  }

  private void answered(byte[] bytes) {
    try {
      answer.complete(reader.apply(bytes));
    } catch (RuntimeException e) {
      failed(e);
    }
  }

  private void failed(Throwable thrown) {
    Throwable problem =
        thrown instanceof CompletionException && thrown.getCause() != null
            ? thrown.getCause()
            : thrown;
    if (answer.isDone()) {
      return;
    }
    stopWaiting();
    if (problem instanceof TransportException known) {
      if (again(known)) {
        return;
      }
      fail(known);
    } else if (problem instanceof RenditionException refusal) {
      fail(refusal);
    } else {
      fail(
          new RenditionException(
              FailureReason.INTERNAL,
              "asking "
                  + line.transport().worker()
                  + " for "
                  + message.what
                  + " failed: "
                  + problem,
              problem));
    }
  }

  private synchronized void stopWaiting() {
    if (waiting != null) {
      waiting.cancel(false);
    }
  }

  /** Repeats after a pause where that is safe, allowed, and would be in time. */
  private boolean again(TransportException problem) {
    TransportException.Kind kind = problem.kind();
    boolean allowed =
        switch (kind) {
          case THROTTLED -> ++throttled < line.settings().throttledAttempts();
          case UNREACHED -> ++lost < line.settings().attempts();
          case LOST, CRASHED -> ++lost < line.settings().attempts() && message.repeatable;
          case TIMED_OUT, REFUSED -> false;
        };
    if (!allowed) {
      return false;
    }
    Duration pause =
        RemoteSettings.pause(
            kind == TransportException.Kind.THROTTLED ? throttled : lost,
            problem.patience(),
            ThreadLocalRandom.current().nextDouble());
    if (pause.toNanos() >= end - System.nanoTime()) {
      return false;
    }
    log.debug(
        "asking {} again for {} in {}: {}",
        line.transport().worker(),
        message.what,
        pause,
        problem.getMessage());
    synchronized (this) {
      if (ended) {
        return true;
      }
      try {
        waiting = line.after(pause.toNanos(), this::attemptSoon);
      } catch (RejectedExecutionException e) {
        // Closed; close() tells every task.
        return true;
      }
    }
    return true;
  }

  /** The worker was given all the time it has, so nobody repeats what comes to this. */
  private void giveUp() {
    fail(
        new TransportException(
            TransportException.Kind.REFUSED,
            line.transport().worker()
                + " gave no answer for "
                + message.what
                + " within its own timeout of "
                + line.settings().workerTimeout()
                + " and "
                + RemoteSettings.MARGIN.toSeconds()
                + " s more; look at its log, and whether its timeout is the one configured here",
            null));
  }

  private void expire() {
    fail(
        new RenditionException(
            FailureReason.DEADLINE_EXCEEDED,
            "the deadline passed while "
                + message.what
                + (hasPlace() ? " was with " : " waited for ")
                + line.transport().worker()));
  }

  private synchronized boolean hasPlace() {
    return placed;
  }
}
