package dev.rendition.local.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rendition.local.raster.Plane;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Whatever the bytes are: a header or a reason, and pixels or a reason; never anything else. */
class SourceProbeProperties {
  private static final List<byte[]> SIGNATURES =
      List.of(
          new byte[] {-1, -40, -1},
          new byte[] {-119, 80, 78, 71, 13, 10, 26, 10, 0, 0, 0, 13, 73, 72, 68, 82},
          Bytes.big().text("GIF89a").done(),
          Bytes.big().text("BM").done(),
          Bytes.little().text("II").u16(42).u32(8).done(),
          Bytes.little().text("II").u16(43, 8, 0).u32(16, 0).done(),
          Bytes.big().text("8BPS").u16(1).zeros(6).done(),
          Bytes.big().text("RIFF\1\1\1\1WEBPVP8X").done());

  private static final List<byte[]> PICTURES =
      List.of(
          Bytes.blackPng(9, 7),
          Bytes.gif(9, 8).whiteFrame(0, 0, 9, 8).whiteFrame(3, 2, 2, 1).u8(0x3b).done(),
          Bytes.bmp(5, 5, 24, 0, 0).zeros(80).done(),
          Bytes.bmp(5, 5, 8, 1, 0).zeros(1024).u8(5, 1, 0, 0, 0, 2, 1, 1, 2, 1, 0, 1).done(),
          Bytes.psd(3, 4, 4, 8, 3).u16(0).zeros(48).done(),
          Bytes.jpeg(2, 8, 40, 30, 3).scan(3).u8(1, 2, 3, 0xff, 0xd9).done(),
          Bytes.tiff(
              new long[] {256, 3, 1, 4},
              new long[] {257, 3, 1, 4},
              new long[] {258, 3, 1, 8},
              new long[] {259, 3, 1, 1},
              new long[] {262, 3, 1, 1},
              new long[] {273, 4, 1, 8},
              new long[] {278, 3, 1, 4},
              new long[] {279, 4, 1, 16}),
          Samples.LOSSY_WEBP);

  @Property(tries = 3_000)
  void randomBytesBehindASignatureGiveAHeaderOrAReason(
      @ForAll("signatures") byte[] signature, @ForAll @Size(max = 300) byte[] rest)
      throws IOException {
    byte[] bytes = Arrays.copyOf(signature, signature.length + rest.length);
    System.arraycopy(rest, 0, bytes, signature.length, rest.length);
    headerOrReason(bytes);
  }

  @Property(tries = 1_000)
  void randomBytesGiveAReason(@ForAll byte[] bytes) throws IOException {
    headerOrReason(bytes);
  }

  @Property(tries = 4_000)
  void aChangedPictureGivesPixelsOrAReason(
      @ForAll("pictures") byte[] picture,
      @ForAll @Size(min = 1, max = 6) List<@IntRange(min = 0, max = 0xffffff) Integer> changes,
      @ForAll @IntRange(min = 0, max = 2_000) int cut)
      throws IOException {
    byte[] bytes =
        cut < picture.length ? Arrays.copyOf(picture, picture.length - cut / 4) : picture.clone();
    for (int change : changes) {
      if (bytes.length > 0) {
        bytes[(change >> 8) % bytes.length] = (byte) change;
      }
    }
    pixelsOrReason(bytes);
  }

  private static void headerOrReason(byte[] bytes) throws IOException {
    try {
      SourceHeader header = SourceProbe.probe(SourceBytes.of(bytes));
      assertThat(header.width()).isPositive();
      assertThat(header.height()).isPositive();
      assertThat(header.orientation()).isBetween(1, 8);
    } catch (StepException e) {
      assertThat(e.getMessage()).isNotBlank();
    }
  }

  private static void pixelsOrReason(byte[] bytes) throws IOException {
    SourceLimits limits = new SourceLimits(1_000_000, 1 << 20, 50, 50, 10_000, false);
    try {
      SourceBytes source = SourceBytes.of(bytes);
      SourceHeader header = SourceProbe.probe(source);
      limits.check(header);
      Picture picture = SrgbConversion.apply(SourceReader.read(source, header, Cancellation.NONE));
      assertThat(picture.width()).isEqualTo(header.width());
      assertThat(picture.planes()).allMatch(plane -> sameSize(plane, header));
    } catch (StepException e) {
      assertThat(e.getMessage()).isNotBlank();
    }
  }

  private static boolean sameSize(Plane plane, SourceHeader header) {
    return plane.width() == header.width() && plane.height() == header.height();
  }

  @Provide
  Arbitrary<byte[]> signatures() {
    return Arbitraries.of(SIGNATURES);
  }

  @Provide
  Arbitrary<byte[]> pictures() {
    return Arbitraries.of(PICTURES);
  }
}
