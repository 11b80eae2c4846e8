package dev.rendition.local.resample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rendition.local.raster.Plane;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class AlphaResamplerTest {
  private static final Scratch SHARED = new Scratch();

  @Property(tries = 100)
  void givesAnOpaquePictureTheBytesOfTheOrdinaryResampler(
      @ForAll @IntRange(min = 1, max = 60) int width,
      @ForAll @IntRange(min = 1, max = 60) int height,
      @ForAll @IntRange(min = 1, max = 70) int w,
      @ForAll @IntRange(min = 1, max = 70) int h) {
    Plane colour = Drawn.noise(width, height, 8);
    Plane opaque = Drawn.plane(width, height, (x, y) -> 255);
    List<Plane> result = scale(List.of(colour, opaque), w, h, 1);
    assertThat(result.get(0).samples())
        .isEqualTo(
            new Resampler(SHARED).scale(colour, Window.whole(width, height), w, h).samples());
    assertThat(result.get(1).samples()).containsOnly((byte) 255);
  }

  @Test
  void leavesNoFringeOfWhatCannotBeSeen() {
    Plane inside = Drawn.plane(64, 64, (x, y) -> disc(x, y) ? 255 : 0);
    Plane outside = Drawn.plane(64, 64, (x, y) -> disc(x, y) ? 0 : 255);
    Plane blue = Plane.ofSize(64, 64);
    List<Plane> result = scale(List.of(inside, outside, blue, inside), 23, 23, 5);
    for (int i = 0; i < 23 * 23; i++) {
      int alpha = result.get(3).samples()[i] & 0xff;
      assertThat(result.get(0).samples()[i] & 0xff).isEqualTo(alpha > 0 ? 255 : 0);
      assertThat(result.get(1).samples()[i]).isZero();
    }
  }

  private static boolean disc(int x, int y) {
    return (x - 32) * (x - 32) + (y - 30) * (y - 30) < 400;
  }

  @Test
  void isCloseToTheFormulaOnPremultipliedColour() {
    Plane colour = Drawn.noise(50, 40, 1);
    Plane alpha = Drawn.noise(50, 40, 2);
    Window whole = Window.whole(50, 40);
    double[] opacity = NaiveLanczos.samples(alpha);
    double[] weighed = NaiveLanczos.samples(colour);
    for (int i = 0; i < weighed.length; i++) {
      weighed[i] *= opacity[i] / 255;
    }
    double[] top = NaiveLanczos.scale(weighed, 50, 40, whole, 22, 31);
    double[] bottom = NaiveLanczos.scale(opacity, 50, 40, whole, 22, 31);
    List<Plane> result = scale(List.of(colour, alpha), 22, 31, 40);
    for (int i = 0; i < top.length; i++) {
      if (bottom[i] >= 1 && bottom[i] < 254) {
        double expected = Math.max(0, Math.min(255, top[i] * 255 / bottom[i]));
        double allowed = 0.6 + 8 / bottom[i];
        assertThat((double) (result.get(0).samples()[i] & 0xff))
            .isBetween(expected - allowed, expected + allowed);
      }
    }
  }

  @Test
  void turnsEveryPlaneUpright() {
    Plane colour = Drawn.noise(20, 14, 3);
    Plane alpha = Drawn.plane(20, 14, (x, y) -> 200);
    Plane[] targets = {Plane.ofSize(7, 10), Plane.ofSize(7, 10)};
    try (AlphaResampler rows =
        new AlphaResampler(
            20, 14, Window.whole(20, 14), Orientation.QUARTER_TURN, List.of(targets), SHARED)) {
      rows.rows(0, 0, 14, colour.samples(), 0, 20);
      rows.rows(1, 0, 14, alpha.samples(), 0, 20);
      assertThat(rows.isComplete()).isTrue();
    }
    Plane stored = scale(List.of(colour, alpha), 10, 7, 3).get(0);
    assertThat(targets[0].samples()).isEqualTo(Drawn.upright(stored, 6).samples());
  }

  @Test
  void readsSixteenBitsAsFinerLevels() {
    Plane colour = Drawn.noise(30, 20, 3);
    Plane alpha = Drawn.noise(30, 20, 4);
    Plane[] targets = {Plane.ofSize(13, 9), Plane.ofSize(13, 9)};
    try (AlphaResampler rows =
        new AlphaResampler(
            30, 20, Window.whole(30, 20), Orientation.UPRIGHT, List.of(targets), SHARED)) {
      rows.rows(0, 0, 20, widened(colour), 0, 30);
      rows.rows(1, 0, 20, widened(alpha), 0, 30);
    }
    List<Plane> expected = scale(List.of(colour, alpha), 13, 9, 1);
    assertThat(targets[0].samples()).isEqualTo(expected.get(0).samples());
    assertThat(targets[1].samples()).isEqualTo(expected.get(1).samples());
  }

  @Test
  void refusesTargetsOfDifferentSizesAndAGap() {
    List<Plane> uneven = List.of(Plane.ofSize(2, 2), Plane.ofSize(2, 3));
    Window whole = Window.whole(4, 4);
    assertThatThrownBy(() -> new AlphaResampler(4, 4, whole, Orientation.UPRIGHT, uneven, SHARED))
        .hasMessageContaining("not of one size");
    List<Plane> even = List.of(Plane.ofSize(2, 2), Plane.ofSize(2, 2));
    try (AlphaResampler rows = new AlphaResampler(4, 4, whole, Orientation.UPRIGHT, even, SHARED)) {
      assertThatThrownBy(() -> rows.rows(1, 2, 1, new byte[4], 0, 4))
          .hasMessageContaining("row 0 is missing");
    }
  }

  private static List<Plane> scale(List<Plane> sources, int w, int h, int band) {
    Plane first = sources.get(0);
    int width = first.width();
    int height = first.height();
    List<Plane> targets = sources.stream().map(plane -> Plane.ofSize(w, h)).toList();
    Random random = new Random(band);
    try (AlphaResampler rows =
        new AlphaResampler(
            width, height, Window.whole(width, height), Orientation.UPRIGHT, targets, SHARED)) {
      int row = 0;
      while (row < height) {
        int count = Math.min(height - row, 1 + random.nextInt(band));
        for (int plane = 0; plane < sources.size(); plane++) {
          rows.rows(plane, row, count, sources.get(plane).samples(), row * width, width);
        }
        row += count;
      }
      assertThat(rows.isComplete()).isTrue();
    }
    return targets;
  }

  private static short[] widened(Plane plane) {
    short[] samples = new short[plane.samples().length];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (short) ((plane.samples()[i] & 0xff) * 257);
    }
    return samples;
  }
}
