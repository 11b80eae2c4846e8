package dev.rendition.deliver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.rendition.recipe.PixelSize;
import dev.rendition.recipe.Rgb;
import dev.rendition.spi.Pixels;
import java.util.Base64;
import java.util.function.IntBinaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlaceholderTest {
  /** What rgbaToThumbHash of the npm package thumbhash 0.1.1 makes of the same pixels. */
  @ParameterizedTest
  @CsvSource({
    "ramp, 32, 24, 3/cJPZqAh4dwiHiIiHiIiIBwCPh3",
    "ramp, 24, 32, 3wcKPRqAh3B4iIh4iHh4h4BwCPh3",
    "ramp, 32, 32, 3wcKPxqAh4dwiIiIiHiIiIh3CAiHgI8H",
    "ramp, 32, 3, 3/cNSaSCh4dwiIiIgnAo+Hg=",
    "ramp, 2, 32, 4AcSWSxwc4iIh4iHcHMIx3g=",
    "checks, 32, 24, F4cCDYJ4eIg4Jwh3h3hxd4cIiIdw",
    "checks, 24, 32, F4cCDQJ4eDgYeHh3gnd3gIcIiIeA",
    "checks, 32, 32, F4cCDwB4eIg3Jwh3eIdycXgHeHiAeAcI",
    "checks, 32, 3, F4cCIYZzcnB4h3iIgHcIh3g=",
    "checks, 2, 32, F4cCIQZ4g3iHgoeAiICHB3c=",
    "noise, 32, 24, V/sBFYKHdoiAh3d3V4h3eIiP1wsp",
    "noise, 24, 32, FwsCHQB3iYBYaHZoZ3mHZniPl0QO",
    "noise, 32, 32, FwsCFwB2l3iAiHZ2d3h3lod3h/d4adEA",
    "noise, 32, 3, 1fsBCYJ1YGHDxHeIdfT2was=",
    "noise, 2, 32, V/sFEQR5UDiHQmVSeU8CR1Y=",
    "alpha, 32, 24, HcuCBIA3UlmHeIB4WJcIZYoAeIiIeIh4Bw==",
    "alpha, 24, 32, HcuCBAA3P4x3R4iKp/V3S38HeIiHeIh3CA==",
    "alpha, 32, 32, HcuCBQA3cHZ6h3hoeHOPBfdYgId3iIeIiA==",
    "alpha, 32, 3, HcuCAYA3L5tqiIAKePOBRoCHeIiHiHc=",
    "alpha, 2, 32, HcuCAQCIb4h4iHdvePiWh3INiIiIiIg=",
    "plain, 32, 24, TbYBBYCKeIh4d4iHeIeIcNh8fwh3",
    "plain, 24, 32, TbYBBQAtSoh3iHi3eHj3aPKJB4+I",
    "plain, 32, 32, TbYBBwCLeIh4iHeIeId3iHh/hfyIh3gP",
    "plain, 32, 3, TbYBAYCPeZl4d0h4iIZ/i/g=",
    "plain, 2, 32, TbYBAQBLiQiIiIaY4IM4DUc="
  })
  void aThumbHashIsThatOfTheReference(String pattern, int width, int height, String expected) {
    IntBinaryOperator pixel =
        switch (pattern) {
          case "ramp" -> (x, y) -> rgb(255 * x / (width - 1), 255 * y / (height - 1), 128);
          case "checks" ->
              (x, y) -> ((x >> 2) + (y >> 2)) % 2 != 0 ? rgb(220, 40, 30) : rgb(20, 60, 200);
          case "noise" ->
              (x, y) -> {
                int n = (x * 7919 + y * 104729 + x * y * 31) & 0xffffff;
                return rgb(n & 255, n >> 8 & 255, n >> 16 & 255);
              };
          case "alpha" -> (x, y) -> (255 * x / (width - 1)) << 24 | (rgb(200, 100, 50) & 0xffffff);
          default -> (x, y) -> rgb(18, 52, 86);
        };
    byte[] hash = ThumbHash.of(pixels(width, height, pixel));
    assertThat(Base64.getEncoder().encodeToString(hash)).isEqualTo(expected);
  }

  @Test
  void aPictureTooLargeToHashIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ThumbHash.of(pixels(101, 1, (x, y) -> 0)));
  }

  @Test
  void theDominantColourIsThatOfMostPixels() {
    assertThat(
            Placeholder.dominant(pixels(10, 10, (x, y) -> x < 4 ? rgb(1, 2, 3) : rgb(200, 9, 9))))
        .isEqualTo(new Rgb(200, 9, 9));
    // 64 to 67 lie in one cell of 16 levels: their average, halves up.
    assertThat(Placeholder.dominant(pixels(4, 1, (x, y) -> rgb(64 + x, 0, 255))))
        .isEqualTo(new Rgb(66, 0, 255));
    assertThat(Placeholder.dominant(pixels(10, 1, (x, y) -> x < 6 ? 0x20ff0000 : 0xff0000ff)))
        .as("six faint reds weigh less than four full blues")
        .isEqualTo(new Rgb(0, 0, 255));
    assertThat(Placeholder.dominant(pixels(3, 3, (x, y) -> 0))).isEqualTo(Rgb.WHITE);
  }

  private static int rgb(int red, int green, int blue) {
    return 0xff000000 | red << 16 | green << 8 | blue;
  }

  private static Pixels pixels(int width, int height, IntBinaryOperator pixel) {
    int[] argb = new int[width * height];
    for (int i = 0; i < argb.length; i++) {
      argb[i] = pixel.applyAsInt(i % width, i / width);
    }
    return new Pixels(PixelSize.of(width, height), argb);
  }
}
