package dev.rendition.local.resample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rendition.local.raster.Plane;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RowResamplerTest {
  private static final Scratch SHARED = new Scratch();

  @Property(tries = 200)
  void givesTheSameBytesHoweverManyRowsComeAtATime(
      @ForAll @IntRange(min = 1, max = 70) int width,
      @ForAll @IntRange(min = 1, max = 400) int height,
      @ForAll @IntRange(min = 1, max = 40) int w,
      @ForAll @IntRange(min = 1, max = 40) int h,
      @ForAll long seed) {
    Random random = new Random(seed);
    Plane source = Drawn.noise(width, height, seed);
    Window window = new Window(width * 0.2, height * 0.15, width * 0.75, height * 0.6);
    Plane expected = new Resampler(new Scratch()).scale(source, window, w, h);
    Plane target = Plane.ofSize(w, h);
    try (RowResampler rows =
        new RowResampler(width, height, window, Orientation.UPRIGHT, target, SHARED)) {
      int stride = width + 3;
      int row = 0;
      while (row < height) {
        int count = Math.min(height - row, random.nextInt(20));
        byte[] band = new byte[5 + count * stride];
        for (int i = 0; i < count; i++) {
          System.arraycopy(source.samples(), (row + i) * width, band, 5 + i * stride, width);
        }
        rows.rows(row, count, band, 5, stride);
        row += count;
      }
      assertThat(rows.isComplete()).isTrue();
    }
    assertThat(target.samples()).isEqualTo(expected.samples());
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "1, 9", "9, 1", "7, 5", "33, 17", "16, 32", "50, 3"})
  void turnsUprightInAllEightCases(int w, int h) {
    Plane source = Drawn.noise(61, 47, 1);
    Window window = new Window(2, 3, 50, 40.5);
    Plane stored = new Resampler(SHARED).scale(source, window, w, h);
    for (Orientation orientation : Orientation.values()) {
      Plane target = Plane.ofSize(orientation.uprightWidth(w, h), orientation.uprightHeight(w, h));
      try (RowResampler rows = new RowResampler(61, 47, window, orientation, target, SHARED)) {
        rows.rows(0, 47, source.samples(), 0, 61);
      }
      Plane expected = Drawn.upright(stored, orientation.exif());
      assertThat(target.width()).isEqualTo(expected.width());
      assertThat(target.samples()).as(orientation.name()).isEqualTo(expected.samples());
    }
  }

  @Test
  void readsSixteenBitsAsFinerLevels() {
    Plane source = Drawn.noise(50, 40, 9);
    short[] fine = new short[50 * 40];
    for (int i = 0; i < fine.length; i++) {
      fine[i] = (short) ((source.samples()[i] & 0xff) * 257);
    }
    Window whole = Window.whole(50, 40);
    Plane target = Plane.ofSize(31, 23);
    try (RowResampler rows = new RowResampler(50, 40, whole, Orientation.UPRIGHT, target, SHARED)) {
      rows.rows(0, 40, fine, 0, 50);
    }
    assertThat(target.samples())
        .isEqualTo(new Resampler(SHARED).scale(source, whole, 31, 23).samples());
  }

  @Test
  void isWithinOneLevelOfTheFormulaForSixteenBits() {
    Random random = new Random(4);
    short[] fine = new short[45 * 38];
    double[] levels = new double[fine.length];
    for (int i = 0; i < fine.length; i++) {
      fine[i] = (short) random.nextInt(65_536);
      levels[i] = (fine[i] & 0xffff) / 257.0;
    }
    Window whole = Window.whole(45, 38);
    Plane target = Plane.ofSize(28, 20);
    try (RowResampler rows = new RowResampler(45, 38, whole, Orientation.UPRIGHT, target, SHARED)) {
      rows.rows(0, 38, fine, 0, 45);
    }
    double[] truth = NaiveLanczos.scale(levels, 45, 38, whole, 28, 20);
    for (int i = 0; i < truth.length; i++) {
      assertThat((double) (target.samples()[i] & 0xff))
          .isBetween(Math.max(0, truth[i]) - 0.6, Math.min(255, truth[i]) + 0.6);
    }
  }

  @Test
  void twoResamplersOfOneScratchDoNotDisturbEachOther() {
    Plane source = Drawn.noise(40, 30, 2);
    Window whole = Window.whole(40, 30);
    Plane large = Plane.ofSize(20, 15);
    Plane small = Plane.ofSize(10, 8);
    try (RowResampler first = new RowResampler(40, 30, whole, Orientation.UPRIGHT, large, SHARED);
        RowResampler second = new RowResampler(40, 30, whole, Orientation.UPRIGHT, small, SHARED)) {
      for (int row = 0; row < 30; row++) {
        first.rows(row, 1, source.samples(), row * 40, 40);
        second.rows(row, 1, source.samples(), row * 40, 40);
      }
    }
    Resampler resampler = new Resampler(SHARED);
    assertThat(large.samples()).isEqualTo(resampler.scale(source, whole, 20, 15).samples());
    assertThat(small.samples()).isEqualTo(resampler.scale(source, whole, 10, 8).samples());
  }

  @Property(tries = 200)
  void takesNoMoreMemoryThanItSaid(
      @ForAll @IntRange(min = 1, max = 3_000) int width,
      @ForAll @IntRange(min = 1, max = 3_000) int height,
      @ForAll @IntRange(min = 1, max = 300) int w,
      @ForAll @IntRange(min = 1, max = 300) int h) {
    Scratch fresh = new Scratch();
    Window window = new Window(width * 0.1, height * 0.2, width * 0.85, height * 0.7);
    RowResampler rows =
        new RowResampler(width, height, window, Orientation.UPRIGHT, Plane.ofSize(w, h), fresh);
    rows.rows(0, 1, new byte[width], 0, width);
    rows.close();
    long tables = 0;
    for (Axis axis : fresh.axes()) {
      tables += 12L * axis.weights.length + 8L * axis.target;
    }
    long said = RowResampler.bytesAtMost(width, height, window, w, h);
    assertThat(fresh.idleBytes() + tables).isLessThanOrEqualTo(said);
  }

  @Test
  void needsLittleForAHugePlane() {
    assertThat(RowResampler.bytesAtMost(65_535, 65_535, Window.whole(65_535, 65_535), 200, 200))
        .isLessThan(2_000_000);
  }

  @Test
  void refusesAGapRowsOutsideThePlaneAndRowsAfterClose() {
    RowResampler rows =
        new RowResampler(
            4, 10, Window.whole(4, 10), Orientation.UPRIGHT, Plane.ofSize(4, 10), SHARED);
    byte[] samples = new byte[40];
    rows.rows(0, 3, samples, 0, 4);
    assertThatThrownBy(() -> rows.rows(4, 1, samples, 0, 4))
        .hasMessageContaining("row 3 is missing");
    assertThatThrownBy(() -> rows.rows(3, 8, samples, 0, 4))
        .hasMessageContaining("8 rows from 3 are not within a plane of 4 x 10");
    rows.close();
    rows.close();
    assertThatThrownBy(() -> rows.rows(3, 1, samples, 0, 4))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void refusesAWindowThatReachesOverTheEdge() {
    Plane target = Plane.ofSize(2, 2);
    assertThatThrownBy(
            () ->
                new RowResampler(
                    8, 8, new Window(4, 0, 4.5, 8), Orientation.UPRIGHT, target, SHARED))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("a window from 4.0, 4.5 long, is not within 8");
    assertThatThrownBy(() -> new Window(0, -1, 3, 3)).hasMessageContaining("top");
    assertThatThrownBy(() -> new Window(0, 0, Double.NaN, 3)).hasMessageContaining("width");
  }
}
