package dev.rendition.local;

import dev.rendition.generate.RenditionListener;
import dev.rendition.generate.RenditionRequest;
import dev.rendition.generate.RenditionStage;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells a listener which stage has ended; what the listener throws is logged and changes nothing.
 */
final class Stages {
  private static final Logger log = LoggerFactory.getLogger(Stages.class);

  private final RenditionListener listener;

  Stages(RenditionListener listener) {
    this.listener = listener;
  }

  void ended(RenditionRequest request, RenditionStage stage, long nanos) {
    try {
      listener.stage(request, stage, Duration.ofNanos(Math.max(0, nanos)));
    } catch (RuntimeException | LinkageError | AssertionError e) {
      log.warn("a rendition listener failed", e);
    }
  }
}
