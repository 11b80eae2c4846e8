package dev.rendition.local.jpeg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JpegHeaderTest {
  private static final int[] ONE = {1, 1};

  private static JpegHeader read(JpegStream stream) throws IOException {
    return JpegHeader.read(new ByteArrayInputStream(stream.build()), JpegLimits.DEFAULT);
  }

  private static JpegStream three() {
    return new JpegStream(30, 20, new int[] {2, 2}, ONE, ONE);
  }

  private static byte[] adobe(int transform) {
    return new byte[] {0, 100, 0, 0, 0, 0, (byte) transform};
  }

  @Test
  void theFrameIsTold() throws IOException {
    JpegHeader header = read(three().withRestartInterval(7));
    assertThat(header.width()).isEqualTo(30);
    assertThat(header.height()).isEqualTo(20);
    assertThat(header.precision()).isEqualTo(8);
    assertThat(header.process()).isEqualTo("baseline");
    assertThat(header.progressive()).isFalse();
    assertThat(header.restartInterval()).isEqualTo(7);
    assertThat(header.components()).contains(new JpegComponent(1, 2, 2)).hasSize(3);
    assertThat(header.unsupportedBecause()).isEmpty();
    assertThat(header.orientation()).isEqualTo(1);
    assertThat(header.profile()).isEmpty();
  }

  @Test
  void coloursFollowTheMarkersAndIds() throws IOException {
    byte[] jfif = {1, 2, 0, 0, 1, 0, 1, 0, 0};
    assertThat(read(three()).colour()).isEqualTo(JpegColour.YCBCR);
    assertThat(read(three().withIds('R', 'G', 'B')).colour()).isEqualTo(JpegColour.RGB);
    assertThat(read(three().withIds(0, 1, 2)).colour()).isEqualTo(JpegColour.YCBCR);
    assertThat(read(three().withSegment(0xee, "Adobe", adobe(0))).colour())
        .isEqualTo(JpegColour.RGB);
    assertThat(read(three().withIds('R', 'G', 'B').withSegment(0xee, "Adobe", adobe(1))).colour())
        .isEqualTo(JpegColour.YCBCR);
    assertThat(
            read(three().withSegment(0xe0, "JFIF\0", jfif).withSegment(0xee, "Adobe", adobe(0)))
                .colour())
        .isEqualTo(JpegColour.YCBCR);
    assertThat(read(new JpegStream(8, 8, ONE)).colour()).isEqualTo(JpegColour.GREY);
  }

  @Test
  void whatIsNotDecodedIsToldByTheHeader() throws IOException {
    JpegStream four = new JpegStream(8, 8, ONE, ONE, ONE, ONE);
    assertThat(read(four).colour()).isEqualTo(JpegColour.CMYK);
    assertThat(read(four).unsupportedBecause()).isPresent();
    assertThat(read(four.withSegment(0xee, "Adobe", adobe(2))).colour()).isEqualTo(JpegColour.YCCK);
    for (int marker : new int[] {0xc3, 0xc5, 0xc6, 0xc7, 0xcb, 0xcd, 0xce, 0xcf}) {
      JpegStream other = three().withFrameMarker(marker);
      assertThat(read(other).unsupportedBecause()).as("marker %x", marker).isPresent();
      assertThatThrownBy(() -> Decoded.of(other.build(), 1))
          .isInstanceOfSatisfying(
              JpegException.class,
              e -> assertThat(e.kind()).isEqualTo(JpegException.Kind.UNSUPPORTED));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "II, 6, 6",
    "MM, 6, 6",
    "II, 1, 1",
    "MM, 8, 8",
    "II, 0, 1",
    "MM, 9, 1",
    "XX, 6, 1",
  })
  void orientationIsReadInBothByteOrders(String order, int stored, int expected)
      throws IOException {
    boolean little = order.equals("II");
    byte[] tiff = new byte[26];
    tiff[0] = (byte) order.charAt(0);
    tiff[1] = (byte) order.charAt(1);
    put(tiff, 2, 42, 2, little);
    put(tiff, 4, 8, 4, little);
    put(tiff, 8, 1, 2, little);
    put(tiff, 10, 0x112, 2, little);
    put(tiff, 12, 3, 2, little);
    put(tiff, 14, 1, 4, little);
    put(tiff, 18, stored, 2, little);
    assertThat(read(three().withSegment(0xe1, "Exif\0\0", tiff)).orientation()).isEqualTo(expected);
    for (int length = 0; length < 20; length++) {
      byte[] cut = java.util.Arrays.copyOf(tiff, length);
      assertThat(read(three().withSegment(0xe1, "Exif\0\0", cut)).orientation()).isEqualTo(1);
    }
  }

  private static void put(byte[] to, int at, int value, int bytes, boolean little) {
    for (int i = 0; i < bytes; i++) {
      to[at + (little ? i : bytes - 1 - i)] = (byte) (value >> 8 * i);
    }
  }

  @Test
  void aProfileInPiecesIsJoinedInTheirOrder() throws IOException {
    JpegStream stream =
        three()
            .withSegment(0xe2, "ICC_PROFILE\0", (byte) 2, (byte) 2, (byte) 30)
            .withSegment(0xe2, "ICC_PROFILE\0", (byte) 1, (byte) 2, (byte) 10, (byte) 20);
    assertThat(read(stream).profile()).hasValue(new byte[] {10, 20, 30});
  }

  @Test
  void aProfileWithAMissingOrDoublePieceIsNone() throws IOException {
    JpegStream missing = three().withSegment(0xe2, "ICC_PROFILE\0", (byte) 1, (byte) 2, (byte) 9);
    assertThat(read(missing).profile()).isEmpty();
    JpegStream twice =
        three()
            .withSegment(0xe2, "ICC_PROFILE\0", (byte) 1, (byte) 2, (byte) 9)
            .withSegment(0xe2, "ICC_PROFILE\0", (byte) 1, (byte) 2, (byte) 9);
    assertThat(read(twice).profile()).isEmpty();
    assertThat(Decoded.of(twice.build(), 1).result.warnings()).hasSize(1);
  }

  @Test
  void limitsAreKept() {
    assertThatThrownBy(
            () ->
                JpegHeader.read(
                    new ByteArrayInputStream(three().build()),
                    JpegLimits.DEFAULT.withMaxPixels(599)))
        .isInstanceOfSatisfying(
            JpegException.class, e -> assertThat(e.kind()).isEqualTo(JpegException.Kind.OVER_LIMIT))
        .hasMessageContaining("30 x 20");
    JpegStream chatty = three().withSegment(0xe5, "x".repeat(2000));
    assertThatThrownBy(
            () ->
                JpegHeader.read(
                    new ByteArrayInputStream(chatty.build()),
                    new JpegLimits(1000, 10, 1000, false)))
        .isInstanceOf(JpegException.class);
  }

  @Test
  void bytesThatAreNoJpegAreNamedSo() {
    assertThatThrownBy(
            () -> JpegHeader.read(new ByteArrayInputStream(new byte[10]), JpegLimits.DEFAULT))
        .isInstanceOfSatisfying(
            JpegException.class,
            e -> assertThat(e.kind()).isEqualTo(JpegException.Kind.NOT_A_JPEG));
  }
}
