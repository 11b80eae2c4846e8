package dev.rendition.layout;

import dev.rendition.asset.AssetInfo;
import dev.rendition.asset.AssetKey;
import dev.rendition.recipe.FocalPoint;
import dev.rendition.recipe.NamedRecipe;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One folder per recipe: {@code {tenant}/{recipe name}/{path}}, the path kept as it is, sub-folders
 * and extension included. Keys do not name their content: replacing an original replaces the bytes
 * under the same keys.
 */
public final class VariantFolderLayout implements KeyLayout {
  private final Names names;

  /**
   * Makes the layout.
   *
   * @param names the recipe names there are; every path whose first segment is one of them is a
   *     rendition
   */
  public VariantFolderLayout(Set<String> names) {
    this.names = new Names(names);
  }

  @Override
  public AssetKey target(AssetInfo source, NamedRecipe recipe, FocalPoint focus) {
    return source.key().withPath(names.require(recipe) + "/" + source.key().path());
  }

  @Override
  public boolean isTarget(AssetKey key) {
    int slash = key.path().indexOf('/');
    return slash > 0 && names.contain(key.path().substring(0, slash));
  }

  @Override
  public boolean isTargetOf(AssetKey key, AssetKey source) {
    return isTarget(key)
        && key.tenant().equals(source.tenant())
        && key.path().substring(key.path().indexOf('/') + 1).equals(source.path());
  }

  @Override
  public Optional<AssetKey> source(AssetKey target) {
    return origin(target).map(Origin::source);
  }

  @Override
  public List<String> prefixes(AssetKey source) {
    return names.all().stream().sorted().map(name -> name + "/" + source.path()).toList();
  }

  @Override
  public boolean namesContent() {
    return false;
  }

  @Override
  public Optional<Origin> origin(AssetKey target) {
    int slash = target.path().indexOf('/');
    return isTarget(target)
        ? Optional.of(
            new Origin(
                target.withPath(target.path().substring(slash + 1)),
                target.path().substring(0, slash)))
        : Optional.empty();
  }
}
