package dev.rendition.lambda.function;

import dev.rendition.asset.AssetKey;
import dev.rendition.asset.MediaType;
import dev.rendition.layout.FingerprintLayout;
import dev.rendition.layout.KeyLayout;
import dev.rendition.layout.RewriteLayout;
import dev.rendition.layout.SuffixLayout;
import dev.rendition.layout.VariantFolderLayout;
import dev.rendition.recipe.NamedRecipe;
import dev.rendition.recipe.RecipeBook;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Goes from the key of a rendition back to what it may have been made of. These are guesses by the
 * form of the key alone; whoever asks looks whether the layout leads from the guess to the key.
 *
 * @param layout which keys renditions have
 * @param recipes the recipes there are
 * @param rewriteFrom what originals' paths begin with in a {@link RewriteLayout}
 * @param rewriteTo what renditions' paths begin with there
 */
record Origins(KeyLayout layout, RecipeBook recipes, String rewriteFrom, String rewriteTo) {
  private static final Pattern FINGERPRINTED =
      Pattern.compile("(.+)/([a-z0-9][a-z0-9_-]{0,63})-[0-9a-f]{16}\\.[a-z]{3,4}", Pattern.DOTALL);

  /**
   * What a rendition may have been made of.
   *
   * @param source the original
   * @param recipe how
   */
  record Origin(AssetKey source, NamedRecipe recipe) {}

  /** Returns the guesses, the likeliest first; none if the key is no rendition's. */
  List<Origin> of(AssetKey target) {
    if (!layout.isTarget(target)) {
      return List.of();
    }
    String path = target.path();
    List<Origin> found = new ArrayList<>();
    if (layout instanceof FingerprintLayout) {
      Matcher matcher = FINGERPRINTED.matcher(path);
      if (matcher.matches()) {
        add(found, target, matcher.group(1), matcher.group(2));
      }
    } else if (layout instanceof VariantFolderLayout) {
      int slash = path.indexOf('/');
      add(found, target, path.substring(slash + 1), path.substring(0, slash));
    } else if (layout instanceof RewriteLayout) {
      rewritten(found, target);
    } else if (layout instanceof SuffixLayout) {
      suffixed(found, target);
    }
    return found;
  }

  private void rewritten(List<Origin> found, AssetKey target) {
    int begin = rewriteTo.length() + 1;
    int end = target.path().indexOf('/', begin);
    if (end > 0) {
      String name = target.path().substring(begin, end);
      add(found, target, rewriteFrom + target.path().substring(end), name);
    }
  }

  private void suffixed(List<Origin> found, AssetKey target) {
    String path = target.path();
    int dot = path.lastIndexOf('.');
    String stem = path.substring(0, dot);
    for (String name : recipes.names()) {
      if (stem.endsWith("-" + name)) {
        String source = stem.substring(0, stem.length() - name.length() - 1);
        add(found, target, source + path.substring(dot), name);
        int last = source.lastIndexOf('.') + 1;
        if (last > 0 && !MediaType.ofExtension(source.substring(last)).equals(MediaType.UNKNOWN)) {
          add(found, target, source, name);
        }
      }
    }
  }

  private void add(List<Origin> found, AssetKey target, String source, String name) {
    Optional<NamedRecipe> recipe = recipes.find(name);
    if (recipe.isPresent()) {
      try {
        found.add(new Origin(target.withPath(source), recipe.get()));
      } catch (IllegalArgumentException e) {
        return; // no asset's key, so nothing was made of it
      }
    }
  }
}
