package dev.rendition.local.resample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class CascadeTest {
  @Test
  void makesEachFromTheNextLarger() {
    int[] widths = {200, 1_600, 800, 1_200, 400};
    int[] heights = {150, 1_200, 600, 900, 300};
    assertThat(Cascade.parents(widths, heights)).containsExactly(4, Cascade.SOURCE, 3, 1, 2);
  }

  @Test
  void passesOverANeighbourThatIsTooClose() {
    int[] widths = {1_000, 900, 800, 700};
    int[] heights = {500, 450, 400, 350};
    assertThat(Cascade.parents(widths, heights))
        .containsExactly(Cascade.SOURCE, Cascade.SOURCE, Cascade.SOURCE, 0);
  }

  @Test
  void wantsBothSidesLarger() {
    assertThat(Cascade.parents(new int[] {1_000, 500}, new int[] {100, 100}))
        .containsExactly(Cascade.SOURCE, Cascade.SOURCE);
    assertThatThrownBy(() -> Cascade.parents(new int[1], new int[2]))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
