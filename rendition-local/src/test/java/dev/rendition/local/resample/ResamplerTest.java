package dev.rendition.local.resample;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rendition.local.raster.Plane;
import java.util.Random;
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
    "39, 31, 5, 4"
  })
  void isWithinOneLevelOfTheFormula(int width, int height, int w, int h) {
    Plane source = noise(width, height, 7);
    Window whole = Window.whole(width, height);
    Plane scaled = resampler.scale(source, whole, w, h);
    double[] truth = NaiveLanczos.scale(NaiveLanczos.samples(source), width, height, whole, w, h);
    double worst = 0;
    for (int i = 0; i < truth.length; i++) {
      double expected = Math.max(0, Math.min(255, truth[i]));
      worst = Math.max(worst, Math.abs((scaled.samples()[i] & 0xff) - expected));
    }
    assertThat(worst).isLessThan(0.6);
  }

  static Plane noise(int width, int height, int seed) {
    Plane plane = Plane.ofSize(width, height);
    new Random(seed).nextBytes(plane.samples());
    return plane;
  }
}
