package dev.rendition.lifecycle;

import static java.util.Objects.requireNonNull;

import dev.rendition.asset.AssetKey;
import java.util.List;

/**
 * What a purge took away.
 *
 * @param source the original's key
 * @param originalDeleted whether there was an original, and it is gone
 * @param renditions the keys that are gone
 */
public record PurgeReport(AssetKey source, boolean originalDeleted, List<AssetKey> renditions) {
  public PurgeReport {
    requireNonNull(source, "source");
    renditions = List.copyOf(renditions);
  }
}
