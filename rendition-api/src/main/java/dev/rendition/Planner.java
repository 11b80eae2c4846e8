package dev.rendition;

import dev.rendition.asset.AssetInfo;
import dev.rendition.asset.AssetKey;
import dev.rendition.asset.AssetStore;
import dev.rendition.generate.FailureReason;
import dev.rendition.generate.RenditionException;
import dev.rendition.generate.RenditionMetadata;
import dev.rendition.generate.RenditionOutcome;
import dev.rendition.generate.RenditionRequest;
import dev.rendition.layout.Fingerprint;
import dev.rendition.layout.KeyLayout;
import dev.rendition.lifecycle.PlanUnit;
import dev.rendition.lifecycle.RegenerationPlan;
import dev.rendition.recipe.FocalPoint;
import dev.rendition.recipe.NamedRecipe;
import dev.rendition.recipe.RecipeBook;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Compares stores with what recipes lead to, and carries plans out. Made for one plan. */
final class Planner implements RegenerationPlan.Executor {
  private final Requests requests;
  private final RecipeBook recipes;
  private final AssetStore originals;
  private final AssetStore renditions;
  private final KeyLayout layout;
  private final Function<AssetInfo, FocalPoint> focus;
  private final RegenerationPlan.Builder plan = RegenerationPlan.builder();

  Planner(
      Requests requests,
      RecipeBook recipes,
      AssetStore originals,
      AssetStore renditions,
      KeyLayout layout,
      Function<AssetInfo, FocalPoint> focus) {
    this.requests = requests;
    this.recipes = recipes;
    this.originals = originals;
    this.renditions = renditions;
    this.layout = layout;
    this.focus = focus;
  }

  RegenerationPlan plan(Collection<AssetKey> keys) throws IOException {
    for (AssetKey key : new LinkedHashSet<>(keys)) {
      Optional<AssetInfo> original = originals.stat(key);
      plan.add(original.isPresent() ? compare(original.get()) : orphans(key));
    }
    return plan.build(this);
  }

  /** Looks at every original of a tenant, then for renditions that have none. */
  RegenerationPlan plan(String tenant) throws IOException {
    try (Stream<AssetInfo> all = originals.list(tenant, "")) {
      for (Iterator<AssetInfo> each = all.iterator(); each.hasNext(); ) {
        AssetInfo original = each.next();
        if (!layout.isTarget(original.key())) {
          addUnlessKeyless(original);
        }
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    addOrphans(tenant);
    return plan.build(this);
  }

  /** In a whole library some files have no renditions; that ends no plan. */
  private void addUnlessKeyless(AssetInfo original) throws IOException {
    try {
      plan.add(compare(original));
    } catch (RenditionException e) {
      if (e.reason() != FailureReason.REQUEST_INVALID) {
        throw e;
      }
      plan.passOver();
    }
  }

  /** Renditions of one original mostly come one after another, and are looked at together. */
  private void addOrphans(String tenant) throws IOException {
    @Nullable AssetKey last = null;
    boolean gone = false;
    List<AssetKey> found = new ArrayList<>();
    try (Stream<AssetKey> all = renditions.keys(tenant, "")) {
      for (Iterator<AssetKey> each = all.iterator(); each.hasNext(); ) {
        AssetKey target = each.next();
        Optional<AssetKey> source = layout.source(target);
        if (source.isEmpty()) {
          continue;
        }
        if (!source.get().equals(last)) {
          addOrphans(last, found);
          last = source.get();
          gone = originals.stat(last).isEmpty();
        }
        if (gone) {
          found.add(target);
        }
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    addOrphans(last, found);
  }

  private void addOrphans(@Nullable AssetKey source, List<AssetKey> found) throws IOException {
    if (source != null && !found.isEmpty()) {
      plan.add(
          new PlanUnit(
              source, Optional.empty(), FocalPoint.CENTER, List.of(), leftovers(found, true)));
      found.clear();
    }
  }

  private PlanUnit orphans(AssetKey source) throws IOException {
    return new PlanUnit(
        source,
        Optional.empty(),
        FocalPoint.CENTER,
        List.of(),
        leftovers(Purge.renditionsOf(source, renditions, layout), true));
  }

  private PlanUnit compare(AssetInfo original) throws IOException {
    FocalPoint point = focus.apply(original);
    // Keys that name their content tell all there is to know; else each rendition is looked at.
    Map<AssetKey, Optional<AssetInfo>> there = new LinkedHashMap<>();
    if (layout.namesContent()) {
      Purge.renditionsOf(original.key(), renditions, layout)
          .forEach(key -> there.put(key, Optional.empty()));
    } else {
      for (String prefix : layout.prefixes(original.key())) {
        try (Stream<AssetInfo> listed = renditions.list(original.key().tenant(), prefix)) {
          listed
              .filter(info -> layout.isTargetOf(info.key(), original.key()))
              .forEach(info -> there.put(info.key(), Optional.of(info)));
        } catch (UncheckedIOException e) {
          throw e.getCause();
        }
      }
    }
    List<String> lacking = new ArrayList<>();
    for (NamedRecipe recipe : recipes.all()) {
      AssetKey target = requests.target(original, recipe, point);
      Optional<AssetInfo> made = there.getOrDefault(target, Optional.empty());
      if (!there.containsKey(target)
          || made.isPresent() && isOutdated(made.get(), original, recipe)) {
        lacking.add(recipe.name());
      }
      there.remove(target);
    }
    return new PlanUnit(
        original.key(), Optional.of(original), point, lacking, leftovers(there.keySet(), false));
  }

  private List<PlanUnit.Leftover> leftovers(Collection<AssetKey> keys, boolean orphan)
      throws IOException {
    List<PlanUnit.Leftover> leftovers = new ArrayList<>();
    for (AssetKey key : keys) {
      renditions
          .stat(key)
          .ifPresent(info -> leftovers.add(new PlanUnit.Leftover(key, info.length(), orphan)));
    }
    return leftovers;
  }

  /** Returns whether a rendition was made of other bytes, by another recipe or another engine. */
  private static boolean isOutdated(AssetInfo made, AssetInfo original, NamedRecipe recipe) {
    Map<String, String> metadata = made.attributes().metadata();
    return differs(metadata.get(RenditionMetadata.SOURCE_VERSION), original.version())
        || differs(metadata.get(RenditionMetadata.RECIPE), recipe.recipe().toString())
        || differs(
            metadata.get(RenditionMetadata.OUTPUT_VERSION),
            Integer.toString(Fingerprint.OUTPUT_VERSION));
  }

  private static boolean differs(@Nullable String recorded, String wanted) {
    return recorded != null && !recorded.equals(wanted);
  }

  @Override
  public List<RenditionRequest> requests(PlanUnit unit) {
    List<NamedRecipe> wanted = RecipeNames.find(recipes, unit.missing());
    List<RenditionRequest> made = new ArrayList<>();
    for (int from = 0; from < wanted.size(); from += RenditionRequest.MAX_SPECS) {
      int to = Math.min(wanted.size(), from + RenditionRequest.MAX_SPECS);
      made.add(
          requests.of(
              unit.original().orElseThrow(),
              wanted.subList(from, to),
              unit.focus(),
              requests.mode()));
    }
    return made;
  }

  @Override
  public List<RenditionOutcome> make(RenditionRequest request) {
    try {
      return requests.await(request).outcomes();
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
  public void delete(List<AssetKey> keys) throws IOException {
    renditions.deleteAll(keys);
  }
}
