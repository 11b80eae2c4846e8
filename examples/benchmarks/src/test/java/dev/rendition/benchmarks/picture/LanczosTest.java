package dev.rendition.benchmarks.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class LanczosTest {
  private static Luma ramp(int width, int height) {
    double[] samples = new double[width * height];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = 2.0 * (i % width);
    }
    return new Luma(width, height, samples);
  }

  @Test
  void scalingToTheSameSizeChangesNothing() {
    Luma ramp = ramp(40, 20);
    assertThat(Lanczos.scaled(ramp, 40, 20).psnr(ramp)).isGreaterThan(200);
  }

  @Test
  void aFlatPictureStaysFlat() {
    Luma flat = new Luma(64, 48, new double[64 * 48]);
    assertThat(Lanczos.scaled(flat, 13, 7).psnr(new Luma(13, 7, new double[13 * 7]))).isInfinite();
  }

  /** Sample x of the half lies between 2x and 2x + 1 of the whole: 2 (2x + 0.5) on this ramp. */
  @Test
  void halvingKeepsARampWhereItIs() {
    Luma half = Lanczos.scaled(ramp(80, 20), 40, 10);
    assertThat(half.at(20, 5)).isCloseTo(81, within(0.01));
    assertThat(half.at(11, 5)).isCloseTo(45, within(0.01));
  }

  /** 10 log10(255² / 1) = 48.1308. */
  @Test
  void oneLevelOffEverywhereIsFortyEightDecibels() {
    double[] ones = new double[12];
    Arrays.fill(ones, 1);
    double psnr = new Luma(4, 3, ones).psnr(new Luma(4, 3, new double[12]));
    assertThat(psnr).isCloseTo(48.1308, within(0.0001));
  }

  @Test
  void picturesOfTwoSizesAreNotCompared() {
    assertThatThrownBy(() -> ramp(4, 3).psnr(ramp(3, 4)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("4 x 3 cannot be compared with 3 x 4");
  }

  @Test
  void whatIsTransparentCountsAsWhite() {
    BufferedImage clear = new BufferedImage(2, 1, BufferedImage.TYPE_INT_ARGB);
    clear.setRGB(1, 0, 0xff000000);
    Luma luma = Luma.of(clear);
    assertThat(luma.at(0, 0)).isEqualTo(255);
    assertThat(luma.at(1, 0)).isZero();
  }
}
