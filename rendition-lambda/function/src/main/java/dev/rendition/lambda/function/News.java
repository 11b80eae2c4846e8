package dev.rendition.lambda.function;

import dev.rendition.generate.FailureReason;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Works on the objects news tells of, several at a time, each once however often it is told of.
 * Safe for use by many threads.
 */
final class News {
  private static final Logger log = LoggerFactory.getLogger(News.class);

  private final Arrivals arrivals;
  private final int parallel;
  private final boolean permanentFails;

  /**
   * Takes what it works with.
   *
   * @param parallel how many objects are worked on at a time
   * @param permanentFails whether an object that can never be worked on fails its event, so that
   *     the event ends where failed events end, instead of counting as done
   */
  News(Arrivals arrivals, int parallel, boolean permanentFails) {
    this.arrivals = arrivals;
    this.parallel = parallel;
    this.permanentFails = permanentFails;
  }

  /**
   * Works on an event Lambda delivers again if this throws.
   *
   * @return what became of it; nothing in it failed for good unless that counts as done
   * @throws EventFailedException if another delivery may help
   * @throws EventRefusedException if none will, and that does not count as done
   */
  Digest handle(List<Notice> notices, Deadline deadline) {
    Digest digest = Digest.of(handleAll(List.of(notices), deadline).get(0));
    if (digest.isWorthAnotherDelivery()) {
      throw new EventFailedException(digest.reason(), digest.problem());
    }
    if (!digest.failed().isEmpty()) {
      if (permanentFails) {
        throw new EventRefusedException(digest.reason(), digest.problem());
      }
      drop(digest);
    }
    return digest;
  }

  /** Returns whether a message is done: as {@link #handle}, and told in a line of the log. */
  boolean isDone(String message, Digest digest) {
    if (digest.failed().isEmpty()) {
      return true;
    }
    if (!permanentFails && !digest.isWorthAnotherDelivery()) {
      drop(digest);
      return true;
    }
    log.atWarn()
        .addKeyValue("message", Shown.text(message))
        .addKeyValue("retryable", digest.isWorthAnotherDelivery())
        .log(digest.problem());
    return false;
  }

  private static void drop(Digest digest) {
    log.atWarn().addKeyValue("dropped", true).log(digest.problem());
  }

  /** Returns, for each list of notices, what became of them, in their order. */
  List<List<Arrival>> handleAll(List<List<Notice>> groups, Deadline deadline) {
    Map<ObjectName, Arrival> done = new LinkedHashMap<>();
    for (List<Notice> group : groups) {
      for (Notice notice : group) {
        if (notice instanceof Notice.Created created) {
          done.put(created.name(), new Arrival.Passed(""));
        }
      }
    }
    work(done, deadline);
    List<List<Arrival>> all = new ArrayList<>();
    for (List<Notice> group : groups) {
      all.add(group.stream().map(notice -> arrival(notice, done)).toList());
    }
    return all;
  }

  private static Arrival arrival(Notice notice, Map<ObjectName, Arrival> done) {
    if (notice instanceof Notice.Created created) {
      return done.getOrDefault(created.name(), new Arrival.Passed(""));
    } else if (notice instanceof Notice.Broken broken) {
      return new Arrival.Failed(
          false, broken.problem().reason(), String.valueOf(broken.problem().getMessage()));
    }
    return new Arrival.Passed(notice.toString());
  }

  /** Threads live as long as the invocation: none is frozen in the middle of something. */
  private void work(Map<ObjectName, Arrival> done, Deadline deadline) {
    List<ObjectName> names = List.copyOf(done.keySet());
    if (names.size() == 1) {
      done.replaceAll((name, none) -> arrivals.handle(name, deadline));
      return;
    }
    ExecutorService threads =
        Executors.newFixedThreadPool(Math.max(1, Math.min(parallel, names.size())));
    try {
      List<Future<Arrival>> answers = new ArrayList<>();
      names.forEach(name -> answers.add(threads.submit(() -> arrivals.handle(name, deadline))));
      for (int i = 0; i < names.size(); i++) {
        done.put(names.get(i), await(answers.get(i)));
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private static Arrival await(Future<Arrival> answer) {
    try {
      return answer.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Arrival.Failed(true, FailureReason.CANCELLED, "the waiting was interrupted");
    } catch (ExecutionException e) {
      return new Arrival.Failed(true, FailureReason.INTERNAL, String.valueOf(e.getCause()));
    }
  }
}
