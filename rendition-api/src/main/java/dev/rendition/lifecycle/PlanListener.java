package dev.rendition.lifecycle;

import dev.rendition.asset.AssetKey;
import dev.rendition.generate.RenditionOutcome;
import java.util.List;

/**
 * Is told how far a plan has been carried out, by one thread at a time, which may be any of those
 * that carry it out.
 */
@FunctionalInterface
public interface PlanListener {
  /** Listens to nothing and never ends it. */
  PlanListener SILENT = (source, outcomes, progress) -> {};

  /** Takes note of one original that is done. What it throws ends the whole. */
  void done(AssetKey source, List<RenditionOutcome> outcomes, PlanProgress progress);

  /** Returns whether to end it: asked before each original. Interrupting does the same. */
  default boolean cancelled() {
    return false;
  }
}
