package dev.rendition.local;

import dev.rendition.asset.AssetInfo;
import dev.rendition.asset.AssetKey;
import dev.rendition.asset.AssetStore;
import dev.rendition.generate.FailureReason;
import dev.rendition.generate.RenditionMetadata;
import dev.rendition.generate.RenditionOutcome;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Takes back what was made of an original that was deleted or replaced meanwhile.
 *
 * <p>It looks at the original after everything is written. A purge deletes the original before it
 * lists its renditions: so what was written before the listing is found by it, and what is written
 * behind it is written after the original went, and is found here. docs/decisions/0072.
 */
final class Fence {
  private final AssetStore originals;
  private final AssetStore renditions;

  Fence(AssetStore originals, AssetStore renditions) {
    this.originals = originals;
    this.renditions = renditions;
  }

  /**
   * Deletes what was written of a source that is not there any more, and corrects the outcomes.
   *
   * @param source as it was read
   */
  void withdraw(AssetInfo source, Outcomes outcomes) {
    List<RenditionOutcome> written = outcomes.known().stream().filter(Fence::mayBeWritten).toList();
    if (written.isEmpty()) {
      return;
    }
    Optional<AssetInfo> now;
    try {
      now = originals.stat(source.key());
    } catch (IOException | RuntimeException e) {
      for (RenditionOutcome outcome : written) {
        remark(outcome, "whether the original is still there is not known: " + Defect.text(e))
            .ifPresent(outcomes::correct);
      }
      return;
    }
    if (now.isPresent() && now.get().version().equals(source.version())) {
      return;
    }
    FailureReason reason =
        now.isPresent() ? FailureReason.SOURCE_CHANGED : FailureReason.SOURCE_NOT_FOUND;
    String what = now.isPresent() ? " was replaced" : " was deleted";
    for (RenditionOutcome outcome : written) {
      String end = takeBack(outcome.spec().target(), source.version());
      outcomes.correct(
          new RenditionOutcome.Failed(
              outcome.spec(),
              reason,
              "the original " + source.key() + what + " while this was made" + end));
    }
  }

  /** A write whose answer was lost counts too. */
  private static boolean mayBeWritten(RenditionOutcome outcome) {
    return outcome instanceof RenditionOutcome.Stored stored
        ? stored.created()
        : outcome instanceof RenditionOutcome.Failed failed
            && failed.reason() == FailureReason.STORE_FAILED;
  }

  /** Deletes a rendition unless it is one of other bytes; returns what became of it. */
  private String takeBack(AssetKey target, String version) {
    try {
      Optional<AssetInfo> there = renditions.stat(target);
      boolean ours =
          there
              .map(info -> info.attributes().metadata().get(RenditionMetadata.SOURCE_VERSION))
              .filter(version::equals)
              .isPresent();
      return ours && renditions.delete(target) ? "; it was taken back" : "";
    } catch (IOException | RuntimeException e) {
      return "; " + target + " could not be taken back, purge again: " + Defect.text(e);
    }
  }

  private static Optional<RenditionOutcome> remark(RenditionOutcome outcome, String text) {
    if (!(outcome instanceof RenditionOutcome.Stored stored)) {
      return Optional.empty();
    }
    List<String> trace = new ArrayList<>(stored.trace());
    trace.add(text);
    return Optional.of(
        new RenditionOutcome.Stored(
            stored.spec(),
            stored.size(),
            stored.mediaType(),
            stored.bytes(),
            stored.version(),
            stored.created(),
            stored.elapsed(),
            trace));
  }
}
