package dev.rendition.lambda.function;

import dev.rendition.generate.FailureReason;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What became of all the objects an event tells of.
 *
 * @param made objects whose renditions are there
 * @param renditions how many these are together
 * @param passed pieces of news there was nothing to do for
 * @param failed what failed, in the order of the event
 */
record Digest(int made, int renditions, int passed, List<Arrival.Failed> failed) {
  private static final int SHOWN = 5;

  Digest {
    failed = List.copyOf(failed);
  }

  static Digest of(List<Arrival> arrivals) {
    int made = 0;
    int renditions = 0;
    int passed = 0;
    List<Arrival.Failed> failed = new ArrayList<>();
    for (Arrival arrival : arrivals) {
      if (arrival instanceof Arrival.Made some) {
        made++;
        renditions += some.renditions();
      } else if (arrival instanceof Arrival.Failed one) {
        failed.add(one);
      } else {
        passed++;
      }
    }
    return new Digest(made, renditions, passed, failed);
  }

  /** Returns whether something failed that another delivery may mend. */
  boolean isWorthAnotherDelivery() {
    return failed.stream().anyMatch(Arrival.Failed::retryable);
  }

  /** Returns the failures in one line. */
  String problem() {
    return failed.size()
        + " of "
        + (made + passed + failed.size())
        + " objects failed: "
        + failed.stream()
            .limit(SHOWN)
            .map(each -> each.reason() + ": " + each.detail())
            .collect(Collectors.joining("; "))
        + (failed.size() > SHOWN ? "; …" : "");
  }

  /** Returns the reason of the first failure that decides whether to deliver again. */
  FailureReason reason() {
    return failed.stream()
        .filter(each -> each.retryable() == isWorthAnotherDelivery())
        .map(Arrival.Failed::reason)
        .findFirst()
        .orElse(FailureReason.INTERNAL);
  }
}
