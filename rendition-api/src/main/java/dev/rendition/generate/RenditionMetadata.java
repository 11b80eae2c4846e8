package dev.rendition.generate;

import dev.rendition.asset.AssetAttributes;
import dev.rendition.asset.AssetInfo;
import dev.rendition.layout.Fingerprint;
import dev.rendition.recipe.FocalPoint;
import dev.rendition.recipe.PixelSize;
import dev.rendition.recipe.Recipe;
import java.util.Optional;

/**
 * What every backend stores along with a rendition, so that the store alone tells what it is and
 * what it was made of. One backend reports what another one made.
 */
public final class RenditionMetadata {
  /** The metadata name of the width in pixels. */
  public static final String WIDTH = "rendition-width";

  /** The metadata name of the height in pixels. */
  public static final String HEIGHT = "rendition-height";

  /** The metadata name of the recipe's canonical text. */
  public static final String RECIPE = "rendition-recipe";

  /** The metadata name of the version of the source. */
  public static final String SOURCE_VERSION = "rendition-source-version";

  /** The metadata name of {@link Fingerprint#OUTPUT_VERSION}. */
  public static final String OUTPUT_VERSION = "rendition-output-version";

  /** The metadata name of an original's focal point, such as {@code 0.25,0.5}. */
  public static final String FOCUS = "rendition-focus";

  private RenditionMetadata() {}

  /** Returns the attributes to store an original with whose focal point is known. */
  public static AssetAttributes ofOriginal(FocalPoint focus) {
    return AssetAttributes.NONE.with(FOCUS, focus.toString());
  }

  /** Returns the focal point an original was stored with, or empty if it has none. */
  public static Optional<FocalPoint> focus(AssetInfo original) {
    String text = original.attributes().metadata().getOrDefault(FOCUS, "");
    int comma = text.indexOf(',');
    try {
      return comma < 0 || text.length() > 32
          ? Optional.empty()
          : Optional.of(
              new FocalPoint(
                  Double.parseDouble(text.substring(0, comma)),
                  Double.parseDouble(text.substring(comma + 1))));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /**
   * Returns the attributes to store a rendition with.
   *
   * @param cacheControl as in the request; empty for none
   */
  public static AssetAttributes of(
      String cacheControl, Recipe recipe, String sourceVersion, PixelSize size) {
    return AssetAttributes.cacheControl(cacheControl)
        .with(WIDTH, Integer.toString(size.width()))
        .with(HEIGHT, Integer.toString(size.height()))
        .with(SOURCE_VERSION, sourceVersion)
        .with(OUTPUT_VERSION, Integer.toString(Fingerprint.OUTPUT_VERSION))
        .with(RECIPE, recipe.toString());
  }

  /**
   * Returns the size of a stored rendition, or empty if the asset was not stored as a rendition.
   */
  public static Optional<PixelSize> size(AssetInfo info) {
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
