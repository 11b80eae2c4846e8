package dev.rendition.local;

import dev.rendition.asset.AssetContent;
import dev.rendition.asset.AssetKey;
import dev.rendition.asset.AssetNotFoundException;
import dev.rendition.asset.AssetStore;
import dev.rendition.generate.FailureReason;
import dev.rendition.generate.RenditionException;
import dev.rendition.generate.RenditionOutcome;
import dev.rendition.generate.RenditionReport;
import dev.rendition.generate.RenditionRequest;
import dev.rendition.generate.RenditionSpec;
import dev.rendition.generate.RenditionStage;
import dev.rendition.generate.WriteMode;
import dev.rendition.local.assist.Assistant;
import dev.rendition.local.engine.Encoded;
import dev.rendition.local.engine.Engine;
import dev.rendition.local.engine.EngineSink;
import dev.rendition.local.engine.EngineTask;
import dev.rendition.local.engine.StepException;
import java.io.IOException;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does jobs one after another with an engine of its own: looks for what is there, opens the source,
 * lets the engine work, writes what it makes. An engine that showed a defect, or ran out of heap,
 * is thrown away with its buffers. Not safe for use by many threads.
 */
final class Renderer {
  private static final Logger log = LoggerFactory.getLogger(Renderer.class);

  private final AssetStore originals;
  private final AssetStore renditions;
  private final MemoryBudget budget;
  private final Supplier<? extends Engine> engines;
  private final Assistant assistant;
  private final Stages stages;
  private @Nullable Engine engine;

  Renderer(
      AssetStore originals,
      AssetStore renditions,
      MemoryBudget budget,
      Supplier<? extends Engine> engines,
      Assistant assistant,
      Stages stages) {
    this.stages = stages;
    this.originals = originals;
    this.renditions = renditions;
    this.budget = budget;
    this.engines = engines;
    this.assistant = assistant;
  }

  /** Does a job and answers it, whatever happens. */
  void run(Job job) {
    if (!job.begin()) {
      return;
    }
    stages.ended(job.request(), RenditionStage.QUEUE, job.age());
    long begin = System.nanoTime();
    try {
      RenditionReport report = render(job);
      log.debug(
          "{}: {} of {} renditions stored in {} ms",
          report.source(),
          report.stored().size(),
          report.outcomes().size(),
          (System.nanoTime() - begin) / 1_000_000);
      job.complete(report);
    } catch (RenditionException e) {
      job.refuse(e);
    } catch (StepException e) {
      job.refuse(new RenditionException(e.reason(), e.detail(), e));
    } catch (Throwable e) {
      engine = null;
      job.refuse(
          new RenditionException(
              FailureReason.INTERNAL,
              "a defect while " + job.request().source() + " was worked on: " + Defect.text(e),
              e));
    }
  }

  private RenditionReport render(Job job) {
    RenditionRequest request = job.request();
    Outcomes outcomes = new Outcomes(request);
    Publisher publisher = new Publisher(renditions, request);
    if (request.mode() == WriteMode.MISSING) {
      long begin = System.nanoTime();
      for (RenditionSpec spec : request.specs()) {
        job.check();
        publisher.lookUp(spec).ifPresent(outcomes::tell);
      }
      stages.ended(request, RenditionStage.LOOK, System.nanoTime() - begin);
    }
    job.check();
    if (outcomes.open().isEmpty()) {
      return outcomes.report(request.sourceVersion());
    }
    long begin = System.nanoTime();
    AssetContent content = open(request);
    stages.ended(request, RenditionStage.OPEN, System.nanoTime() - begin);
    begin = System.nanoTime();
    try {
      render(job, content, outcomes, publisher);
      long all = System.nanoTime() - begin;
      stages.ended(request, RenditionStage.RENDER, all - publisher.nanos());
      stages.ended(request, RenditionStage.STORE, publisher.nanos());
    } finally {
      close(content);
      new Fence(originals, renditions).withdraw(content.info(), outcomes);
    }
    return outcomes.report(content.info().version());
  }

  private AssetContent open(RenditionRequest request) {
    AssetContent content;
    try {
      content = originals.open(request.source());
    } catch (AssetNotFoundException e) {
      throw new RenditionException(
          FailureReason.SOURCE_NOT_FOUND, "there is no original " + request.source(), e);
    } catch (IOException e) {
      throw unreadable(request.source(), e);
    }
    String version = content.info().version();
    if (!request.sourceVersion().isEmpty() && !request.sourceVersion().equals(version)) {
      close(content);
      throw new RenditionException(
          FailureReason.SOURCE_CHANGED,
          "the original "
              + request.source()
              + " was replaced: asked for version "
              + request.sourceVersion()
              + ", found "
              + version);
    }
    return content;
  }

  private void render(Job job, AssetContent content, Outcomes outcomes, Publisher publisher) {
    AssetKey key = job.request().source();
    OriginalStream stream = new OriginalStream(content, job);
    try (MemoryBudget.Grant grant = budget.open(job)) {
      List<RenditionSpec> specs = outcomes.open();
      EngineTask task =
          new EngineTask(
              AssetContent.of(content.info(), stream),
              specs,
              job.request().focus(),
              overlay -> overlay(overlay, job),
              grant,
              job,
              assistant);
      engine().render(task, new Sink(job, content, stream, specs, outcomes, publisher));
    } catch (StepException e) {
      if (e.stopsEverything()) {
        throw e;
      }
      outcomes.failOpen(e.reason(), e.detail());
    } catch (IOException e) {
      // What the store did is looked at below; the rest is a reader that gave up on the bytes.
      outcomes.failOpen(
          FailureReason.SOURCE_DAMAGED, key + " could not be decoded: " + Defect.text(e));
    } catch (OutOfMemoryError e) {
      engine = null;
      outcomes.failOpen(
          FailureReason.LIMIT_EXCEEDED,
          key + " did not fit into the heap; raise -Xmx, or lower " + MemoryBudget.KEY);
    } catch (RuntimeException | Error e) {
      engine = null;
      log.error("a defect of the engine on {}", key, e);
      outcomes.failOpen(
          FailureReason.INTERNAL, "a defect of the engine on " + key + ": " + Defect.text(e));
    }
    stream
        .failure()
        .ifPresent(
            problem -> {
              throw unreadable(key, problem);
            });
    if (!outcomes.open().isEmpty()) {
      job.check();
    }
  }

  private Engine engine() {
    Engine ready = engine;
    if (ready == null) {
      ready = engines.get();
      engine = ready;
    }
    return ready;
  }

  private AssetContent overlay(AssetKey key, Job job) {
    try {
      AssetContent content = originals.open(key);
      return AssetContent.of(content.info(), new OriginalStream(content, job));
    } catch (AssetNotFoundException e) {
      throw new StepException(
          FailureReason.OPERATION_NOT_APPLICABLE, "there is no watermark " + key, e);
    } catch (IOException e) {
      throw new StepException(
          FailureReason.STORE_FAILED,
          "the watermark " + key + " could not be read: " + Defect.text(e),
          e);
    }
  }

  private static RenditionException unreadable(AssetKey key, IOException problem) {
    return new RenditionException(
        FailureReason.STORE_FAILED,
        "the original " + key + " could not be read: " + Defect.text(problem),
        problem);
  }

  private static void close(AssetContent content) {
    try {
      content.close();
    } catch (IOException e) {
      log.debug("the original {} was read, but not closed", content.info().key(), e);
    }
  }

  /** Takes the engine's renditions to the publisher. */
  private record Sink(
      Job job,
      AssetContent source,
      OriginalStream stream,
      List<RenditionSpec> specs,
      Outcomes outcomes,
      Publisher publisher)
      implements EngineSink {
    @Override
    public void made(int spec, Encoded encoded) throws IOException {
      job.check();
      if (stream.failure().isPresent()) {
        throw new IOException("made of a source that could not be read to its end");
      }
      outcomes.tell(publisher.publish(specs.get(spec), encoded, source.info().version()));
    }

    @Override
    public void failed(int spec, StepException problem) {
      if (problem.stopsEverything()) {
        throw problem;
      }
      outcomes.tell(
          new RenditionOutcome.Failed(specs.get(spec), problem.reason(), problem.detail()));
    }
  }
}
