package dev.rendition.benchmarks;

import java.util.List;
import java.util.Optional;

/** The outcomes of one task, in the order of the contenders. */
record Result(Task task, List<Outcome> outcomes) {
  Result {
    outcomes = List.copyOf(outcomes);
  }

  Optional<Outcome> of(String contender) {
    return outcomes.stream().filter(each -> each.contender().id().equals(contender)).findFirst();
  }

  /** Returns our CPU as a multiple of a peer's, the median over rounds; empty if one is missing. */
  Optional<Double> ratio(String peer) {
    return of(Contender.OURS)
        .flatMap(ours -> of(peer).map(theirs -> Medians.ratio(ours.samples(), theirs.samples())));
  }
}
