package dev.rendition.compose;

import dev.rendition.asset.AssetKey;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * What one run of {@link MirrorStore#move} has done.
 *
 * @param copied how many assets the new store has got
 * @param present how many it had already, or somebody else wrote meanwhile
 * @param failed why the others are not moved, by key
 * @param complete whether the whole listing was gone through; not if too many failed
 */
public record Moved(long copied, long present, Map<AssetKey, String> failed, boolean complete) {
  public Moved {
    failed = Collections.unmodifiableMap(new TreeMap<>(failed));
  }

  /** Returns whether the new store has everything the old one had. */
  public boolean isDone() {
    return complete && failed.isEmpty();
  }
}
