package dev.rendition.local.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.rendition.generate.FailureReason;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Kinds of TIFF that our own code reads, written by libtiff. */
class TiffKindsTest {
  /** The colours of the LogLuv files in sRGB (IEC 61966-2-1), worked out from their light. */
  private static final int[][] COLOURS = {
    {255, 255, 255},
    {0, 0, 0},
    {127, 127, 127},
    {255, 0, 0},
    {0, 255, 0},
    {0, 0, 255},
    {188, 137, 89},
    {255, 255, 255}
  };

  private static Picture read(byte[] bytes) throws IOException {
    SourceBytes source = SourceBytes.of(bytes);
    return SourceReader.read(source, SourceProbe.probe(source), Cancellation.NONE);
  }

  /** The expected means are those of the pixels as {@code tiffcp -c none} unpacks them. */
  @ParameterizedTest
  @CsvSource({
    "webp, 1, 103.9, 100.6, 156.4",
    "webp, 2, 193.0, 76.4, 105.9",
    "webp, 3, 111.2, 204.8, 127.7",
    "webp, 4, 196.9, 190.2, 75.2",
  })
  void stripsOfWebpHaveTheColoursThatLibtiffUnpacks(
      String name, int quadrant, double red, double green, double blue) throws IOException {
    double[] means = new Means(read(Fixtures.tiff(name)), 1).all().get(quadrant);
    assertThat(means[0]).isCloseTo(red, within(0.5));
    assertThat(means[1]).isCloseTo(green, within(0.5));
    assertThat(means[2]).isCloseTo(blue, within(0.5));
  }

  @Test
  void tilesOfWebpHaveTheColoursAndTheAlphaThatLibtiffUnpacks() throws IOException {
    Picture picture = read(Fixtures.tiff("webp-tiles"));
    assertThat(picture.alpha().orElseThrow().at(19, 7)).isEqualTo(255);
    assertThat(picture.alpha().orElseThrow().at(20, 29)).isEqualTo(128);
    // The right half lies half transparent on white.
    double[] topLeft = new Means(picture, 1).all().get(1);
    double[] bottomRight = new Means(picture, 1).all().get(4);
    assertThat(topLeft).containsExactly(new double[] {104.2, 100.7, 157.3}, within(0.5));
    double[] onWhite = {
      (196.7 * 128 + 255 * 127) / 255,
      (190.2 * 128 + 255 * 127) / 255,
      (76.1 * 128 + 255 * 127) / 255
    };
    assertThat(bottomRight).containsExactly(onWhite, within(0.5));
  }

  @Test
  void webpOfAnotherSizeThanItsStripIsRefused() {
    byte[] bytes = Fixtures.tiff("webp");
    // The width of the first strip's frame: RIFF at 8, its frame header at 8 + 12 + 8 + 6.
    bytes[34]++;
    assertThatThrownBy(() -> read(bytes))
        .isInstanceOfSatisfying(
            StepException.class,
            e -> assertThat(e.reason()).isEqualTo(FailureReason.SOURCE_DAMAGED));
  }

  @ParameterizedTest
  @CsvSource({"logluv-32, 30, 3", "logluv-24, 30, 3"})
  void lightAndColourOnALogarithmicScaleBecomeSrgb(String name, int saturated, int plain)
      throws IOException {
    Picture picture = read(Fixtures.tiff(name));
    for (int y = 0; y < 3; y++) {
      for (int x = 0; x < 8; x++) {
        int[] expected = COLOURS[(x + y) % 8];
        boolean primary = (x + y) % 8 >= 3 && (x + y) % 8 <= 5;
        for (int c = 0; c < 3; c++) {
          assertThat(picture.planes().get(c).at(x, y))
              .as("%s, %s channel %s", x, y, c)
              .isCloseTo(expected[c], within(primary ? saturated : plain));
        }
      }
    }
  }

  @Test
  void lightAloneOnALogarithmicScaleIsGrey() throws IOException {
    Picture picture = read(Fixtures.tiff("logl-16"));
    assertThat(picture.kind()).isEqualTo(Picture.Kind.GREY);
    List<Integer> row = List.of(255, 0, 127);
    for (int x = 0; x < row.size(); x++) {
      assertThat(picture.planes().get(0).at(x, 0)).isCloseTo(row.get(x), within(1));
      assertThat(picture.planes().get(0).at((x + 7) % 8, 1))
          .isEqualTo(picture.planes().get(0).at(x, 0));
    }
  }

  @Test
  void rowsWithoutDataStayBlack() throws IOException {
    byte[] whole = Fixtures.tiff("logluv-32");
    Picture before = read(whole);
    // The second strip, which holds the third row, has fewer bytes than the row needs.
    int counts = indexOf(whole, new byte[] {0x17, 1, 4, 0, 2, 0, 0, 0});
    assertThat(counts).isPositive();
    int at = whole[counts + 8] & 0xff | (whole[counts + 9] & 0xff) << 8;
    whole[at + 4] = 5;
    Picture after = read(whole);
    for (int x = 0; x < 8; x++) {
      assertThat(after.planes().get(0).at(x, 1)).isEqualTo(before.planes().get(0).at(x, 1));
      assertThat(after.planes().get(0).at(x, 2)).isZero();
    }
  }

  private static int indexOf(byte[] bytes, byte[] piece) {
    for (int i = 0; i + piece.length <= bytes.length; i++) {
      if (Arrays.equals(bytes, i, i + piece.length, piece, 0, piece.length)) {
        return i;
      }
    }
    return -1;
  }

  @Test
  void aFaxGoesOnBehindTheNextEndOfLineAfterDamage() throws IOException {
    byte[] bytes = Fixtures.tiff("fax");
    Picture whole = read(bytes);
    // Zeros alone are no code.
    Arrays.fill(bytes, 300, 304, (byte) 0);
    Picture found = read(bytes);
    int wrong = 0;
    for (int y = 0; y < 60; y++) {
      byte[] expected = Arrays.copyOfRange(whole.planes().get(0).samples(), 200 * y, 200 * y + 200);
      byte[] row = Arrays.copyOfRange(found.planes().get(0).samples(), 200 * y, 200 * y + 200);
      if (!Arrays.equals(expected, row)) {
        wrong++;
        assertThat(y).isBetween(15, 45);
      }
    }
    assertThat(wrong).isBetween(1, 3);
  }

  @Test
  void aFaxWithoutAnyEndOfLineIsRefused() {
    byte[] bytes = Fixtures.tiff("fax");
    // Nine zeros and a one begin no code, and eleven zeros are needed for an end of line.
    for (int bit = 0; bit < 8 * 626; bit++) {
      int mask = 0x80 >> bit % 8;
      int at = 8 + bit / 8;
      bytes[at] = (byte) (bit % 10 == 9 ? bytes[at] | mask : bytes[at] & ~mask);
    }
    assertThatThrownBy(() -> read(bytes))
        .isInstanceOfSatisfying(
            StepException.class,
            e -> assertThat(e.reason()).isEqualTo(FailureReason.SOURCE_DAMAGED));
  }

  @Test
  void whatIsPackedInAWayOfWhichWeKnowOnlyAPartIsRefused() {
    byte[] planar = Fixtures.tiff("webp");
    int at = indexOf(planar, new byte[] {0x1c, 1, 3, 0, 1, 0, 0, 0});
    planar[at + 8] = 2;
    assertThatThrownBy(() -> read(planar))
        .isInstanceOfSatisfying(
            StepException.class,
            e -> assertThat(e.reason()).isEqualTo(FailureReason.FORMAT_NOT_SUPPORTED));
  }
}
