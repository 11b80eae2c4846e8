package dev.rendition.generate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rendition.asset.AssetAttributes;
import dev.rendition.asset.AssetInfo;
import dev.rendition.asset.AssetKey;
import dev.rendition.recipe.Encoding;
import dev.rendition.recipe.Operation;
import dev.rendition.recipe.PixelSize;
import dev.rendition.recipe.Recipe;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RenditionMetadataTest {
  private static final String VERSION = "a".repeat(64);

  @Test
  void whatWasStoredIsReadBack() {
    AssetAttributes attributes =
        RenditionMetadata.of(
            "no-store", Recipe.parse("fit:10,jpeg:82"), VERSION, PixelSize.of(10, 7));
    assertThat(attributes.cacheControl()).isEqualTo("no-store");
    assertThat(attributes.metadata())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "rendition-width", "10",
                "rendition-height", "7",
                "rendition-recipe", "fit:10,jpeg",
                "rendition-source-version", VERSION,
                "rendition-output-version", "3"));
    assertThat(RenditionMetadata.size(info(attributes))).contains(PixelSize.of(10, 7));
  }

  @Test
  void theLongestRecipeStillFitsIntoTheMetadataAStoreTakes() {
    // 14 × "x-a:" + 64 letters + "," are 966 characters, "x-a:" + 26 letters + ",png" are 34 more.
    Operation custom = new Operation.Custom("x-a", List.of("a".repeat(64)));
    List<Operation> operations = new ArrayList<>(Collections.nCopies(14, custom));
    operations.add(new Operation.Custom("x-a", List.of("a".repeat(26))));
    Recipe recipe = Recipe.of(operations, new Encoding.Png());
    assertThat(recipe.toString()).hasSize(Recipe.MAX_LENGTH);
    AssetAttributes attributes =
        RenditionMetadata.of("", recipe, VERSION, PixelSize.of(65_535, 65_535));
    assertThat(attributes.metadata())
        .containsEntry("rendition-recipe", recipe.toString())
        .hasSize(5);
  }

  @Test
  void whatIsNoRenditionHasNoSize() {
    for (String width : List.of("", "0", "-1", "x", "70000", "99999999999")) {
      AssetAttributes attributes =
          AssetAttributes.NONE.with("rendition-width", width).with("rendition-height", "1");
      assertThat(RenditionMetadata.size(info(attributes))).as(width).isEmpty();
    }
    assertThat(RenditionMetadata.size(info(AssetAttributes.NONE))).isEmpty();
  }

  private static AssetInfo info(AssetAttributes attributes) {
    return new AssetInfo(AssetKey.of("t", "a"), 1, "image/png", VERSION, Instant.EPOCH, attributes);
  }
}
