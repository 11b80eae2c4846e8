package dev.rendition.ingest;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.util.Optional;

/**
 * The application's own check of what is taken in: quotas, virus scanners, rights. Asked last, on
 * the calling thread. Implementations are safe for use by many threads.
 */
@FunctionalInterface
public interface IngestValidator {
  /** Accepts everything. */
  IngestValidator ACCEPT_ALL = candidate -> Optional.empty();

  /**
   * Judges.
   *
   * @return empty to accept; else one sentence that says why not, which the uploader may see
   * @throws IOException if the bytes, or what they are compared with, cannot be read
   */
  Optional<String> refusal(IngestCandidate candidate) throws IOException;

  /** Returns a validator that asks this one, then the other; the first refusal holds. */
  default IngestValidator and(IngestValidator other) {
    requireNonNull(other, "other");
    return candidate -> {
      Optional<String> first = refusal(candidate);
      return first.isPresent() ? first : other.refusal(candidate);
    };
  }
}
