package dev.rendition.local.jpeg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JpegHandMadeTest {
  private static final int[] ONE = {1, 1};

  private static JpegStream colour() {
    return new JpegStream(45, 37, new int[] {2, 2}, ONE, ONE);
  }

  private static void assertExact(JpegStream stream, byte[] bytes) throws IOException {
    for (int scale : new int[] {1, 2, 4, 8}) {
      Decoded decoded = Decoded.of(bytes, scale);
      assertThat(decoded.result.warnings()).isEmpty();
      assertThat(decoded.result.share()).isEqualTo(1);
      for (int i = 0; i < stream.sampling.length; i++) {
        assertThat(
                Exact.largestDifference(decoded.planes.get(i), Exact.plane(stream, i, 8 / scale)))
            .as("plane %s at 1/%s", i, scale)
            .isLessThanOrEqualTo(1);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1, 1, 1, 1, 1",
    "2, 1, 1, 1, 1, 1",
    "1, 2, 1, 1, 1, 1",
    "2, 2, 1, 1, 1, 1",
    "4, 1, 1, 1, 1, 1",
    "3, 1, 1, 1, 1, 1",
    "3, 2, 2, 1, 1, 2",
    "2, 2, 1, 2, 2, 1",
    "1, 1, 2, 2, 2, 2",
    "4, 1, 2, 1, 2, 2",
    "1, 4, 1, 3, 1, 2",
    "4, 4, 3, 3, 1, 1",
  })
  void everySamplingFactorIsDecoded(int h1, int v1, int h2, int v2, int h3, int v3)
      throws IOException {
    JpegStream stream =
        new JpegStream(77, 59, new int[] {h1, v1}, new int[] {h2, v2}, new int[] {h3, v3});
    assertExact(stream, stream.build());
    assertExact(stream, stream.withScansApart().build());
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "8, 8", "9, 7", "1, 300", "2100, 3", "16, 17"})
  void everySizeIsDecoded(int width, int height) throws IOException {
    JpegStream stream = new JpegStream(width, height, new int[] {2, 1}, ONE, ONE);
    assertExact(stream, stream.build());
    JpegStream grey = new JpegStream(width, height, new int[] {2, 2});
    assertExact(grey, grey.build());
  }

  @Test
  void restartMarkersAndFillBytesAreDecoded() throws IOException {
    JpegStream stream = colour().withRestartInterval(2).withFillBytes(3);
    assertExact(stream, stream.build());
    assertExact(stream, stream.withScansApart().build());
  }

  @Test
  void quantisationTablesOfSixteenBitsAreDecoded() throws IOException {
    JpegStream stream = colour().withWideQuant();
    assertExact(stream, stream.build());
  }

  @Test
  void aHeightAfterTheFirstScanIsFound() throws IOException {
    JpegStream stream = colour().withHeightAfterFirstScan();
    assertThat(Decoded.of(stream.build(), 1).header.height()).isEqualTo(37);
    assertExact(stream, stream.build());
    assertExact(stream, stream.withScansApart().withRestartInterval(3).build());
  }

  @Test
  void garbageBetweenMarkersIsPassedOver() throws IOException {
    JpegStream stream = colour().withSegment(0xfe, "a comment").withSegment(0xed, "and more");
    byte[] bytes = stream.build();
    byte[] garbled = new byte[bytes.length + 5];
    System.arraycopy(bytes, 0, garbled, 0, 2);
    System.arraycopy(bytes, 2, garbled, 7, bytes.length - 2);
    assertExact(stream, garbled);
  }

  @Test
  void aMissingEndMarkerIsAWarningOrRefused() throws IOException {
    JpegStream stream = colour().withoutEndMarker();
    byte[] bytes = stream.build();
    Decoded decoded = Decoded.of(bytes, 1);
    assertThat(decoded.result.share()).isEqualTo(1);
    assertThat(decoded.result.warnings()).hasSize(1);
    assertThat(Exact.largestDifference(decoded.planes.get(0), Exact.plane(stream, 0, 8)))
        .isLessThanOrEqualTo(1);
    assertRefused(bytes);
  }

  @Test
  void aCutStreamGivesWhatWasThereAndGreyBelow() throws IOException {
    JpegStream stream = new JpegStream(64, 512, ONE);
    byte[] bytes = stream.build();
    byte[] cut = Arrays.copyOf(bytes, bytes.length * 3 / 4);
    Decoded decoded = Decoded.of(cut, 1);
    assertThat(decoded.result.share()).isBetween(0.4, 0.8);
    assertThat(decoded.result.warnings()).isNotEmpty();
    assertThat(decoded.planes.get(0).at(20, 511)).isEqualTo(128);
    assertThat(decoded.planes.get(0).at(20, 20))
        .isCloseTo(Exact.plane(stream, 0, 8).at(20, 20), org.assertj.core.data.Offset.offset(1));
    assertRefused(cut);
  }

  @Test
  void aDamagedIntervalLeavesTheOthersWhole() throws IOException {
    JpegStream stream = new JpegStream(64, 64, ONE).withRestartInterval(8);
    byte[] bytes = stream.build();
    int third = 0;
    for (int i = 0; i < bytes.length - 1; i++) {
      if (bytes[i] == (byte) 0xff && bytes[i + 1] == (byte) 0xd2) {
        third = i;
      }
    }
    byte[] missing = new byte[bytes.length - 2];
    System.arraycopy(bytes, 0, missing, 0, third);
    System.arraycopy(bytes, third + 2, missing, third, missing.length - third);
    Decoded decoded = Decoded.of(missing, 1);
    assertThat(decoded.result.warnings()).isNotEmpty();
    for (int y = 0; y < 64; y++) {
      if (y / 8 != 3) {
        assertThat(decoded.planes.get(0).at(9, y))
            .as("row %s", y)
            .isCloseTo(Exact.plane(stream, 0, 8).at(9, y), org.assertj.core.data.Offset.offset(1));
      }
    }
  }

  @Test
  void planesMayHaveScalesOfTheirOwn() throws IOException {
    JpegStream stream = colour();
    Decoded decoded = Decoded.of(stream.build(), 2, 1, 1);
    assertThat(decoded.planes.get(1).width()).isEqualTo(decoded.planes.get(0).width());
    assertThat(decoded.planes.get(1).height()).isEqualTo(decoded.planes.get(0).height());
    assertThat(Exact.largestDifference(decoded.planes.get(0), Exact.plane(stream, 0, 4)))
        .isLessThanOrEqualTo(1);
    assertThat(Exact.largestDifference(decoded.planes.get(2), Exact.plane(stream, 2, 8)))
        .isLessThanOrEqualTo(1);
  }

  @Test
  void cancellingEndsTheDecoding() throws IOException {
    JpegDecoder decoder =
        JpegDecoder.open(new ByteArrayInputStream(colour().build()), JpegLimits.DEFAULT);
    assertThatThrownBy(() -> decoder.decode(1, (p, f, c, s, o, t) -> {}, () -> true))
        .isInstanceOf(CancellationException.class);
  }

  @Test
  void usedScratchChangesNothing() throws IOException {
    DecoderScratch scratch = new DecoderScratch();
    byte[] cut = Arrays.copyOf(colour().build(), 900);
    JpegDecoder.open(new ByteArrayInputStream(cut), JpegLimits.DEFAULT, scratch)
        .decode(1, (p, f, c, s, o, t) -> {}, () -> false);
    byte[] fresh = new byte[45 * 37];
    byte[] reused = new byte[45 * 37];
    lumaInto(fresh, new DecoderScratch());
    lumaInto(reused, scratch);
    assertThat(reused).isEqualTo(fresh);
  }

  private static void lumaInto(byte[] out, DecoderScratch scratch) throws IOException {
    JpegDecoder.open(new ByteArrayInputStream(colour().build()), JpegLimits.DEFAULT, scratch)
        .decode(
            1,
            (plane, first, count, samples, offset, stride) -> {
              for (int row = 0; plane == 0 && row < count; row++) {
                System.arraycopy(samples, offset + row * stride, out, (first + row) * 45, 45);
              }
            },
            () -> false);
  }

  private static void assertRefused(byte[] bytes) {
    assertThatThrownBy(() -> Decoded.of(bytes, JpegLimits.DEFAULT.refusingDamage(), 1))
        .isInstanceOfSatisfying(
            JpegException.class, e -> assertThat(e.kind()).isEqualTo(JpegException.Kind.DAMAGED));
  }
}
