package dev.rendition.local.resample;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class AxisTest {
  @Property(tries = 500)
  void weighsEveryTargetSampleAsOneFromSamplesThatExist(
      @ForAll @IntRange(min = 1, max = 3_000) int size,
      @ForAll @IntRange(min = 1, max = 300) int target) {
    Axis axis = Axis.of(new Axis.Key(size, 0, size, target));
    for (int i = 0; i < target; i++) {
      int sum = 0;
      int absolute = 0;
      for (int k = 0; k < axis.taps; k++) {
        int weight = axis.weights[i * axis.taps + k];
        sum += weight;
        absolute += Math.abs(weight);
        assertThat(weight == 0 || axis.starts[i] + k < axis.boxes).isTrue();
      }
      assertThat(sum).isEqualTo(Axis.ONE);
      assertThat(absolute).isLessThan((int) (1.6 * Axis.ONE));
      assertThat(axis.starts[i]).isNotNegative();
      assertThat(axis.lasts[i]).isBetween(axis.starts[i], axis.boxes - 1);
    }
  }

  /**
   * Halving puts six taps on either side at 0.25, 0.75 … 2.75 target pixels. There the formula is
   * 0.890067, 0.270190, -0.132871, -0.067791, 0.030021 and 0.007356; all twelve add up to 1.993943;
   * 16384 / 1.993943 times each is the table.
   */
  @Test
  void hasTheWeightsOfTheFormulaForHalvingWorkedByHand() {
    Axis axis = Axis.of(new Axis.Key(64, 0, 64, 32));
    assertThat(axis.taps).isEqualTo(12);
    assertThat(axis.starts[16]).isEqualTo(27);
    assertThat(Arrays.copyOfRange(axis.weights, 16 * 12, 17 * 12))
        .containsExactly(60, 247, -557, -1092, 2220, 7314, 7314, 2220, -1092, -557, 247, 60);
  }

  /**
   * At the left edge the taps of -1 to -5 fall on sample 0: 247 - 557 - 1092 + 2220 + 60 + 7314.
   */
  @Test
  void letsTapsBeyondTheEdgeFallOnTheEdge() {
    Axis axis = Axis.of(new Axis.Key(64, 0, 64, 32));
    assertThat(axis.starts[0]).isZero();
    assertThat(Arrays.copyOfRange(axis.weights, 0, 8))
        .containsExactly(8192, 7314, 2220, -1092, -557, 247, 60, 0);
  }

  @Property(tries = 500)
  void mirrorsItsWeights(
      @ForAll @IntRange(min = 1, max = 400) int size,
      @ForAll @IntRange(min = 1, max = 60) int target) {
    Axis axis = Axis.of(new Axis.Key(size, 0, size, target));
    int[] mirrored = new int[axis.boxes];
    for (int i = 0; i < target && axis.box == 1; i++) {
      int[] row = spread(axis, target - 1 - i);
      for (int j = 0; j < row.length; j++) {
        mirrored[j] = row[row.length - 1 - j];
      }
      assertThat(spread(axis, i)).isEqualTo(mirrored);
    }
  }

  private static int[] spread(Axis axis, int i) {
    int[] row = new int[axis.boxes];
    for (int k = 0; k < axis.taps; k++) {
      int weight = axis.weights[i * axis.taps + k];
      if (weight != 0) {
        row[axis.starts[i] + k] = weight;
      }
    }
    return row;
  }

  @Test
  void givesEverySourceSampleAwayFromTheEdgesTheSameSay() {
    Axis axis = Axis.of(new Axis.Key(100, 0, 100, 40));
    int[] say = new int[100];
    for (int i = 0; i < 40; i++) {
      for (int k = 0; k < axis.taps; k++) {
        int weight = axis.weights[i * axis.taps + k];
        if (weight != 0) {
          say[axis.starts[i] + k] += weight;
        }
      }
    }
    for (int j = 15; j < 85; j++) {
      assertThat((double) say[j]).isBetween(0.98 * Axis.ONE / 2.5, 1.02 * Axis.ONE / 2.5);
    }
  }

  @Test
  void keepsFewRowsHoweverGreatTheReduction() {
    for (int size : new int[] {799, 800, 4_000, 100_000, 10_000_000}) {
      Axis axis = Axis.of(new Axis.Key(size, 0, size, 100));
      assertThat(axis.taps).isLessThanOrEqualTo(48);
      assertThat(axis.boxes).isLessThanOrEqualTo(800);
    }
  }
}
