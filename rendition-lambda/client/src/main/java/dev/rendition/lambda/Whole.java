package dev.rendition.lambda;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/**
 * One request of a caller and the tasks it became. Once its answer is completed, by whomever, the
 * tasks are stopped.
 *
 * @param <T> the answer
 */
final class Whole<T> {
  final CompletableFuture<T> answer = new CompletableFuture<>();
  private final List<Task<?>> tasks = new CopyOnWriteArrayList<>();

  Whole() {
    CompletableFuture<?> unused =
        answer.whenComplete((value, problem) -> tasks.forEach(task -> task.answer().cancel(false)));
  }

  /** Lets a task of this begin, or stops it if nobody waits any more. */
  <U> CompletableFuture<U> enter(Task<U> task, boolean again) {
    tasks.add(task);
    if (answer.isDone()) {
      task.answer().cancel(false);
    } else {
      task.enter(again);
    }
    return task.answer();
  }

  void fail(Throwable problem) {
    answer.completeExceptionally(problem);
  }

  void finish(Supplier<T> value) {
    try {
      answer.complete(value.get());
    } catch (RuntimeException e) {
      fail(e);
    }
  }
}
