package dev.rendition.lambda.function;

import dev.rendition.Renditions;
import dev.rendition.generate.FailureReason;
import dev.rendition.generate.RenditionException;
import dev.rendition.generate.RenditionRequest;
import dev.rendition.generate.WriteMode;
import dev.rendition.recipe.NamedRecipe;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Works on the tasks of S3 Batch Operations, which goes through all objects of a manifest, however
 * many, and keeps the report. What is there already is not made again where keys name their
 * content.
 */
final class BatchJob {
  private static final int MAX_TASKS = 1_000;
  private static final int MAX_RESULT = 1_000;

  private final Renditions renditions;
  private final Arrivals arrivals;
  private final List<NamedRecipe> usual;

  BatchJob(Renditions renditions, Arrivals arrivals, List<NamedRecipe> usual) {
    this.renditions = renditions;
    this.arrivals = arrivals;
    this.usual = List.copyOf(usual);
  }

  /**
   * What became of a task.
   *
   * @param task its identifier
   * @param code {@code Succeeded}, {@code TemporaryFailure} (S3 tries again) or {@code
   *     PermanentFailure}
   * @param text for the job's report
   */
  record Result(String task, String code, String text) {
    static Result failed(String task, boolean retryable, String why) {
      return new Result(task, retryable ? "TemporaryFailure" : "PermanentFailure", Shown.line(why));
    }

    Result {
      text = text.length() > MAX_RESULT ? text.substring(0, MAX_RESULT) + "…" : text;
    }
  }

  /**
   * Works on every task of an invocation.
   *
   * @throws EventRefusedException if it is written in another version, or a task has no identifier:
   *     then none was begun
   */
  List<Result> handle(JsonObject event, Deadline deadline) {
    String version = event.textOrEmpty("invocationSchemaVersion");
    if (!version.equals("1.0") && !version.equals("2.0")) {
      throw refused(
          "S3 Batch Operations speaks schema 1.0 or 2.0 here, was \"" + Shown.text(version) + '"');
    }
    List<?> tasks = event.array("tasks");
    if (tasks.isEmpty() || tasks.size() > MAX_TASKS) {
      throw refused("an invocation has 1.." + MAX_TASKS + " tasks, had " + tasks.size());
    }
    List<JsonObject> readable = new ArrayList<>();
    for (Object item : tasks) {
      if (!(item instanceof JsonObject task)) {
        throw refused("a task is no object");
      }
      task.requireText("taskId", "the task");
      readable.add(task);
    }
    Optional<String> names = event.object("job").object("userArguments").text("recipes");
    return readable.stream().map(task -> handle(task, names, deadline)).toList();
  }

  private Result handle(JsonObject task, Optional<String> names, Deadline deadline) {
    String id = task.requireText("taskId", "the task");
    try {
      List<NamedRecipe> wanted =
          names.isPresent() ? renditions.recipes(names.get().strip().split(" *, *", -1)) : usual;
      List<ObjectName> objects = objects(task);
      Arrival arrival = handle(objects.get(0), wanted, deadline);
      if (arrival instanceof Arrival.Passed && objects.size() > 1) {
        arrival = handle(objects.get(1), wanted, deadline);
      }
      return result(id, arrival);
    } catch (EventRefusedException e) {
      return Result.failed(id, false, e.reason() + ": " + e.getMessage());
    } catch (RenditionException e) {
      return Result.failed(id, e.retryable(), e.reason() + ": " + e.getMessage());
    }
  }

  private Arrival handle(ObjectName name, List<NamedRecipe> wanted, Deadline deadline) {
    return arrivals.handle(name, deadline, wanted, this::onlyMissing);
  }

  private RenditionRequest onlyMissing(RenditionRequest request) {
    return renditions.layout().namesContent() ? request.writing(WriteMode.MISSING) : request;
  }

  private static Result result(String id, Arrival arrival) {
    if (arrival instanceof Arrival.Made made) {
      return new Result(id, "Succeeded", made.renditions() + " renditions");
    } else if (arrival instanceof Arrival.Failed failed) {
      return Result.failed(id, failed.retryable(), failed.reason() + ": " + failed.detail());
    } else if (arrival instanceof Arrival.Passed passed) {
      return Result.failed(id, false, passed.why());
    }
    throw new IllegalStateException("an arrival of a new kind");
  }

  /** Keys are percent-encoded; a plus sign stands for a space in some manifests, not in all. */
  private static List<ObjectName> objects(JsonObject task) {
    String key = task.requireText("s3Key", "the task");
    String bucket =
        task.text("s3Bucket")
            .orElseGet(() -> bucketOf(task.requireText("s3BucketArn", "the task")));
    try {
      ObjectName form = new ObjectName(bucket, Encoded.form(key));
      ObjectName path = new ObjectName(bucket, Encoded.path(key));
      return form.equals(path) ? List.of(form) : List.of(form, path);
    } catch (IllegalArgumentException e) {
      throw refused("a task's key is percent-encoded, and " + e.getMessage());
    }
  }

  private static String bucketOf(String arn) {
    return arn.substring(arn.lastIndexOf(':') + 1);
  }

  private static EventRefusedException refused(String problem) {
    return new EventRefusedException(FailureReason.REQUEST_INVALID, problem);
  }
}
