package dev.rendition.layout;

import dev.rendition.asset.AssetInfo;
import dev.rendition.asset.AssetKey;
import dev.rendition.recipe.FocalPoint;
import dev.rendition.recipe.NamedRecipe;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Exchanges the beginning of the path: {@code photo/…} becomes {@code prew/{recipe name}/…}.
 * Sources that begin otherwise have no key here.
 */
public final class RewriteLayout implements KeyLayout {
  private final Names names;
  private final String from;
  private final String to;

  /**
   * Makes the layout.
   *
   * @param names the recipe names there are
   * @param from what the paths of originals begin with, without slashes at the ends
   * @param to what the paths of renditions begin with, without slashes at the ends; neither begins
   *     with the other
   */
  public RewriteLayout(Set<String> names, String from, String to) {
    this.names = new Names(names);
    this.from = requireFolder("from", from) + "/";
    this.to = requireFolder("to", to) + "/";
    if (this.from.startsWith(this.to) || this.to.startsWith(this.from)) {
      throw new IllegalArgumentException(
          "the rewrite layout needs two folders of which neither lies in the other, was \""
              + from
              + "\" and \""
              + to
              + '"');
    }
  }

  @Override
  public AssetKey target(AssetInfo source, NamedRecipe recipe, FocalPoint focus) {
    AssetKey key = source.key();
    if (!key.path().startsWith(from)) {
      throw new IllegalArgumentException(
          "the rewrite layout has no key for " + key + ": its path does not begin with " + from);
    }
    return key.withPath(to + names.require(recipe) + "/" + key.path().substring(from.length()));
  }

  @Override
  public boolean isTarget(AssetKey key) {
    return key.path().startsWith(to);
  }

  @Override
  public boolean isTargetOf(AssetKey key, AssetKey source) {
    return key.tenant().equals(source.tenant()) && prefixes(source).contains(key.path());
  }

  @Override
  public List<String> prefixes(AssetKey source) {
    if (!source.path().startsWith(from)) {
      return List.of();
    }
    String rest = source.path().substring(from.length());
    return names.all().stream().sorted().map(name -> to + name + "/" + rest).toList();
  }

  @Override
  public boolean namesContent() {
    return false;
  }

  @Override
  public Optional<Origin> origin(AssetKey target) {
    String path = target.path();
    int slash = path.indexOf('/', to.length());
    if (!path.startsWith(to) || slash < 0 || !names.contain(path.substring(to.length(), slash))) {
      return Optional.empty();
    }
    AssetKey source = target.withPath(from + path.substring(slash + 1));
    return Optional.of(new Origin(source, path.substring(to.length(), slash)));
  }

  private static String requireFolder(String what, String folder) {
    try {
      return AssetKey.of("t", folder).path();
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "the rewrite layout's \"" + what + "\": " + e.getMessage(), e);
    }
  }
}
