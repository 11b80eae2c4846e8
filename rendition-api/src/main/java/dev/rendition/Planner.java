package dev.rendition;

import dev.rendition.asset.AssetInfo;
import dev.rendition.asset.AssetKey;
import dev.rendition.asset.AssetStore;
import dev.rendition.generate.RenditionException;
import dev.rendition.generate.RenditionMetadata;
import dev.rendition.generate.RenditionOutcome;
import dev.rendition.generate.RenditionReport;
import dev.rendition.generate.RenditionRequest;
import dev.rendition.generate.WriteMode;
import dev.rendition.layout.Fingerprint;
import dev.rendition.layout.KeyLayout;
import dev.rendition.lifecycle.RegenerationPlan;
import dev.rendition.recipe.FocalPoint;
import dev.rendition.recipe.NamedRecipe;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Compares stores with what recipes lead to, and carries the plan out. Made for one plan. */
final class Planner implements RegenerationPlan.Executor {
  private final Renditions facade;
  private final AssetStore originals;
  private final AssetStore renditions;
  private final KeyLayout layout;
  private final Map<AssetKey, AssetKey> sourceOfStale = new HashMap<>();
  private final Set<AssetKey> unfinished = ConcurrentHashMap.newKeySet();

  Planner(Renditions facade, AssetStore originals, AssetStore renditions, KeyLayout layout) {
    this.facade = facade;
    this.originals = originals;
    this.renditions = renditions;
    this.layout = layout;
  }

  RegenerationPlan plan(Collection<AssetKey> keys, Function<AssetInfo, FocalPoint> focus)
      throws IOException {
    List<RenditionRequest> missing = new ArrayList<>();
    List<AssetInfo> stale = new ArrayList<>();
    List<AssetKey> absent = new ArrayList<>();
    for (AssetKey key : new LinkedHashSet<>(keys)) {
      List<AssetInfo> present = Purge.renditionsOf(key, renditions, layout);
      Optional<AssetInfo> original = originals.stat(key);
      if (original.isEmpty()) {
        absent.add(key);
        stale.addAll(present);
      } else {
        compare(original.get(), focus.apply(original.get()), present, missing, stale);
      }
    }
    return new RegenerationPlan(missing, stale, absent, this);
  }

  private void compare(
      AssetInfo original,
      FocalPoint focus,
      List<AssetInfo> present,
      List<RenditionRequest> missing,
      List<AssetInfo> stale) {
    Map<AssetKey, AssetInfo> there = new LinkedHashMap<>();
    present.forEach(info -> there.put(info.key(), info));
    List<NamedRecipe> lacking = new ArrayList<>();
    for (NamedRecipe recipe : facade.recipes().all()) {
      AssetInfo made = there.remove(facade.target(original, recipe, focus));
      if (made == null || isOutdated(made, original, recipe)) {
        lacking.add(recipe);
      }
    }
    WriteMode mode = layout.namesContent() ? WriteMode.CREATE : WriteMode.REPLACE;
    for (int from = 0; from < lacking.size(); from += RenditionRequest.MAX_SPECS) {
      int to = Math.min(lacking.size(), from + RenditionRequest.MAX_SPECS);
      missing.add(facade.request(original, lacking.subList(from, to), focus, mode));
    }
    for (AssetInfo left : there.values()) {
      stale.add(left);
      sourceOfStale.put(left.key(), original.key());
    }
  }

  /**
   * Returns whether a rendition was made of other bytes, by another recipe or by another engine, as
   * far as its metadata tells. Keys that name their content tell it themselves.
   */
  private boolean isOutdated(AssetInfo made, AssetInfo original, NamedRecipe recipe) {
    Map<String, String> metadata = made.attributes().metadata();
    return !layout.namesContent()
        && (differs(metadata.get(RenditionMetadata.SOURCE_VERSION), original.version())
            || differs(metadata.get(RenditionMetadata.RECIPE), recipe.recipe().toString())
            || differs(
                metadata.get(RenditionMetadata.OUTPUT_VERSION),
                Integer.toString(Fingerprint.OUTPUT_VERSION)));
  }

  private static boolean differs(@Nullable String recorded, String wanted) {
    return recorded != null && !recorded.equals(wanted);
  }

  @Override
  public List<RenditionOutcome> make(RenditionRequest request) {
    unfinished.add(request.source());
    try {
      RenditionReport report = facade.await(request);
      if (report.failed().isEmpty()) {
        unfinished.remove(request.source());
      }
      return report.outcomes();
    } catch (RenditionException e) {
      List<RenditionOutcome> failed = new ArrayList<>();
      request
          .specs()
          .forEach(
              spec ->
                  failed.add(
                      new RenditionOutcome.Failed(
                          spec, e.reason(), String.valueOf(e.getMessage()))));
      return failed;
    }
  }

  @Override
  public void delete(AssetKey key) throws IOException {
    AssetKey source = sourceOfStale.get(key);
    if (source == null || !unfinished.contains(source)) {
      renditions.delete(key);
    }
  }
}
