package dev.rendition.local.resample;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rendition.local.raster.Plane;
import org.junit.jupiter.api.Test;

class OrientationTest {
  @Test
  void takesAnUnknownValueForUpright() {
    assertThat(Orientation.of(0)).isEqualTo(Orientation.UPRIGHT);
    assertThat(Orientation.of(9)).isEqualTo(Orientation.UPRIGHT);
    for (int exif = 1; exif <= 8; exif++) {
      assertThat(Orientation.of(exif).exif()).isEqualTo(exif);
    }
  }

  @Test
  void findsAnUprightWindowOnTheStoredPicture() {
    Plane stored = Drawn.noise(30, 20, 6);
    Window upright = new Window(3, 5, 9, 7);
    for (Orientation orientation : Orientation.values()) {
      Plane expected = Drawn.crop(Drawn.upright(stored, orientation.exif()), 3, 5, 9, 7);
      Plane target = Plane.ofSize(9, 7);
      Window window = orientation.stored(upright, 30, 20);
      try (RowResampler rows =
          new RowResampler(30, 20, window, orientation, target, new Scratch())) {
        rows.rows(0, 20, stored.samples(), 0, 30);
      }
      assertThat(target.samples()).as(orientation.name()).isEqualTo(expected.samples());
    }
  }
}
