package dev.rendition.lifecycle;

import static java.util.Objects.requireNonNull;

/**
 * How a plan is carried out.
 *
 * @param rate how fast originals are begun
 * @param parallelism how many originals are worked on at a time, 1 to {@value #MOST_PARALLEL}
 * @param resumeToken where to begin, from {@link PlanProgress#resumeToken} of the same plan; empty
 *     for the beginning
 * @param listener is told of each original
 */
public record PlanRun(Rate rate, int parallelism, String resumeToken, PlanListener listener) {
  /** The most originals worked on at a time. */
  public static final int MOST_PARALLEL = 64;

  public PlanRun {
    requireNonNull(rate, "rate");
    requireNonNull(resumeToken, "resumeToken");
    requireNonNull(listener, "listener");
    if (parallelism < 1 || parallelism > MOST_PARALLEL) {
      throw new IllegalArgumentException(
          "parallelism is 1.." + MOST_PARALLEL + ", was " + parallelism);
    }
  }

  /** Returns a run of one original at a time from the beginning. */
  public static PlanRun at(Rate rate) {
    return new PlanRun(rate, 1, "", PlanListener.SILENT);
  }

  /** Returns this run with several originals at a time. */
  public PlanRun parallel(int originals) {
    return new PlanRun(rate, originals, resumeToken, listener);
  }

  /** Returns this run from where another one ended. */
  public PlanRun from(String token) {
    return new PlanRun(rate, parallelism, token, listener);
  }

  /** Returns this run with a listener. */
  public PlanRun listener(PlanListener who) {
    return new PlanRun(rate, parallelism, resumeToken, who);
  }
}
