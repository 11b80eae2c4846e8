package dev.rendition.benchmarks.candidate;

import dev.rendition.asset.AssetKey;
import dev.rendition.generate.RenditionSpec;
import dev.rendition.recipe.Recipe;
import java.util.List;

/** The targets of a workload as recipes. */
final class Recipes {
  private Recipes() {}

  static List<RenditionSpec> of(Workload workload) {
    return workload.targets().stream().map(Recipes::spec).toList();
  }

  private static RenditionSpec spec(Target target) {
    String encoding =
        switch (target.format()) {
          case JPEG -> "jpeg:" + Target.QUALITY;
          case PNG -> "png";
          case WEBP -> "webp:" + Target.QUALITY;
        };
    String name = target.width() + target.format().extension();
    return new RenditionSpec(
        name,
        Recipe.parse("fit:" + target.width() + "," + encoding),
        AssetKey.of("benchmark", target.fileName()));
  }
}
