package dev.rendition.local.icc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rendition.local.raster.Plane;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class ToSrgbTest {
  private static ByteBuffer jdk(int colourSpace) {
    return ByteBuffer.wrap(ICC_Profile.getInstance(colourSpace).getData());
  }

  private static Plane ramp() {
    byte[] samples = new byte[256];
    IntStream.range(0, 256).forEach(i -> samples[i] = (byte) i);
    return new Plane(256, 1, samples);
  }

  @Test
  void theSrgbProfileOfTheJdkChangesNothing() {
    assertThat(ToSrgb.of(jdk(ColorSpace.CS_sRGB), 3).orElseThrow().identity()).isTrue();
  }

  @Test
  void linearLightIsEncodedByTheCurveOfSrgb() {
    List<Plane> planes = List.of(ramp(), ramp(), ramp());
    ToSrgb.of(jdk(ColorSpace.CS_LINEAR_RGB), 3).orElseThrow().apply(planes);
    int[] light = {0, 1, 26, 64, 128, 200, 255};
    int[] code = {0, 13, 90, 137, 188, 229, 255};
    for (Plane plane : planes) {
      for (int i = 0; i < light.length; i++) {
        assertThat(plane.at(light[i], 0))
            .as("light %d", light[i])
            .isBetween(code[i] - 1, code[i] + 1);
      }
    }
  }

  @Test
  void linearGreyIsEncodedLikeLinearColour() {
    Plane plane = ramp();
    ToSrgb.of(jdk(ColorSpace.CS_GRAY), 1).orElseThrow().apply(List.of(plane));
    assertThat(plane.at(128, 0)).isBetween(187, 189);
    assertThat(plane.at(255, 0)).isEqualTo(255);
  }

  @Test
  void aProfileForOtherPicturesIsPassedOver() {
    assertThat(ToSrgb.of(jdk(ColorSpace.CS_sRGB), 4)).isEmpty();
    assertThat(ToSrgb.of(jdk(ColorSpace.CS_sRGB), 1)).isEmpty();
    assertThat(ToSrgb.of(jdk(ColorSpace.CS_GRAY), 3)).isEmpty();
  }

  @Test
  void paperIsWhiteAndFullInkIsBlackWithoutAProfile() {
    byte[][] inks = {{0, -1}, {0, -1}, {0, -1}, {0, -1}};
    List<Plane> planes = IntStream.range(0, 4).mapToObj(c -> new Plane(2, 1, inks[c])).toList();
    ToSrgb.fromPlainCmyk().apply(planes);
    for (int c = 0; c < 3; c++) {
      assertThat(planes.get(c).at(0, 0)).isEqualTo(255);
      assertThat(planes.get(c).at(1, 0)).isZero();
    }
  }

  @Test
  void labOfWhiteGreyAndBlackHasNoColour() {
    byte[] l = {(byte) 255, (byte) 137, 0};
    byte[] a = {(byte) 128, (byte) 128, (byte) 128};
    byte[] b = a.clone();
    LabColours.toSrgb(l, a, b);
    assertThat(l).containsExactly(255, 128, 0);
    for (int i = 0; i < 3; i++) {
      assertThat((a[i] & 0xff) - (l[i] & 0xff)).isBetween(-1, 1);
      assertThat((b[i] & 0xff) - (l[i] & 0xff)).isBetween(-1, 1);
    }
  }

  @Property(tries = 2_000)
  void aDamagedProfileIsUsedOrPassedOver(
      @ForAll @Size(min = 1, max = 12) List<@IntRange(min = 0, max = 0xffffff) Integer> changes,
      @ForAll @IntRange(min = 0, max = 2) int which) {
    int[] spaces = {ColorSpace.CS_sRGB, ColorSpace.CS_GRAY, ColorSpace.CS_PYCC};
    byte[] profile = ICC_Profile.getInstance(spaces[which]).getData();
    for (int change : changes) {
      profile[(change >> 8) % profile.length] = (byte) change;
    }
    for (int channels : new int[] {1, 3, 4}) {
      List<Plane> planes = IntStream.range(0, channels).mapToObj(c -> ramp()).toList();
      ToSrgb.of(ByteBuffer.wrap(profile), channels).ifPresent(way -> way.apply(planes));
    }
  }
}
