package dev.rendition.local.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PngUnfilterTest {

  @Test
  void predictsWhatTheSpecificationDoesForEveryThreeBytes() {
    int wrong = 0;
    for (int i = 0; i < 1 << 24; i++) {
      int left = i >> 16;
      int up = i >> 8 & 0xff;
      int corner = i & 0xff;
      wrong += PngUnfilter.paeth(left, up, corner) == specified(left, up, corner) ? 0 : 1;
    }
    assertThat(wrong).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 6, 8})
  void givesBackWhatWasFiltered(int distance) {
    Random random = new Random(distance);
    for (int pixels : new int[] {1, 2, 3, 7, 64, 501}) {
      byte[] row = new byte[pixels * distance];
      byte[] above = new byte[row.length];
      random.nextBytes(row);
      random.nextBytes(above);
      for (int filter = 0; filter <= 4; filter++) {
        byte[] filtered = filtered(filter, row, above, distance);
        PngUnfilter.undo(filter, filtered, above, distance);
        assertThat(filtered).isEqualTo(row);
      }
    }
  }

  @Test
  void refusesAFilterThatDoesNotExist() {
    assertThatThrownBy(() -> PngUnfilter.undo(5, new byte[4], new byte[4], 4))
        .isInstanceOf(StepException.class)
        .hasMessageContaining("row filter 5");
  }

  /** The filters as PNG, 9.2, writes them down. */
  private static byte[] filtered(int filter, byte[] row, byte[] above, int distance) {
    byte[] out = new byte[row.length];
    for (int i = 0; i < row.length; i++) {
      int left = i < distance ? 0 : row[i - distance] & 0xff;
      int corner = i < distance ? 0 : above[i - distance] & 0xff;
      int up = above[i] & 0xff;
      int predicted =
          switch (filter) {
            case 1 -> left;
            case 2 -> up;
            case 3 -> (left + up) / 2;
            case 4 -> specified(left, up, corner);
            default -> 0;
          };
      out[i] = (byte) (row[i] - predicted);
    }
    return out;
  }

  /** PNG, 9.4. */
  private static int specified(int left, int up, int corner) {
    int guess = left + up - corner;
    int toLeft = Math.abs(guess - left);
    int toUp = Math.abs(guess - up);
    int toCorner = Math.abs(guess - corner);
    if (toLeft <= toUp && toLeft <= toCorner) {
      return left;
    }
    return toUp <= toCorner ? up : corner;
  }
}
