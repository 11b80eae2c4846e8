package dev.rendition;

import dev.rendition.asset.AssetInfo;
import dev.rendition.asset.AssetKey;
import dev.rendition.asset.AssetStore;
import dev.rendition.asset.CdnInvalidator;
import dev.rendition.layout.KeyLayout;
import dev.rendition.lifecycle.PurgeReport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Deletes an original and everything made of it. */
final class Purge {
  private final AssetStore originals;
  private final AssetStore renditions;
  private final KeyLayout layout;
  private final CdnInvalidator invalidator;

  Purge(AssetStore originals, AssetStore renditions, KeyLayout layout, CdnInvalidator invalidator) {
    this.originals = originals;
    this.renditions = renditions;
    this.layout = layout;
    this.invalidator = invalidator;
  }

  /** The original goes first: what is generated from then on finds no source. */
  PurgeReport run(AssetKey key) throws IOException {
    boolean deleted = originals.delete(key);
    List<AssetKey> gone = new ArrayList<>();
    for (AssetInfo rendition : renditionsOf(key, renditions, layout)) {
      if (renditions.delete(rendition.key())) {
        gone.add(rendition.key());
      }
    }
    invalidator.invalidate(gone);
    return new PurgeReport(key, deleted, gone);
  }

  static List<AssetInfo> renditionsOf(AssetKey source, AssetStore renditions, KeyLayout layout)
      throws IOException {
    List<AssetInfo> found = new ArrayList<>();
    for (String prefix : layout.prefixes(source)) {
      try (Stream<AssetInfo> listed = renditions.list(source.tenant(), prefix)) {
        listed.filter(info -> layout.isTargetOf(info.key(), source)).forEach(found::add);
      } catch (UncheckedIOException e) {
        throw e.getCause();
      }
    }
    return found;
  }
}
