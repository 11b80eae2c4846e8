package dev.rendition.ingest;

import java.util.List;

/**
 * What became of an archive.
 *
 * @param outcomes one for each entry, in the order of the archive's directory
 */
public record ZipReport(List<IngestOutcome> outcomes) {
  public ZipReport {
    outcomes = List.copyOf(outcomes);
  }

  /** Returns the entries that are originals now, in order. */
  public List<IngestOutcome.Stored> stored() {
    return of(IngestOutcome.Stored.class);
  }

  /** Returns the entries that were nothing to take, in order. */
  public List<IngestOutcome.Skipped> skipped() {
    return of(IngestOutcome.Skipped.class);
  }

  /** Returns the entries that could not be taken, in order. */
  public List<IngestOutcome.Refused> refused() {
    return of(IngestOutcome.Refused.class);
  }

  private <T extends IngestOutcome> List<T> of(Class<T> kind) {
    return outcomes.stream().filter(kind::isInstance).map(kind::cast).toList();
  }
}
