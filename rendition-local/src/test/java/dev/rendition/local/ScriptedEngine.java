package dev.rendition.local;

import dev.rendition.asset.AssetKey;
import dev.rendition.local.engine.Encoded;
import dev.rendition.local.engine.Engine;
import dev.rendition.local.engine.EngineSink;
import dev.rendition.local.engine.EngineTask;
import dev.rendition.recipe.PixelSize;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;

/** Engines that draw nothing: what they make is the target's text, what they do is scripted. */
final class ScriptedEngine {
  static final PixelSize SIZE = PixelSize.of(12, 34);

  private ScriptedEngine() {}

  /** Reads the source to its end and makes every spec. */
  static Engine obedient() {
    return (task, sink) -> {
      byte[] unused = task.source().stream().readAllBytes();
      makeAll(task, sink);
    };
  }

  static void makeAll(EngineTask task, EngineSink sink) throws IOException {
    for (int spec = 0; spec < task.specs().size(); spec++) {
      sink.made(spec, encoded(task, spec));
    }
  }

  static Encoded encoded(EngineTask task, int spec) {
    byte[] bytes = encodedBytes(task.specs().get(spec).target());
    return new Encoded(
        () -> new ByteArrayInputStream(bytes),
        bytes.length,
        "image/png",
        SIZE,
        Duration.ofMillis(3),
        List.of("drawn"));
  }

  static String text(EngineTask task, int spec) {
    return text(task.specs().get(spec).target());
  }

  static byte[] encodedBytes(AssetKey target) {
    return text(target).getBytes(StandardCharsets.UTF_8);
  }

  private static String text(AssetKey target) {
    return "made " + target;
  }

  /** Lets requests through one permit at a time, and tells when one arrived. */
  static final class Gate {
    private final Semaphore permits = new Semaphore(0);
    private final Semaphore arrivals = new Semaphore(0);

    /** Returns an engine that waits here as a good one does: asking whether to go on. */
    Engine engine() {
      return (task, sink) -> {
        arrivals.release();
        while (!permits.tryAcquire()) {
          task.cancellation().check();
          Thread.onSpinWait();
        }
        makeAll(task, sink);
      };
    }

    void awaitArrival() {
      arrivals.acquireUninterruptibly();
    }

    void open(int count) {
      permits.release(count);
    }
  }

  static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError("interrupted", e);
    }
  }
}
