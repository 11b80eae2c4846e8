package dev.rendition.local.resample;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LevelsTest {

  @Test
  void dividesEveryNumberThatAProductCanBeBy255() {
    int wrong = 0;
    for (int n = 0; n <= 255 * Levels.WHITE + 255; n++) {
      wrong += Levels.by255(n) == n / 255 ? 0 : 1;
    }
    assertThat(wrong).isZero();
  }

  @Test
  void premultipliesAsALongDivisionDoes() {
    Random random = new Random(5);
    int count = 1 << 16;
    int[] colour = new int[count];
    int[] alpha = new int[count];
    int[] expected = new int[count];
    for (int round = 0; round < 20; round++) {
      for (int i = 0; i < count; i++) {
        colour[i] = round == 0 ? (i & 0xff) << 8 : random.nextInt(Levels.WHITE + 1);
        alpha[i] = round == 0 ? i & 0xff00 : random.nextInt(Levels.WHITE + 1);
        long product = (long) colour[i] * alpha[i];
        expected[i] = (int) ((product + Levels.WHITE / 2) / Levels.WHITE);
      }
      int[] result = new int[count];
      Levels.premultiply(colour, alpha, result, count);
      assertThat(Arrays.mismatch(result, expected)).isEqualTo(-1);
    }
  }
}
