package dev.rendition.lambda.wire;

import static java.util.Objects.requireNonNull;

import dev.rendition.generate.FailureReason;
import dev.rendition.generate.RenditionException;
import dev.rendition.generate.RenditionReport;
import java.time.Duration;
import java.util.List;

/** What a worker answers. Immutable. */
public sealed interface WireAnswer {
  /**
   * What became of the request.
   *
   * @param report the outcomes, in the order asked for
   * @param elapsed how long the worker worked, 0 or more; the rest of what a caller waited is the
   *     way there and back
   */
  record Report(RenditionReport report, Duration elapsed) implements WireAnswer {
    public Report {
      requireNonNull(report, "report");
      requireNonNull(elapsed, "elapsed");
    }
  }

  /**
   * The request as a whole could not be answered; nothing more will be written for it.
   *
   * @param reason why, from the closed list
   * @param message one sentence for an operator
   */
  record Refused(FailureReason reason, String message) implements WireAnswer {
    public Refused {
      requireNonNull(reason, "reason");
      requireNonNull(message, "message");
    }

    /** Returns the answer a problem becomes. */
    public static Refused of(RenditionException problem) {
      return new Refused(problem.reason(), String.valueOf(problem.getMessage()));
    }

    /** Returns the problem this stands for. */
    public RenditionException toException() {
      return new RenditionException(reason, message);
    }
  }

  /**
   * The request was written in a version the worker does not speak.
   *
   * @param versions what it speaks, not empty
   */
  record VersionRefused(List<Integer> versions) implements WireAnswer {
    public VersionRefused {
      versions = requireVersions(versions);
    }
  }

  /**
   * Who the worker is.
   *
   * @param versions the wire versions it speaks, not empty
   * @param outputVersion the {@link dev.rendition.layout.Fingerprint#OUTPUT_VERSION} it makes
   * @param worker its name and release, for people, at most {@value WireCodec#MAX_NAME} characters
   */
  record Pong(List<Integer> versions, int outputVersion, String worker) implements WireAnswer {
    public Pong {
      versions = requireVersions(versions);
      worker = Json.bounded(requireNonNull(worker, "worker"), WireCodec.MAX_NAME);
      if (outputVersion < 0) {
        throw new IllegalArgumentException("an output version is 0 or more, was " + outputVersion);
      }
    }
  }

  private static List<Integer> requireVersions(List<Integer> versions) {
    List<Integer> copy = List.copyOf(versions);
    if (copy.isEmpty() || copy.size() > 32 || copy.stream().anyMatch(version -> version < 1)) {
      throw new IllegalArgumentException("1 to 32 versions, each 1 or more, were " + copy.size());
    }
    return copy;
  }
}
