package dev.rendition.local.engine;

import dev.rendition.local.assist.Assistant;
import dev.rendition.recipe.PixelSize;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;

/**
 * Encodes what was made of one source and gives it to the sink. Where a worker is idle it encodes
 * one rendition while the owner goes on with the next; the sink is called by the owner alone.
 * Belongs to one thread.
 */
final class Finisher implements AutoCloseable {
  /** The least number of pixels worth waking a worker for. */
  private static final long LEAST_PIXELS = 60_000;

  private final TargetWriter writer;
  private final TargetWriter helpersWriter;
  private final PixelSteps steps;
  private final EngineSink sink;
  private final List<String> trace;
  private final Assistant assistant;
  private Optional<Lent> lent = Optional.empty();

  /**
   * Makes the finisher of one source.
   *
   * @param helpersWriter used by nobody else before this is closed
   * @param trace what was done before, for people
   */
  Finisher(
      TargetWriter writer,
      TargetWriter helpersWriter,
      PixelSteps steps,
      EngineSink sink,
      List<String> trace,
      Assistant assistant) {
    this.writer = writer;
    this.helpersWriter = helpersWriter;
    this.steps = steps;
    this.sink = sink;
    this.trace = List.copyOf(trace);
    this.assistant = assistant;
  }

  /** A rendition in somebody else's hands. */
  private record Lent(Job job, FutureTask<Encoded> result) {}

  /** Sees to one rendition; the sink may be told of it later. */
  void finish(Node node, Job job, long begin) throws IOException {
    collectWhatIsDone();
    if (lent.isEmpty() && lend(node, job, begin)) {
      return;
    }
    if (node.form.isYcc()) {
      tell(job, sink, () -> written(writer, node, job, begin));
    } else {
      finish(node::picture, job, begin);
    }
    collectWhatIsDone();
  }

  /** Sees to one rendition whose geometry is done, on this thread. */
  void finish(Supplier<Picture> start, Job job, long begin) throws IOException {
    tell(
        job,
        sink,
        () -> {
          Picture picture =
              steps.run(start.get(), job.geometry(), job.spec().recipe().operations());
          Buffer buffer = writer.write(picture, job);
          return encoded(
              buffer, PixelSize.of(picture.width(), picture.height()), job, begin, trace);
        });
  }

  /** Returns when the sink knows of everything. */
  void end() throws IOException {
    if (lent.isPresent()) {
      collect();
    }
  }

  /** Returns when nobody helps any more. What was not collected is lost. */
  @Override
  public void close() {
    lent.map(Lent::result).filter(result -> !assistant.withdraw(result)).ifPresent(Finisher::await);
    lent = Optional.empty();
  }

  private boolean lend(Node node, Job job, long begin) {
    if (!job.isPlain() || node.shot.size().pixels() < LEAST_PIXELS || !assistant.idle()) {
      return false;
    }
    FutureTask<Encoded> piece = new FutureTask<>(() -> written(helpersWriter, node, job, begin));
    if (!assistant.offer(piece)) {
      return false;
    }
    lent = Optional.of(new Lent(job, piece));
    return true;
  }

  private void collectWhatIsDone() throws IOException {
    if (lent.isPresent() && lent.get().result().isDone()) {
      collect();
    }
  }

  /** Waits for what was lent, or does it here if nobody has begun, and tells the sink. */
  private void collect() throws IOException {
    Lent back = lent.orElseThrow();
    if (assistant.withdraw(back.result())) {
      back.result().run();
    }
    await(back.result());
    lent = Optional.empty();
    tell(back.job(), sink, () -> result(back.result()));
  }

  private Encoded written(TargetWriter by, Node node, Job job, long begin) throws IOException {
    return encoded(by.write(node, job), node.shot.size(), job, begin, trace);
  }

  /** Describes what was written. */
  static Encoded encoded(Buffer buffer, PixelSize size, Job job, long begin, List<String> trace) {
    Duration elapsed = Duration.ofNanos(System.nanoTime() - begin);
    String mediaType = TargetWriter.mediaType(job.encoding());
    List<String> remarks = new ArrayList<>(trace);
    TargetWriter.remark(job).ifPresent(remarks::add);
    return new Encoded(buffer::open, buffer.size(), mediaType, size, elapsed, remarks);
  }

  /** Tells the sink of a rendition, or of the failure of one spec; being stopped is not one. */
  static void tell(Job job, EngineSink sink, Work work) throws IOException {
    try {
      sink.made(job.index(), work.run());
    } catch (StepException e) {
      if (e.stopsEverything()) {
        throw e;
      }
      sink.failed(job.index(), e);
    }
  }

  /** Returns what was made, or throws what was thrown, as if it had happened on this thread. */
  private static Encoded result(FutureTask<Encoded> done) throws IOException {
    try {
      return done.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException problem) {
        throw problem;
      } else if (e.getCause() instanceof RuntimeException problem) {
        throw problem;
      } else if (e.getCause() instanceof Error problem) {
        throw problem;
      }
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException("interrupted before the end was looked for", e);
    }
  }

  /** Waits for a piece that runs: that is a matter of milliseconds, and its buffers are in use. */
  private static void await(FutureTask<?> running) {
    boolean interrupted = false;
    while (!running.isDone()) {
      try {
        Object unused = running.get();
      } catch (InterruptedException e) {
        interrupted = true;
      } catch (ExecutionException e) {
        break;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Makes one rendition. */
  @FunctionalInterface
  interface Work {
    Encoded run() throws IOException;
  }
}
