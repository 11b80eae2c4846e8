package dev.rendition.layout;

import dev.rendition.asset.AssetInfo;
import dev.rendition.asset.AssetKey;
import dev.rendition.asset.MediaType;
import dev.rendition.recipe.FocalPoint;
import dev.rendition.recipe.NamedRecipe;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Beside the original: {@code photos/beach.jpg} and the recipe {@code sm} give {@code
 * photos/beach-sm.jpg}.
 *
 * <p>The source's extension is left out where the rendition has the same one ({@code .jpeg} counts
 * as another than {@code .jpg}) and what remains does not itself end like a picture's name;
 * otherwise it is kept ({@code beach.png-sm.jpg}), so that {@code beach.png} and {@code beach.jpg}
 * never share a key. Sources without a picture's extension have no key here. Only the names of
 * existing recipes count as suffixes.
 */
public final class SuffixLayout implements KeyLayout {
  private final Names names;

  /**
   * Makes the layout.
   *
   * @param names the recipe names there are
   * @throws IllegalArgumentException if one name ends with {@code -} and another name: {@code a-b}
   *     beside {@code b} could not be told apart
   */
  public SuffixLayout(Set<String> names) {
    this.names = new Names(names);
    for (String name : names) {
      for (String other : names) {
        if (name.endsWith("-" + other)) {
          throw new IllegalArgumentException(
              "the suffix layout cannot tell the recipes \""
                  + name
                  + "\" and \""
                  + other
                  + "\" apart; rename one");
        }
      }
    }
  }

  @Override
  public AssetKey target(AssetInfo source, NamedRecipe recipe, FocalPoint focus) {
    AssetKey key = source.key();
    if (!isPicture(key)) {
      throw new IllegalArgumentException(
          "the suffix layout has no key for " + key + ": its name does not end like a picture's");
    }
    String extension = Extensions.of(recipe.recipe().encoding(), key);
    return key.withPath(
        stem(key.path(), extension) + "-" + names.require(recipe) + "." + extension);
  }

  @Override
  public boolean isTarget(AssetKey key) {
    String stem = withoutExtension(key.path());
    return isPicture(key) && names.all().stream().anyMatch(name -> stem.endsWith("-" + name));
  }

  @Override
  public boolean isTargetOf(AssetKey key, AssetKey source) {
    if (!key.tenant().equals(source.tenant()) || !isPicture(key) || !isPicture(source)) {
      return false;
    }
    String extension = key.path().substring(key.path().lastIndexOf('.') + 1);
    String begin = stem(source.path(), extension) + "-";
    String stem = withoutExtension(key.path());
    return Extensions.ALL.contains(extension)
        && stem.startsWith(begin)
        && names.contain(stem.substring(begin.length()));
  }

  @Override
  public List<String> prefixes(AssetKey source) {
    return List.of(withoutExtension(source.path()));
  }

  @Override
  public boolean namesContent() {
    return false;
  }

  /** Of the names a key may end with at most one fits: see the constructor. */
  @Override
  public Optional<Origin> origin(AssetKey target) {
    String path = target.path();
    String extension = path.substring(path.lastIndexOf('.') + 1);
    if (!isPicture(target) || !Extensions.ALL.contains(extension)) {
      return Optional.empty();
    }
    String stem = withoutExtension(path);
    for (String name : names.all()) {
      if (stem.endsWith("-" + name) && stem.length() > name.length() + 1) {
        String rest = stem.substring(0, stem.length() - name.length() - 1);
        String source = isPicture(rest) ? rest : rest + "." + extension;
        return rest.endsWith("/")
            ? Optional.empty()
            : Optional.of(new Origin(target.withPath(source), name));
      }
    }
    return Optional.empty();
  }

  private static String stem(String path, String extension) {
    String stem = withoutExtension(path);
    boolean same = path.endsWith("." + extension);
    return same && !isPicture(stem) ? stem : path;
  }

  private static String withoutExtension(String path) {
    int dot = path.lastIndexOf('.');
    return dot > path.lastIndexOf('/') + 1 ? path.substring(0, dot) : path;
  }

  private static boolean isPicture(AssetKey key) {
    return !MediaType.ofExtension(key.extension()).equals(MediaType.UNKNOWN);
  }

  private static boolean isPicture(String path) {
    String stem = withoutExtension(path);
    return !stem.equals(path)
        && !MediaType.ofExtension(path.substring(stem.length() + 1)).equals(MediaType.UNKNOWN);
  }
}
