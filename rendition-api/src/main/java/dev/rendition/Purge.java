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
    try {
      for (AssetInfo rendition : renditionsOf(key, renditions, layout)) {
        if (renditions.delete(rendition.key())) {
          gone.add(rendition.key());
        }
      }
    } catch (IOException | RuntimeException e) {
      // The next purge does not find these any more, so the network hears of them now.
      try {
        invalidate(key, gone);
      } catch (IOException second) {
        e.addSuppressed(second);
      }
      throw e;
    }
    invalidate(key, gone);
    return new PurgeReport(key, deleted, gone);
  }

  private void invalidate(AssetKey source, List<AssetKey> gone) throws IOException {
    if (gone.isEmpty()) {
      return;
    }
    try {
      invalidator.invalidate(gone);
    } catch (IOException e) {
      throw new IOException(
          "renditions of "
              + source
              + " are deleted, and the network was not told to forget them ("
              + e.getMessage()
              + "); tell it to forget "
              + gone,
          e);
    }
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
