package dev.rendition.local;

import dev.rendition.asset.AssetKey;
import dev.rendition.generate.FailureReason;
import dev.rendition.generate.RenditionOutcome;
import dev.rendition.generate.RenditionReport;
import dev.rendition.generate.RenditionRequest;
import dev.rendition.generate.RenditionSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What is known so far of the specs of one request. Not safe for use by many threads. */
final class Outcomes {
  private final RenditionRequest request;
  private final Map<AssetKey, RenditionOutcome> told = new HashMap<>();

  Outcomes(RenditionRequest request) {
    this.request = request;
  }

  /** Notes what became of a spec; the first word about it stands. */
  void tell(RenditionOutcome outcome) {
    told.putIfAbsent(outcome.spec().target(), outcome);
  }

  /** Notes what became of a spec, whatever was noted before. */
  void correct(RenditionOutcome outcome) {
    told.put(outcome.spec().target(), outcome);
  }

  /** Returns what is known so far, in no order. */
  List<RenditionOutcome> known() {
    return List.copyOf(told.values());
  }

  /** Returns the specs nothing is known of, in order. */
  List<RenditionSpec> open() {
    return request.specs().stream().filter(spec -> !told.containsKey(spec.target())).toList();
  }

  /** Notes one failure for every spec nothing is known of. */
  void failOpen(FailureReason reason, String detail) {
    for (RenditionSpec spec : open()) {
      tell(new RenditionOutcome.Failed(spec, reason, detail));
    }
  }

  /** Returns the report; a spec the engine forgot is a defect of ours. */
  RenditionReport report(String sourceVersion) {
    failOpen(FailureReason.INTERNAL, "the engine ended without a word about this recipe");
    List<RenditionOutcome> inOrder = new ArrayList<>();
    for (RenditionSpec spec : request.specs()) {
      RenditionOutcome outcome = told.get(spec.target());
      if (outcome != null) {
        inOrder.add(outcome);
      }
    }
    return new RenditionReport(request.source(), sourceVersion, inOrder);
  }
}
