package dev.rendition.deliver;

import dev.rendition.asset.AssetAttributes;
import dev.rendition.asset.AssetInfo;
import dev.rendition.asset.AssetKey;
import dev.rendition.recipe.FocalPoint;
import dev.rendition.recipe.NamedRecipe;
import java.time.Instant;

/**
 * One rendition somebody wants.
 *
 * @param original the original; if it was not looked at, only its key is true
 * @param looked whether the original was looked at
 * @param recipe how it is made
 * @param focus the focal point; of an original that was looked at
 * @param target where it lies
 */
record Wanted(
    AssetInfo original, boolean looked, NamedRecipe recipe, FocalPoint focus, AssetKey target) {

  /** Returns what stands for an original nobody has looked at, in layouts that ask for its key. */
  static AssetInfo unseen(AssetKey source) {
    return new AssetInfo(
        source, 0, "application/octet-stream", "0".repeat(64), Instant.EPOCH, AssetAttributes.NONE);
  }

  AssetKey source() {
    return original.key();
  }
}
