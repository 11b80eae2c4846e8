package dev.rendition.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

class FixedClockTest {
  @Test
  void itStandsUntilItIsMoved() {
    FixedClock clock = FixedClock.at("2024-06-01T12:00:00Z");
    for (int i = 0; i < 3; i++) {
      assertThat(clock.instant()).isEqualTo("2024-06-01T12:00:00Z");
    }
    assertThat(clock.advance(Duration.ofMinutes(-5))).isEqualTo("2024-06-01T11:55:00Z");
    clock.set(Instant.EPOCH);
    assertThat(clock.millis()).isZero();
  }

  @Test
  void aClockOfAnotherZoneMovesAlong() {
    FixedClock clock = FixedClock.at(Instant.EPOCH);
    FixedClock other = clock.withZone(ZoneId.of("Asia/Tokyo"));
    clock.advance(Duration.ofSeconds(1));
    assertThat(other.instant()).isEqualTo("1970-01-01T00:00:01Z");
    assertThat(other.getZone()).isEqualTo(ZoneId.of("Asia/Tokyo"));
  }
}
