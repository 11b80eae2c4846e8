package dev.rendition.local.resample;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rendition.local.raster.Plane;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResamplerTest {
  private final Resampler resampler = new Resampler(new Scratch());

  @ParameterizedTest
  @CsvSource({
    "40, 30, 40, 30",
    "40, 30, 32, 24",
    "40, 30, 20, 15",
    "41, 31, 17, 13",
    "97, 89, 13, 12",
    "100, 80, 25, 11",
    "9, 7, 50, 40",
    "3, 2, 7, 9",
    "1, 1, 5, 4",
    "1, 50, 1, 7",
    "50, 1, 7, 1",
    "2, 90, 5, 13",
    "200, 5, 27, 9",
    "39, 31, 5, 4",
    "60, 60, 40, 45",
    "70, 33, 13, 9"
  })
  void isWithinOneLevelOfTheFormula(int width, int height, int w, int h) {
    Window whole = Window.whole(width, height);
    assertThat(worstError(Drawn.noise(width, height, 7), whole, w, h)).isLessThan(0.6);
    assertThat(worstError(Drawn.chart(width, height), whole, w, h)).isLessThan(0.6);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0, 40.5, 30.5, 27, 20", "3.25, 1.75, 20.5, 22.25, 13, 11", "0.5, 0, 1, 1, 3, 2",
    "30, 20, 11, 11, 11, 11", "40.75, 30.5, 0.25, 0.5, 2, 2", "5.1, 6.2, 30, 20, 60, 50"
  })
  void isWithinOneLevelOfTheFormulaThroughAFractionalWindow(
      double left, double top, double width, double height, int w, int h) {
    Window window = new Window(left, top, width, height);
    assertThat(worstError(Drawn.noise(41, 31, 3), window, w, h)).isLessThan(0.6);
  }

  /** Boxes come before the kernel here, so the formula is met only as far as a photo would show. */
  @Test
  void staysCloseToTheFormulaWhenReducingGreatly() {
    Plane source =
        Drawn.plane(1_000, 900, (x, y) -> (int) (128 + 100 * Math.sin(x / 97.0 + y / 61.0)));
    assertThat(worstError(source, Window.whole(1_000, 900), 70, 41)).isLessThan(1.2);
  }

  private double worstError(Plane source, Window window, int w, int h) {
    Plane scaled = resampler.scale(source, window, w, h);
    double[] truth =
        NaiveLanczos.scale(
            NaiveLanczos.samples(source), source.width(), source.height(), window, w, h);
    double worst = 0;
    for (int i = 0; i < truth.length; i++) {
      double expected = Math.max(0, Math.min(255, truth[i]));
      worst = Math.max(worst, Math.abs((scaled.samples()[i] & 0xff) - expected));
    }
    return worst;
  }

  @Property(tries = 200)
  void keepsEverySampleAtTheSameSize(
      @ForAll @IntRange(min = 1, max = 60) int width,
      @ForAll @IntRange(min = 1, max = 60) int height,
      @ForAll long seed) {
    Plane source = Drawn.noise(width, height, seed);
    assertThat(resampler.scale(source, Window.whole(width, height), width, height).samples())
        .isEqualTo(source.samples());
  }

  @Property(tries = 300)
  void keepsAFlatFieldFlat(
      @ForAll @IntRange(min = 1, max = 400) int width,
      @ForAll @IntRange(min = 1, max = 300) int height,
      @ForAll @IntRange(min = 1, max = 90) int w,
      @ForAll @IntRange(min = 1, max = 90) int h,
      @ForAll @IntRange(max = 255) int level) {
    Plane flat = Drawn.plane(width, height, (x, y) -> level);
    assertThat(resampler.scale(flat, Window.whole(width, height), w, h).samples())
        .containsOnly(level);
  }

  @ParameterizedTest
  @CsvSource({"10000, 1, 1, 1", "1, 10000, 1, 1", "2000, 3000, 1, 1", "1, 1, 300, 200"})
  void keepsAFlatFieldFlatAtHugeRatios(int width, int height, int w, int h) {
    Plane flat = Drawn.plane(width, height, (x, y) -> 201);
    assertThat(resampler.scale(flat, Window.whole(width, height), w, h).samples())
        .containsOnly((byte) 201);
  }

  @Test
  void makesOnePixelOfTenThousandTheirMiddle() {
    Plane halves = Drawn.plane(10_000, 1, (x, y) -> x < 5_000 ? 0 : 255);
    assertThat(resampler.scale(halves, Window.whole(10_000, 1), 1, 1).at(0, 0)).isBetween(127, 128);
  }

  /** Source column x is 2x, so target column i, whose centre is at 2i + 0.5, is 4i + 1. */
  @Test
  void keepsARampStraightAwayFromTheEdges() {
    Plane ramp = Drawn.plane(120, 6, (x, y) -> 2 * x);
    Plane scaled = resampler.scale(ramp, Window.whole(120, 6), 60, 3);
    for (int i = 3; i < 57; i++) {
      assertThat(scaled.at(i, 1)).isEqualTo(4 * i + 1);
    }
  }

  @Test
  void overshootsAnEdgeAndClampsIt() {
    Plane edge = Drawn.plane(8, 1, (x, y) -> x < 4 ? 50 : 200);
    Plane scaled = resampler.scale(edge, Window.whole(8, 1), 16, 1);
    assertThat(scaled.at(0, 0)).isBetween(49, 51);
    assertThat(scaled.at(6, 0)).isLessThan(50);
    assertThat(scaled.at(9, 0)).isGreaterThan(200);
    assertThat(scaled.at(7, 0) + scaled.at(8, 0)).isBetween(249, 251);
    Plane hard = Drawn.plane(8, 1, (x, y) -> x < 4 ? 0 : 255);
    assertThat(resampler.scale(hard, Window.whole(8, 1), 16, 1).at(6, 0)).isZero();
    assertThat(resampler.scale(hard, Window.whole(8, 1), 16, 1).at(9, 0)).isEqualTo(255);
  }

  @Property(tries = 200)
  void givesTheMirrorImageOfAMirrorImage(
      @ForAll @IntRange(min = 1, max = 120) int width,
      @ForAll @IntRange(min = 1, max = 40) int w,
      @ForAll long seed) {
    Plane source = Drawn.noise(width, 9, seed);
    Window whole = Window.whole(width, 9);
    Plane straight = resampler.scale(source, whole, w, 4);
    Plane mirrored = resampler.scale(Drawn.mirrored(source), whole, w, 4);
    if (width < Axis.BOX_FROM * w) {
      assertThat(Drawn.mirrored(mirrored).samples()).isEqualTo(straight.samples());
    }
  }

  @Property(tries = 200)
  void cropsAsIfCutOutBefore(
      @ForAll @IntRange(max = 30) int left,
      @ForAll @IntRange(max = 30) int top,
      @ForAll @IntRange(min = 1, max = 50) int width,
      @ForAll @IntRange(min = 1, max = 50) int height,
      @ForAll @IntRange(min = 1, max = 40) int w,
      @ForAll @IntRange(min = 1, max = 40) int h) {
    Plane source = Drawn.noise(80, 80, 5);
    Plane cut = Drawn.crop(source, left, top, width, height);
    assertThat(resampler.scale(source, new Window(left, top, width, height), w, h).samples())
        .isEqualTo(resampler.scale(cut, Window.whole(width, height), w, h).samples());
  }

  /** Chroma of 41 luma columns has 21 samples, of which the window shows 20.5. */
  @Test
  void bringsSubsampledChromaToItsLumaWithoutShift() {
    Plane chroma = Drawn.plane(21, 21, (x, y) -> 10 * x + 5);
    Plane full = resampler.scale(chroma, Window.whole(20.5, 20.5), 41, 41);
    for (int x = 8; x < 33; x++) {
      assertThat(full.at(x, 20)).isBetween(5 * x + 2, 5 * x + 3);
    }
  }

  /** Changes only together with the engine's output version: stored renditions would differ. */
  @Test
  void givesTheSameBytesOnEveryMachine() throws NoSuchAlgorithmException {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    int[][] sizes = {{160, 120}, {128, 96}, {107, 80}, {60, 50}, {40, 13}, {9, 2}, {333, 251}};
    for (int[] size : sizes) {
      Window window = new Window(0.5, 1.25, 198.5, 148);
      digest.update(resampler.scale(Drawn.chart(200, 150), window, size[0], size[1]).samples());
    }
    assertThat(HexFormat.of().formatHex(digest.digest()))
        .isEqualTo("e5ff60c15a5b303acc739d276bfc304eaced444e4e617647c7a25eb11b8ba651");
  }

  @Test
  void chromaIsEnlargedToTwiceItsSizeByThreeQuartersAndOneQuarter() {
    Plane source = new Plane(3, 1, new byte[] {0, 100, (byte) 200});
    Plane target = Plane.ofSize(5, 1);
    new Resampler(new Scratch()).enlarge(source, new Window(0, 0, 2.5, 1), target);
    assertThat(target.samples()).containsExactly(0, 25, 75, 125, 175);
  }

  @Test
  void chromaEnlargedByAnotherFactorIsInterpolatedAsAllElse() {
    Plane source = new Plane(4, 1, new byte[] {0, 100, 20, 60});
    Plane target = Plane.ofSize(12, 1);
    Plane expected = Plane.ofSize(12, 1);
    Resampler resampler = new Resampler(new Scratch());
    resampler.enlarge(source, Window.whole(4, 1), target);
    resampler.scale(source, Window.whole(4, 1), expected);
    assertThat(target.samples()).isEqualTo(expected.samples());
  }
}
