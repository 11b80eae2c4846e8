package dev.rendition.lambda.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class KeptTest {
  @Test
  void theOldestGoWhenThereAreTooMany() {
    Kept<String> kept = new Kept<>(String::length);
    for (int i = 0; i <= Kept.MAX_COUNT; i++) {
      kept.add("r" + i);
    }
    assertThat(kept.all()).hasSize(Kept.MAX_COUNT).startsWith("r1").endsWith("r" + Kept.MAX_COUNT);
  }

  @Test
  void theOldestGoWhenTheyAreTooLongButTheLastStays() {
    Kept<Integer> kept = new Kept<>(length -> length);
    kept.add(1);
    kept.add((int) Kept.MAX_LENGTH);
    assertThat(kept.all()).containsExactly((int) Kept.MAX_LENGTH);
    kept.add((int) Kept.MAX_LENGTH + 1);
    assertThat(kept.all()).containsExactly((int) Kept.MAX_LENGTH + 1);
    kept.add(2);
    assertThat(kept.all()).containsExactly(2);
  }
}
