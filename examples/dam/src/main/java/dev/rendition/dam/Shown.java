package dev.rendition.dam;

import dev.rendition.asset.AssetInfo;
import dev.rendition.generate.RenditionOutcome;
import dev.rendition.generate.RenditionReport;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A picture and what there is of it: what the demo would keep in its database, if it had one.
 *
 * @param original the original
 * @param made its renditions by recipe name, in the order of the book
 * @param problems why others could not be made, one sentence each
 * @param placeholder a data address to show until the picture arrives, or empty
 */
record Shown(
    AssetInfo original,
    Map<String, RenditionOutcome.Stored> made,
    List<String> problems,
    String placeholder) {
  Shown {
    made = new LinkedHashMap<>(made);
    problems = List.copyOf(problems);
  }

  /** Returns what a report says of an original. */
  static Shown of(AssetInfo original, RenditionReport report, String placeholder) {
    Map<String, RenditionOutcome.Stored> made = new LinkedHashMap<>();
    report.stored().forEach(stored -> made.put(stored.spec().name(), stored));
    List<String> problems =
        report.failed().stream()
            .map(failed -> failed.spec().name() + ": " + failed.reason() + ", " + failed.detail())
            .toList();
    return new Shown(original, made, problems, placeholder);
  }

  /** Returns a picture nothing could be made of, as a whole. */
  static Shown without(AssetInfo original, String problem) {
    return new Shown(original, Map.of(), List.of(problem), "");
  }

  /** Returns its path inside its tenant. */
  String path() {
    return original.key().path();
  }
}
