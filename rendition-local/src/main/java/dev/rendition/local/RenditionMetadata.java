package dev.rendition.local;

import dev.rendition.asset.AssetAttributes;
import dev.rendition.asset.AssetInfo;
import dev.rendition.layout.Fingerprint;
import dev.rendition.recipe.PixelSize;
import dev.rendition.recipe.Recipe;
import java.util.Optional;

/** What is stored along with a rendition, so that it can be told from its store what it is. */
final class RenditionMetadata {
  private static final String WIDTH = "rendition-width";
  private static final String HEIGHT = "rendition-height";
  private static final String RECIPE = "rendition-recipe";
  private static final String SOURCE_VERSION = "rendition-source-version";
  private static final String OUTPUT_VERSION = "rendition-output-version";

  private RenditionMetadata() {}

  /**
   * Returns the attributes of a rendition. A recipe too long to be read back is left out: stores
   * bound the size of metadata.
   */
  static AssetAttributes of(
      String cacheControl, Recipe recipe, String sourceVersion, PixelSize size) {
    AssetAttributes attributes =
        AssetAttributes.cacheControl(cacheControl)
            .with(WIDTH, Integer.toString(size.width()))
            .with(HEIGHT, Integer.toString(size.height()))
            .with(SOURCE_VERSION, sourceVersion)
            .with(OUTPUT_VERSION, Integer.toString(Fingerprint.OUTPUT_VERSION));
    String text = recipe.toString();
    return text.length() <= Recipe.MAX_LENGTH ? attributes.with(RECIPE, text) : attributes;
  }

  /** Returns the size of a stored rendition, or empty if the asset is no rendition of ours. */
  static Optional<PixelSize> size(AssetInfo info) {
    try {
      return Optional.of(
          PixelSize.of(
              Integer.parseInt(info.attributes().metadata().getOrDefault(WIDTH, "")),
              Integer.parseInt(info.attributes().metadata().getOrDefault(HEIGHT, ""))));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
