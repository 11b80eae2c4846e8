package dev.rendition.layout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rendition.recipe.FocalPoint;
import dev.rendition.recipe.Recipe;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FingerprintTest {
  private static final String ZEROS = "0".repeat(64);

  /**
   * Stored renditions lie under these for ever. Worked out with sha256sum: {@code printf
   * 'RECIPE\nVERSION\nFOCUS\n3\n' | sha256sum | cut -c1-16}, FOCUS empty unless the recipe uses it.
   */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "cover:800x600:focus,jpeg:80:progressive|0|1114e3a4f916b2a7",
        "cover:800x600,jpeg:80:progressive|0|8405680e508027ee",
        "png|a|b8046301fa45a831",
        "watermark:t!caf~c3~a9,jpeg:82,max:200000|0|e8dad0bb59faf689",
        "png||f5c4dbefa9a5edf2"
      })
  void fingerprintsNeverChange(String recipe, String digit, String expected) {
    String version = digit == null ? "" : digit.repeat(64);
    assertThat(Fingerprint.of(Recipe.parse(recipe), version, new FocalPoint(0.25, 0.5)))
        .isEqualTo(expected);
  }

  @Test
  void theFocalPointCountsOnlyWhereItIsUsed() {
    FocalPoint left = new FocalPoint(0.1, 0.5);
    Recipe focused = Recipe.parse("cover:8x6:focus,png");
    Recipe centred = Recipe.parse("cover:8x6,png");
    assertThat(Fingerprint.of(focused, ZEROS, left))
        .isNotEqualTo(Fingerprint.of(focused, ZEROS, FocalPoint.CENTER));
    assertThat(Fingerprint.of(centred, ZEROS, left))
        .isEqualTo(Fingerprint.of(centred, ZEROS, FocalPoint.CENTER));
  }

  @Test
  void aReplacedOriginalMovesItsKeys() {
    Recipe recipe = Recipe.parse("png");
    assertThat(Fingerprint.of(recipe, ZEROS, FocalPoint.CENTER))
        .isNotEqualTo(Fingerprint.of(recipe, "1" + ZEROS.substring(1), FocalPoint.CENTER));
  }
}
