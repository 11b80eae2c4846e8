package dev.rendition.local.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.rendition.generate.FailureReason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class SourceProbeTest {
  private static SourceHeader probe(byte[] bytes) throws IOException {
    return SourceProbe.probe(SourceBytes.of(bytes));
  }

  private static StepException refusal(byte[] bytes) {
    return catchThrowableOfType(
        StepException.class, () -> SourceLimits.DEFAULT.check(probe(bytes)));
  }

  private static FailureReason reason(byte[] bytes) {
    return refusal(bytes).reason();
  }

  @Test
  void anEmptyFileIsOfNoFormat() {
    assertThatThrownBy(() -> probe(new byte[0]))
        .isInstanceOf(StepException.class)
        .hasMessage("0 bytes: the file is empty");
    assertThat(reason(new byte[0])).isEqualTo(FailureReason.FORMAT_UNKNOWN);
  }

  @Test
  void proseIsOfNoFormat() {
    byte[] text = "Dear editor, please find attached".getBytes(StandardCharsets.US_ASCII);
    assertThat(reason(text)).isEqualTo(FailureReason.FORMAT_UNKNOWN);
  }

  static Stream<Arguments> withoutDecoder() {
    return Stream.of(
        Arguments.of("AVIF", "\0\0\0\u0018ftypavif\0\0\0\0avifmif1"),
        Arguments.of("HEIC", "\0\0\0\u0018ftypheic\0\0\0\0mif1heic"),
        Arguments.of("JPEG XL", "\0\0\0\fJXL \r\n\u0087\n"),
        Arguments.of("JPEG 2000", "\0\0\0\fjP  \r\n\u0087\n"),
        Arguments.of("SVG", "<?xml version=\"1.0\"?><svg width=\"1\"/>"),
        Arguments.of("PDF", "%PDF-1.7 and so on"),
        Arguments.of("PNM", "P6 1 1 255 abc"));
  }

  @ParameterizedTest
  @MethodSource("withoutDecoder")
  void aKnownFormatWithoutADecoderIsNamed(String name, String head) {
    StepException refusal = refusal(head.getBytes(StandardCharsets.ISO_8859_1));
    assertThat(refusal.reason()).isEqualTo(FailureReason.FORMAT_NOT_SUPPORTED);
    assertThat(refusal).hasMessageStartingWith(name + ": no decoder is installed");
  }

  @Test
  void aPngTellsSizeBitsAndAlpha() throws IOException {
    SourceHeader header = probe(Bytes.png(7, 5, 16, 6).chunk("IDAT", new byte[9]).done());
    assertThat(header.format()).isEqualTo(SourceFormat.PNG);
    assertThat(header.width()).isEqualTo(7);
    assertThat(header.height()).isEqualTo(5);
    assertThat(header.colour()).isEqualTo(new ColourModel(ColourModel.Space.RGB, 16, false, true));
  }

  @Test
  void aPngOfFourGigapixelsIsRefusedFromItsHeader() {
    byte[] rows = new byte[6_000_000];
    byte[] big = Bytes.png(65_536, 65_536, 1, 0).chunk("IDAT", rows).done();
    assertThat(reason(big)).isEqualTo(FailureReason.LIMIT_EXCEEDED);
  }

  @Test
  void aPngWhosePixelsCannotLieInTheFileIsDamaged() {
    assertThat(reason(Bytes.png(9_000, 9_000, 8, 2).chunk("IDAT", new byte[10]).done()))
        .isEqualTo(FailureReason.SOURCE_DAMAGED);
  }

  @ParameterizedTest
  @CsvSource({"0,5", "5,0", "4294967295,4294967295"})
  void aPngOfAnImpossibleSizeIsRefused(long width, long height) {
    assertThat(reason(Bytes.png(width, height, 8, 2).chunk("IDAT", new byte[9]).done()))
        .isIn(FailureReason.SOURCE_DAMAGED, FailureReason.LIMIT_EXCEEDED);
  }

  @Test
  void aPngTellsTheOrientationOfItsExifBlock() throws IOException {
    byte[] exif = Bytes.tiff(new long[] {274, 3, 1, 6});
    SourceHeader header =
        probe(Bytes.png(7, 5, 8, 2).chunk("eXIf", exif).chunk("IDAT", new byte[9]).done());
    assertThat(header.orientation()).isEqualTo(6);
    assertThat(header.uprightWidth()).isEqualTo(5);
    assertThat(header.uprightHeight()).isEqualTo(7);
  }

  @Test
  void aProfileThatInflatesWithoutEndIsPassedOver() throws IOException {
    byte[] bomb = Bytes.deflate(new byte[20_000_000]);
    byte[] chunk = Bytes.big().text("x").u8(0, 0).raw(bomb).done();
    SourceHeader header =
        probe(Bytes.png(7, 5, 8, 2).chunk("iCCP", chunk).chunk("IDAT", new byte[9]).done());
    assertThat(header.iccProfile()).isEmpty();
    assertThat(header.warnings()).hasSize(1);
  }

  @Test
  void aJpegTellsItsColoursAndOrientation() throws IOException {
    byte[] exif = Bytes.tiff(new long[] {274, 3, 1, 8});
    byte[] app1 = Bytes.big().text("Exif\0\0").raw(exif).done();
    Bytes jpeg = Bytes.big().u8(0xff, 0xd8, 0xff, 0xe1).u16(app1.length + 2).raw(app1);
    byte[] rest = Bytes.jpeg(2, 8, 40, 30, 3).scan(3).u8(1, 2, 0xff, 0xd9).done();
    SourceHeader header =
        probe(jpeg.raw(java.util.Arrays.copyOfRange(rest, 2, rest.length)).done());
    assertThat(header.variant()).isEqualTo("progressive");
    assertThat(header.colour().space()).isEqualTo(ColourModel.Space.YCBCR);
    assertThat(header.orientation()).isEqualTo(8);
    assertThat(header.uprightWidth()).isEqualTo(30);
  }

  @Test
  void aJpegOfTooManyScansIsRefused() {
    Bytes jpeg = Bytes.jpeg(2, 8, 40, 30, 1);
    for (int i = 0; i < 101; i++) {
      jpeg.scan(1).u8(0x55);
    }
    assertThat(reason(jpeg.u8(0xff, 0xd9).done())).isEqualTo(FailureReason.LIMIT_EXCEEDED);
  }

  @Test
  void escapedBytesAndRestartsAreNoScans() throws IOException {
    byte[] jpeg =
        Bytes.jpeg(2, 8, 40, 30, 1).scan(1).u8(0xff, 0, 0xda, 0xff, 0xd0, 0xda, 0xff, 0xd9).done();
    assertThat(probe(jpeg).scans()).isEqualTo(1);
  }

  @Test
  void aJpegOfArithmeticCodingThatNobodyReadsIsNamed() {
    StepException refusal = refusal(Bytes.jpeg(11, 8, 40, 30, 1).scan(1).done());
    assertThat(refusal.reason()).isEqualTo(FailureReason.FORMAT_NOT_SUPPORTED);
    assertThat(refusal).hasMessageContaining("arithmetic");
    assertThat(refusal(Bytes.jpeg(9, 8, 40, 30, 4).scan(4).done())).hasMessageContaining("CMYK");
  }

  @ParameterizedTest
  @CsvSource({"0,30,3", "40,0,3", "40,30,0"})
  void aJpegWithoutPixelsIsDamaged(int width, int height, int components) {
    assertThat(reason(Bytes.jpeg(0, 8, width, height, components).scan(1).done()))
        .isEqualTo(FailureReason.SOURCE_DAMAGED);
  }

  @Test
  void aGifTellsCanvasAndPlacesOfItsFrames() throws IOException {
    byte[] gif = Bytes.gif(9, 8).whiteFrame(0, 0, 9, 8).whiteFrame(3, 2, 2, 1).u8(0x3b).done();
    SourceHeader header = probe(gif);
    assertThat(header.frames()).isEqualTo(2);
    assertThat(header.pixels()).isEqualTo(9 * 8 * 2);
    assertThat(header.frameBoxes())
        .containsExactly(new FrameBox(0, 0, 9, 8, 0), new FrameBox(3, 2, 2, 1, 0));
  }

  @Test
  void aGifScreenOfFourGigapixelsIsRefusedThoughItsFrameIsSmall() {
    assertThat(reason(Bytes.gif(65_535, 65_535).whiteFrame(0, 0, 1, 1).u8(0x3b).done()))
        .isEqualTo(FailureReason.LIMIT_EXCEEDED);
  }

  @Test
  void aGifOfManyFramesIsRefusedByTheSumOfTheirPixels() {
    Bytes gif = Bytes.gif(1_000, 1_000);
    for (int i = 0; i < 101; i++) {
      gif.whiteFrame(0, 0, 1, 1);
    }
    assertThat(reason(gif.u8(0x3b).done())).isEqualTo(FailureReason.LIMIT_EXCEEDED);
  }

  @Test
  void aGifWithoutFramesIsDamaged() {
    assertThat(reason(Bytes.gif(4, 4).u8(0x3b).done())).isEqualTo(FailureReason.SOURCE_DAMAGED);
  }

  @ParameterizedTest
  @CsvSource({
    "2147483647,6,24,0,0",
    "6,-2147483648,24,0,0",
    "6,6,8,0,4294967295",
    "43263,43263,8,1,0",
    "6,6,7,0,0"
  })
  void aHostileBmpIsRefused(int width, int height, int bits, int compression, long colours) {
    byte[] bmp = Bytes.bmp(width, height, bits, compression, colours).zeros(400).done();
    assertThat(reason(bmp)).isIn(FailureReason.SOURCE_DAMAGED, FailureReason.LIMIT_EXCEEDED);
  }

  @Test
  void aTopDownBmpHasAPositiveHeight() throws IOException {
    assertThat(probe(Bytes.bmp(2, -2, 24, 0, 0).zeros(16).done()).height()).isEqualTo(2);
  }

  @Test
  void aTiffTellsItsFirstDirectory() throws IOException {
    SourceHeader header =
        probe(
            Bytes.tiff(
                new long[] {256, 3, 1, 20},
                new long[] {257, 3, 1, 10},
                new long[] {258, 3, 1, 8},
                new long[] {262, 3, 1, 1},
                new long[] {273, 4, 1, 8},
                new long[] {274, 3, 1, 3}));
    assertThat(header.width()).isEqualTo(20);
    assertThat(header.height()).isEqualTo(10);
    assertThat(header.orientation()).isEqualTo(3);
    assertThat(header.colour().space()).isEqualTo(ColourModel.Space.GREY);
  }

  @Test
  void aTiffThatAnnouncesMoreStripsThanItHoldsIsDamaged() {
    assertThat(
            reason(
                Bytes.tiff(
                    new long[] {256, 3, 1, 20},
                    new long[] {257, 3, 1, 10},
                    new long[] {273, 4, 4_294_967_295L, 8})))
        .isEqualTo(FailureReason.SOURCE_DAMAGED);
  }

  /** One reader believes the first width, another the last. */
  @Test
  void aTiffOfTwoWidthsIsDamaged() {
    assertThat(
            reason(
                Bytes.tiff(
                    new long[] {256, 4, 1, 2_621_440},
                    new long[] {257, 3, 1, 30},
                    new long[] {256, 3, 1, 83},
                    new long[] {273, 4, 1, 8})))
        .isEqualTo(FailureReason.SOURCE_DAMAGED);
  }

  @Test
  void aTiffOfHugeTilesIsRefused() {
    assertThat(
            reason(
                Bytes.tiff(
                    new long[] {256, 3, 1, 20},
                    new long[] {257, 3, 1, 10},
                    new long[] {322, 4, 1, 1_000_000},
                    new long[] {323, 4, 1, 1_000_000},
                    new long[] {324, 4, 1, 8})))
        .isEqualTo(FailureReason.LIMIT_EXCEEDED);
  }

  @Test
  void pagesThatPointAtEachOtherAreCountedOnce() throws IOException {
    byte[] tiff =
        Bytes.tiff(new long[] {256, 3, 1, 2}, new long[] {257, 3, 1, 2}, new long[] {273, 4, 1, 8});
    tiff[8 + 2 + 36] = 8;
    assertThat(probe(tiff).frames()).isEqualTo(1);
  }

  @Test
  void aPsdTellsModeAndDepth() throws IOException {
    SourceHeader header = probe(Bytes.psd(4, 30, 20, 16, 4).done());
    assertThat(header.width()).isEqualTo(30);
    assertThat(header.colour().space()).isEqualTo(ColourModel.Space.CMYK);
    assertThat(header.colour().bits()).isEqualTo(16);
  }

  @Test
  void aPsdOfNineHundredMegapixelsIsRefused() {
    assertThat(reason(Bytes.psd(3, 30_000, 30_000, 8, 3).done()))
        .isEqualTo(FailureReason.LIMIT_EXCEEDED);
  }

  @Test
  void aWebpTellsItsCanvasAndFrames() throws IOException {
    byte[] frame = Bytes.little().u8(1, 0, 0, 2, 0, 0, 9, 0, 0, 4, 0, 0, 50, 0, 0, 0).done();
    byte[] chunks =
        Bytes.little()
            .text("VP8X")
            .u32(10)
            .u8(2, 0, 0, 0, 19, 0, 0, 14, 0, 0)
            .text("ANMF")
            .u32(frame.length)
            .raw(frame)
            .text("ANMF")
            .u32(frame.length)
            .raw(frame)
            .done();
    SourceHeader header = probe(Bytes.webp(chunks));
    assertThat(header.width()).isEqualTo(20);
    assertThat(header.height()).isEqualTo(15);
    assertThat(header.frames()).isEqualTo(2);
    assertThat(header.frameBoxes().get(0)).isEqualTo(new FrameBox(2, 4, 10, 5, 50));
  }

  @Test
  void aWebpCanvasOfManyGigapixelsIsRefused() {
    byte[] chunks =
        Bytes.little()
            .text("VP8X")
            .u32(10)
            .u8(2, 0, 0, 0, 255, 255, 255, 255, 255, 255)
            .text("ANMF")
            .u32(16)
            .zeros(16)
            .done();
    assertThat(reason(Bytes.webp(chunks))).isEqualTo(FailureReason.LIMIT_EXCEEDED);
  }

  @Test
  void aGifFrameFarLargerThanItsScreenIsRefused() {
    byte[] gif =
        Bytes.gif(1, 1)
            .whiteFrame(0, 0, 1, 1)
            .u8(0x2c, 0, 0, 0, 0, 255, 255, 255, 255, 0, 2, 1, 0, 0, 0x3b)
            .done();
    assertThat(reason(gif)).isEqualTo(FailureReason.LIMIT_EXCEEDED);
  }

  @Test
  void aWebpFrameBeyondItsCanvasIsDamaged() {
    byte[] frame = Bytes.little().zeros(6).u8(255, 255, 255, 255, 255, 255).zeros(4).done();
    byte[] chunks =
        Bytes.little()
            .text("VP8X")
            .u32(10)
            .u8(2, 0, 0, 0, 9, 0, 0, 9, 0, 0)
            .text("ANMF")
            .u32(frame.length)
            .raw(frame)
            .done();
    assertThat(reason(Bytes.webp(chunks))).isEqualTo(FailureReason.SOURCE_DAMAGED);
  }

  @Test
  void aTiffWhoseTagsAllPointAtTheSameDataIsRefusedBeforeTheyAreCopied() {
    Bytes tiff = Bytes.little().text("II").u16(42).u32(8).u16(203);
    tiff.u16(256, 3).u32(1, 4).u16(257, 3).u32(1, 4).u16(273, 4).u32(1, 8);
    for (int i = 0; i < 200; i++) {
      tiff.u16(50_000 + i, 1).u32(1_000_000, 8);
    }
    assertThat(reason(tiff.u32(0).zeros(1_000_000).done())).isEqualTo(FailureReason.LIMIT_EXCEEDED);
  }
}
