package dev.rendition;

import dev.rendition.asset.AssetInfo;
import dev.rendition.asset.AssetKey;
import dev.rendition.asset.AssetStore;
import dev.rendition.generate.RenditionException;
import dev.rendition.generate.RenditionOutcome;
import dev.rendition.generate.RenditionRequest;
import dev.rendition.generate.WriteMode;
import dev.rendition.layout.KeyLayout;
import dev.rendition.lifecycle.RegenerationPlan;
import dev.rendition.recipe.FocalPoint;
import dev.rendition.recipe.NamedRecipe;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Compares stores with what recipes lead to. Originals are taken as centred: the planner knows no
 * focal points.
 */
final class Planner implements RegenerationPlan.Executor {
  private final Renditions facade;
  private final AssetStore originals;
  private final AssetStore renditions;
  private final KeyLayout layout;

  Planner(Renditions facade, AssetStore originals, AssetStore renditions, KeyLayout layout) {
    this.facade = facade;
    this.originals = originals;
    this.renditions = renditions;
    this.layout = layout;
  }

  RegenerationPlan plan(Collection<AssetKey> keys) throws IOException {
    List<RenditionRequest> missing = new ArrayList<>();
    List<AssetInfo> stale = new ArrayList<>();
    List<AssetKey> absent = new ArrayList<>();
    for (AssetKey key : keys) {
      List<AssetInfo> present = Purge.renditionsOf(key, renditions, layout);
      Optional<AssetInfo> original = originals.stat(key);
      if (original.isEmpty()) {
        absent.add(key);
        stale.addAll(present);
      } else {
        compare(original.get(), present, missing, stale);
      }
    }
    return new RegenerationPlan(missing, stale, absent, this);
  }

  private void compare(
      AssetInfo original,
      List<AssetInfo> present,
      List<RenditionRequest> missing,
      List<AssetInfo> stale) {
    Set<AssetKey> there = new HashSet<>();
    present.forEach(info -> there.add(info.key()));
    List<NamedRecipe> lacking = new ArrayList<>();
    Set<AssetKey> expected = new HashSet<>();
    for (NamedRecipe recipe : facade.recipes().all()) {
      AssetKey target = facade.target(original, recipe);
      expected.add(target);
      if (!there.contains(target)) {
        lacking.add(recipe);
      }
    }
    if (!lacking.isEmpty()) {
      missing.add(facade.request(original, lacking, FocalPoint.CENTER, WriteMode.CREATE));
    }
    present.stream().filter(info -> !expected.contains(info.key())).forEach(stale::add);
  }

  @Override
  public List<RenditionOutcome> make(RenditionRequest request) {
    try {
      return facade.await(request).outcomes();
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
    renditions.delete(key);
  }
}
