package dev.rendition.layout;

import dev.rendition.asset.AssetInfo;
import dev.rendition.asset.AssetKey;
import dev.rendition.recipe.FocalPoint;
import dev.rendition.recipe.NamedRecipe;
import java.util.List;
import java.util.Optional;

/**
 * Says under which key a rendition is stored. Implementations are pure functions without I/O, safe
 * for use by many threads. Two different pairs of source and recipe never share a key.
 */
public interface KeyLayout {
  /**
   * Returns the key of a rendition, in the tenant of its source. It {@link #isTarget} and {@link
   * #isTargetOf} the source.
   *
   * @throws IllegalArgumentException if this layout has no key for the source, does not know the
   *     recipe's name, or the key would be too long
   */
  AssetKey target(AssetInfo source, NamedRecipe recipe, FocalPoint focus);

  /**
   * Returns whether a key has the form of a rendition's. Such a key is refused as a source:
   * otherwise renditions of renditions would be made without end where originals and renditions
   * share a bucket.
   */
  boolean isTarget(AssetKey key);

  /**
   * Returns whether a key is that of a rendition of this source, whatever the recipe and the
   * source's version.
   */
  boolean isTargetOf(AssetKey key, AssetKey source);

  /**
   * Returns the key of the original a rendition's key tells. Empty if it is no rendition's, or if
   * the layout cannot tell: then renditions whose original is gone are found only by who still
   * knows its key.
   */
  default Optional<AssetKey> source(AssetKey target) {
    return Optional.empty();
  }

  /**
   * Returns the path prefixes under which every rendition of a source lies; other assets may lie
   * there too, see {@link #isTargetOf}.
   */
  List<String> prefixes(AssetKey source);

  /**
   * Returns whether a key names its content: a changed source or recipe changes the key, so that
   * the bytes of a key never change and may be cached for ever.
   */
  boolean namesContent();

  /**
   * Tells what a key of the form {@link #target} gives was made from: the way back. A layout that
   * cannot tell, or does not know the recipe, returns empty.
   */
  default Optional<Origin> origin(AssetKey target) {
    return Optional.empty();
  }

  /**
   * What a rendition was made from, as far as its key tells.
   *
   * @param source the original's key
   * @param recipe the recipe's name
   */
  record Origin(AssetKey source, String recipe) {}
}
