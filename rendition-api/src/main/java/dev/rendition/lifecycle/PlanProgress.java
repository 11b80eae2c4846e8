package dev.rendition.lifecycle;

import static java.util.Objects.requireNonNull;

/**
 * How far a plan has been carried out.
 *
 * @param done how many originals of the plan are done, those of earlier runs included
 * @param total how many there are in the plan
 * @param made renditions made in this run
 * @param failed renditions that could not be made in this run; a new plan shows them again
 * @param deleted leftovers deleted in this run
 * @param resumeToken where another run of the same plan may begin; every original before it is done
 */
public record PlanProgress(
    int done, int total, long made, long failed, long deleted, String resumeToken) {
  public PlanProgress {
    requireNonNull(resumeToken, "resumeToken");
  }

  /** Returns whether every original is done; some of their renditions may have failed. */
  public boolean complete() {
    return done == total;
  }
}
