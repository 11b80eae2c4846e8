package dev.rendition.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FitTest {
  /** Worked out by hand. */
  @ParameterizedTest
  @CsvSource({
    // landscape: 800/4000 = 0.2 = 600/3000
    "FIT, 4000, 3000, 800, 600, false, 800, 600",
    // width binds: 0.2; 2000 × 0.2 = 400
    "FIT, 4000, 2000, 800, 600, false, 800, 400",
    // portrait: height binds: 600/4000 = 0.15; 3000 × 0.15 = 450
    "FIT, 3000, 4000, 800, 600, false, 450, 600",
    "FIT, 3000, 4000, 800, 0, false, 800, 1067",
    "FIT, 3000, 4000, 0, 600, false, 450, 600",
    // never enlarged
    "FIT, 300, 200, 800, 600, false, 300, 200",
    "FIT, 300, 200, 800, 0, false, 300, 200",
    "FIT, 800, 600, 800, 600, false, 800, 600",
    // enlarged: min(800/300, 600/200) = 8/3; 200 × 8/3 = 533.33
    "FIT, 300, 200, 800, 600, true, 800, 533",
    "FIT, 300, 200, 0, 600, true, 900, 600",
    // one-pixel sides: 10 × 1/10000 rounds to 0, so 1
    "FIT, 1, 1, 800, 600, false, 1, 1",
    "FIT, 10000, 1, 100, 100, false, 100, 1",
    "FIT, 1, 10000, 100, 100, false, 1, 100",
    "FIT, 65535, 65535, 1, 1, false, 1, 1",
    // halves go up: 45 × 10/300 = 1.5, 601/2 = 300.5, 3 × 1/2 = 1.5
    "FIT, 300, 45, 10, 100, false, 10, 2",
    "FIT, 800, 601, 400, 0, false, 400, 301",
    "FIT, 2, 3, 1, 10, false, 1, 2",
    "COVER, 4000, 3000, 800, 600, false, 800, 600",
    "COVER, 3000, 4000, 800, 600, false, 800, 600",
    // too low: 300/600 = 0.5 of the box
    "COVER, 4000, 300, 800, 600, false, 400, 300",
    // too narrow: 100/800 = 0.125 of the box
    "COVER, 100, 1000, 800, 600, false, 100, 75",
    "COVER, 100, 1000, 800, 600, true, 800, 600",
    "COVER, 1, 1, 800, 600, false, 1, 1",
    "CONTAIN, 4000, 3000, 800, 800, false, 800, 800",
    "CONTAIN, 40, 30, 800, 800, false, 800, 800",
    "FILL, 4000, 3000, 800, 100, false, 800, 100",
    "FILL, 400, 3000, 800, 100, false, 400, 100",
    "FILL, 400, 30, 800, 100, true, 800, 100"
  })
  void sizesFollowTheTable(
      Fit fit, int width, int height, int boxWidth, int boxHeight, boolean enlarge, int w, int h) {
    assertThat(fit.size(PixelSize.of(width, height), new Box(boxWidth, boxHeight), enlarge))
        .isEqualTo(PixelSize.of(w, h));
  }

  @Property
  void aPictureNeverExceedsItsBox(
      @ForAll Fit fit,
      @ForAll @IntRange(min = 1, max = 65_535) int width,
      @ForAll @IntRange(min = 1, max = 65_535) int height,
      @ForAll @IntRange(min = 1, max = 65_535) int boxWidth,
      @ForAll @IntRange(min = 1, max = 65_535) int boxHeight,
      @ForAll boolean enlarge) {
    PixelSize size = fit.size(PixelSize.of(width, height), new Box(boxWidth, boxHeight), enlarge);
    assertThat(size.width()).isLessThanOrEqualTo(boxWidth);
    assertThat(size.height()).isLessThanOrEqualTo(boxHeight);
  }

  @Property
  void nothingIsEnlargedUnasked(
      @ForAll Fit fit,
      @ForAll @IntRange(min = 1, max = 65_535) int width,
      @ForAll @IntRange(min = 1, max = 65_535) int height,
      @ForAll @IntRange(min = 1, max = 65_535) int boxWidth,
      @ForAll @IntRange(min = 1, max = 65_535) int boxHeight) {
    PixelSize size = fit.size(PixelSize.of(width, height), new Box(boxWidth, boxHeight), false);
    if (fit != Fit.CONTAIN) { // which pads
      assertThat(size.width()).isLessThanOrEqualTo(width);
      assertThat(size.height()).isLessThanOrEqualTo(height);
    }
  }

  /** The rule in exact decimals: the smaller ratio, halves up, at least one. */
  @Property
  void fittedSidesAreRoundedExactly(
      @ForAll @IntRange(min = 1, max = 2_000) int width,
      @ForAll @IntRange(min = 1, max = 2_000) int height,
      @ForAll @IntRange(min = 1, max = 2_000) int boxWidth,
      @ForAll @IntRange(min = 1, max = 2_000) int boxHeight) {
    boolean byWidth = (long) boxWidth * height <= (long) boxHeight * width;
    int part = byWidth ? boxWidth : boxHeight;
    int whole = byWidth ? width : height;
    PixelSize expected =
        part >= whole
            ? PixelSize.of(width, height)
            : PixelSize.of(exact(width, part, whole), exact(height, part, whole));
    assertThat(Fit.FIT.size(PixelSize.of(width, height), new Box(boxWidth, boxHeight), false))
        .isEqualTo(expected);
  }

  @Test
  void everyFitButFitNeedsBothSides() {
    for (Fit fit : new Fit[] {Fit.COVER, Fit.CONTAIN, Fit.FILL}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> fit.size(PixelSize.of(1, 1), new Box(5, 0), false))
          .withMessage(fit.word() + " needs a width and a height, was 5");
    }
  }

  @Test
  void aResultBeyondTheLargestSideIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Fit.FIT.size(PixelSize.of(1, 60_000), new Box(65_535, 0), true))
        .withMessageContaining("1..65535");
  }

  private static int exact(int side, int part, int whole) {
    BigDecimal product = new BigDecimal(BigInteger.valueOf((long) side * part));
    return Math.max(
        1, product.divide(BigDecimal.valueOf(whole), 0, RoundingMode.HALF_UP).intValueExact());
  }
}
