package dev.rendition.lifecycle;

import static java.util.Objects.requireNonNull;

import dev.rendition.asset.AssetInfo;
import dev.rendition.asset.AssetKey;
import dev.rendition.recipe.FocalPoint;
import java.util.List;
import java.util.Optional;

/**
 * What is to be done for one original.
 *
 * @param source its key
 * @param original what is there; empty if it is gone
 * @param focus around what its renditions are made
 * @param missing the names of the recipes to be made, in the order of the book
 * @param leftovers what may go, once those are made
 */
public record PlanUnit(
    AssetKey source,
    Optional<AssetInfo> original,
    FocalPoint focus,
    List<String> missing,
    List<Leftover> leftovers) {
  public PlanUnit {
    requireNonNull(source, "source");
    requireNonNull(original, "original");
    requireNonNull(focus, "focus");
    missing = List.copyOf(missing);
    leftovers = List.copyOf(leftovers);
    if (original.isEmpty() && !missing.isEmpty()) {
      throw new IllegalArgumentException("nothing is made of an original that is gone: " + source);
    }
  }

  /** Returns whether nothing is to be done, and the original is there. */
  public boolean isEmpty() {
    return original.isPresent() && missing.isEmpty() && leftovers.isEmpty();
  }

  /**
   * A rendition no present recipe of a present original leads to.
   *
   * @param key the rendition's key
   * @param bytes its length
   * @param orphan whether its original is gone
   */
  public record Leftover(AssetKey key, long bytes, boolean orphan) {
    public Leftover {
      requireNonNull(key, "key");
    }
  }
}
