package dev.rendition.generate;

import static java.util.Objects.requireNonNull;

import dev.rendition.asset.AssetKey;
import java.util.List;

/**
 * What became of a request.
 *
 * @param source the original's key
 * @param sourceVersion the version of the bytes that were read; the one asked for if nothing had to
 *     be read
 * @param outcomes one per spec, in the order of the request
 */
public record RenditionReport(
    AssetKey source, String sourceVersion, List<RenditionOutcome> outcomes) {
  public RenditionReport {
    requireNonNull(source, "source");
    requireNonNull(sourceVersion, "sourceVersion");
    outcomes = List.copyOf(outcomes);
  }

  /** Returns the outcomes that were stored, in order. */
  public List<RenditionOutcome.Stored> stored() {
    return outcomes.stream()
        .filter(RenditionOutcome.Stored.class::isInstance)
        .map(RenditionOutcome.Stored.class::cast)
        .toList();
  }

  /** Returns the outcomes that failed, in order. */
  public List<RenditionOutcome.Failed> failed() {
    return outcomes.stream()
        .filter(RenditionOutcome.Failed.class::isInstance)
        .map(RenditionOutcome.Failed.class::cast)
        .toList();
  }
}
