package dev.rendition;

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

  /**
   * Deletes the renditions of a key, and the original if asked. The original goes first: what is
   * generated from then on finds no source, and a generator that finds its source gone when it has
   * written takes back what it wrote, so that nothing reappears behind the listing.
   */
  PurgeReport run(AssetKey key, boolean original) throws IOException {
    boolean deleted = original && originals.delete(key);
    List<AssetKey> found = renditionsOf(key, renditions, layout);
    try {
      if (!found.isEmpty()) {
        renditions.deleteAll(found);
      }
    } catch (IOException | RuntimeException e) {
      // Some are gone, and the next purge does not find those: the network hears of all of them.
      try {
        invalidate(key, found);
      } catch (IOException second) {
        e.addSuppressed(second);
      }
      throw e;
    }
    invalidate(key, found);
    return new PurgeReport(key, deleted, found);
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

  static List<AssetKey> renditionsOf(AssetKey source, AssetStore renditions, KeyLayout layout)
      throws IOException {
    List<AssetKey> found = new ArrayList<>();
    for (String prefix : layout.prefixes(source)) {
      try (Stream<AssetKey> listed = renditions.keys(source.tenant(), prefix)) {
        listed.filter(key -> layout.isTargetOf(key, source)).forEach(found::add);
      } catch (UncheckedIOException e) {
        throw e.getCause();
      }
    }
    return found;
  }
}
