package dev.rendition.testkit;

import static dev.rendition.testkit.ImageAssert.assertThatImage;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class ChartsTest {
  @Test
  void theOrientationChartIsUpright() {
    assertThatImage(Charts.orientation(80, 60)).hasSize(80, 60).isUprightOrientationChart(0);
    assertThatImage(Encoded.jpeg(Charts.orientation(160, 120), 0.9)).isUprightOrientationChart(12);
  }

  @Test
  void everyOtherWayUpIsNoticed() {
    BufferedImage chart = Charts.orientation(80, 60);
    for (int orientation = 2; orientation <= 8; orientation++) {
      BufferedImage turned = Orientations.stored(chart, orientation);
      assertThatExceptionOfType(AssertionError.class)
          .as("orientation %s", orientation)
          .isThrownBy(() -> assertThatImage(turned).isUprightOrientationChart(12));
    }
  }

  @Test
  void cornersLieWhereTheExifStandardPutsThem() {
    // CIPA DC-008, tag 0x0112: where the stored first row and first column are seen. The stored
    // pixel (0,0) is where that row and that column meet; quadrants named as seen upright.
    Color[] firstPixel = {
      Charts.UPPER_LEFT, Charts.UPPER_RIGHT, Charts.LOWER_RIGHT, Charts.LOWER_LEFT,
      Charts.UPPER_LEFT, Charts.UPPER_RIGHT, Charts.LOWER_RIGHT, Charts.LOWER_LEFT
    };
    // Mirrored 5 and 7, turned 6 and 8: going right along the stored first row goes down or up.
    Color[] endOfFirstRow = {
      Charts.UPPER_RIGHT, Charts.UPPER_LEFT, Charts.LOWER_LEFT, Charts.LOWER_RIGHT,
      Charts.LOWER_LEFT, Charts.LOWER_RIGHT, Charts.UPPER_RIGHT, Charts.UPPER_LEFT
    };
    for (int orientation = 1; orientation <= 8; orientation++) {
      BufferedImage stored = Orientations.stored(Charts.orientation(80, 60), orientation);
      boolean swapped = orientation >= 5;
      int width = swapped ? 60 : 80;
      int height = swapped ? 80 : 60;
      assertThatImage(stored)
          .hasSize(width, height)
          .hasPixelNear(width * 3 / 8, height * 3 / 8, firstPixel[orientation - 1], 0)
          .hasPixelNear(width * 5 / 8, height * 3 / 8, endOfFirstRow[orientation - 1], 0);
    }
  }

  @Test
  void theOrientationIsWrittenBehindTheStartOfTheJpeg() {
    byte[] plain = Encoded.jpeg(Charts.plain(8, 8, Color.GRAY), 0.8);
    ByteBuffer file = ByteBuffer.wrap(Encoded.withOrientation(plain, 6));
    assertThat(file.getShort(0)).isEqualTo((short) 0xffd8);
    assertThat(file.getShort(2)).isEqualTo((short) 0xffe1);
    int next = 4 + file.getShort(4);
    assertThat(file.getShort(next)).as("the segment after it").isEqualTo((short) 0xffe0);
    assertThat(file.getShort(30)).as("the tag's value").isEqualTo((short) 6);
    assertThatImage(file.array()).hasSize(8, 8);
    for (int impossible : new int[] {0, 9, -1}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Encoded.withOrientation(plain, impossible));
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Encoded.withOrientation(new byte[] {'G', 'I', 'F'}, 1));
  }

  @Test
  void pngKeepsEveryPixelAndItsAlpha() {
    BufferedImage edge = Charts.alphaEdge(20, 10);
    BufferedImage back = Encoded.decode(Encoded.png(edge));
    for (int y = 0; y < 10; y++) {
      assertThat(back.getRGB(19, y)).isEqualTo(edge.getRGB(19, y));
      assertThat(back.getRGB(0, y) >>> 24).isZero();
    }
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> assertThatImage(back).isOpaque());
  }

  @Test
  void jpegPutsTransparencyOnWhite() {
    assertThatImage(Encoded.jpeg(Charts.alphaEdge(64, 64), 0.9))
        .isOpaque()
        .hasPixelNear(10, 32, Color.WHITE, 4)
        .hasPixelNear(50, 62, Color.RED, 16);
  }

  @Test
  void everyFormatIsWrittenAndReadBack() {
    BufferedImage photo = Charts.photo(160, 120, 1);
    assertThatImage(Encoded.png(photo)).hasPsnrOfAtLeast(1_000, photo);
    assertThatImage(Encoded.jpeg(photo, 0.95)).hasPsnrOfAtLeast(28, photo);
    assertThatImage(Encoded.gif(photo)).hasSize(160, 120);
    assertThat(Encoded.gif(photo)).startsWith('G', 'I', 'F', '8', '9', 'a');
  }

  @Test
  void theGradientRunsFromEndToEnd() {
    assertThatImage(Charts.gradient(256, 64))
        .hasPixelNear(0, 0, new Color(0, 0, 255), 0)
        .hasPixelNear(255, 63, new Color(255, 255, 0), 0)
        .hasPixelNear(100, 0, new Color(100, 0, 155), 0)
        .hasMeanNear(new Color(128, 128, 128), 1);
  }

  @Test
  void sidesOfOnePixelAreDrawn() {
    for (int[] size : new int[][] {{1, 1}, {1, 50}, {50, 1}}) {
      for (BufferedImage each :
          new BufferedImage[] {
            Charts.orientation(size[0], size[1]),
            Charts.gradient(size[0], size[1]),
            Charts.stripes(size[0], size[1]),
            Charts.alphaEdge(size[0], size[1]),
            Charts.photo(size[0], size[1], 1)
          }) {
        assertThatImage(Encoded.png(each)).hasSize(size[0], size[1]);
        assertThatImage(Encoded.jpeg(each, 0.5)).hasSize(size[0], size[1]);
      }
    }
  }

  @Test
  void aPhotoIsTheSameAtEveryCallAndOtherForOtherSeeds() {
    assertThat(Encoded.png(Charts.photo(60, 40, 7)))
        .isEqualTo(Encoded.png(Charts.photo(60, 40, 7)));
    assertThat(Encoded.png(Charts.photo(60, 40, 7)))
        .isNotEqualTo(Encoded.png(Charts.photo(60, 40, 8)));
  }

  @Test
  void thePsnrOfAKnownDifferenceIsThatOfTheFormula() {
    // All samples differ by 5: MSE 25, 10 log10(65025 / 25) = 34.15 dB
    assertThat(
            ImageAssert.psnr(
                Charts.plain(9, 7, new Color(100, 100, 100)),
                Charts.plain(9, 7, new Color(105, 95, 105))))
        .isCloseTo(34.15, within(0.01));
  }

  @Test
  void wrongSizesPixelsMeansAndLikenessesFail() {
    BufferedImage grey = Charts.plain(10, 10, Color.GRAY);
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> assertThatImage(grey).hasSize(10, 11))
        .withMessageContaining("10x11");
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> assertThatImage(grey).hasPixelNear(1, 1, Color.WHITE, 126));
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> assertThatImage(grey).hasMeanNear(Color.BLACK, 127));
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(
            () -> assertThatImage(grey).hasPsnrOfAtLeast(20, Charts.plain(10, 10, Color.WHITE)));
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> Encoded.decode("no picture".getBytes(US_ASCII)));
  }
}
