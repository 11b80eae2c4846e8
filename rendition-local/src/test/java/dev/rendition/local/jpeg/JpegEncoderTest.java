package dev.rendition.local.jpeg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rendition.local.JdkImages;
import dev.rendition.local.raster.Plane;
import java.awt.image.Raster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class JpegEncoderTest {
  private static final JpegSettings BASELINE =
      JpegSettings.ofQuality(80).with(JpegSettings.Tables.STANDARD);

  @Property(tries = 300)
  void anyPictureDecodesElsewhereWithItsSizeAndCloseSamples(
      @ForAll @IntRange(min = 1, max = 70) int width,
      @ForAll @IntRange(min = 1, max = 70) int height,
      @ForAll @IntRange(min = 1, max = 100) int quality,
      @ForAll JpegSubsampling subsampling,
      @ForAll JpegSettings.Layout layout,
      @ForAll JpegSettings.Tables tables)
      throws Exception {
    JpegSettings settings = new JpegSettings(quality, subsampling, layout, tables);
    Plane[] planes = JpegPictures.colour(width, height, subsampling);

    Raster raster = JdkImages.decodeRaster("jpeg", colour(settings, planes));

    assertThat(raster.getWidth()).isEqualTo(width);
    assertThat(raster.getHeight()).isEqualTo(height);
    assertThat(raster.getNumBands()).isEqualTo(3);
    assertThat(JdkImages.psnr(raster, 0, planes[0]))
        .isGreaterThan(floor(planes[0], false, quality));
    if (subsampling == JpegSubsampling.FULL) {
      assertThat(JdkImages.psnr(raster, 1, planes[1]))
          .isGreaterThan(floor(planes[1], true, quality));
      assertThat(JdkImages.psnr(raster, 2, planes[2]))
          .isGreaterThan(floor(planes[2], true, quality));
    }
  }

  @Property(tries = 100)
  void noiseAndExtremesDecodeElsewhereAtEveryQuality(
      @ForAll @IntRange(min = 1, max = 40) int width,
      @ForAll @IntRange(min = 1, max = 40) int height,
      @ForAll @IntRange(min = 1, max = 100) int quality,
      @ForAll JpegSettings.Layout layout,
      @ForAll JpegSettings.Tables tables,
      @ForAll int seed)
      throws Exception {
    Plane grey = Plane.ofSize(width, height);
    int noise = seed;
    for (int i = 0; i < width * height; i++) {
      noise = noise * 1_664_525 + 1_013_904_223;
      grey.samples()[i] = noise < 0 ? (byte) 255 : 0;
    }

    byte[] file = grey(new JpegSettings(quality, JpegSubsampling.FULL, layout, tables), grey);

    Raster raster = JdkImages.decodeRaster("jpeg", file);
    assertThat(JdkImages.psnr(raster, 0, grey)).isGreaterThan(quality < 50 ? 4 : 7);
    if (quality == 100) {
      assertThat(JdkImages.psnr(raster, 0, grey)).isGreaterThan(45);
    }
  }

  @ParameterizedTest
  @EnumSource
  void onePixelIsAPicture(JpegSettings.Layout layout) throws Exception {
    Plane grey = new Plane(1, 1, new byte[] {77});

    Raster raster =
        JdkImages.decodeRaster("jpeg", grey(JpegSettings.ofQuality(95).with(layout), grey));

    assertThat(raster.getWidth()).isEqualTo(1);
    assertThat(raster.getHeight()).isEqualTo(1);
    assertThat(raster.getSample(0, 0, 0)).isBetween(76, 78);
  }

  @Test
  void tablesAndLayoutDoNotChangeThePixels() throws Exception {
    Plane[] planes = JpegPictures.colour(203, 97, JpegSubsampling.QUARTER);

    int[] standard = pixels(colour(BASELINE, planes));

    assertThat(pixels(colour(BASELINE.with(JpegSettings.Tables.OPTIMISED), planes)))
        .isEqualTo(standard);
    assertThat(pixels(colour(BASELINE.with(JpegSettings.Layout.PROGRESSIVE), planes)))
        .isEqualTo(standard);
  }

  @Test
  void optimisedTablesAndProgressionMakeTheFileSmaller() throws Exception {
    Plane[] planes = JpegPictures.colour(640, 480, JpegSubsampling.QUARTER);

    int standard = colour(BASELINE, planes).length;
    int optimised = colour(BASELINE.with(JpegSettings.Tables.OPTIMISED), planes).length;

    assertThat(optimised).isLessThan(standard);
    assertThat(colour(BASELINE.with(JpegSettings.Layout.PROGRESSIVE), planes).length)
        .isLessThan(standard);
  }

  @Test
  void anEncoderForgetsThePictureBefore() throws Exception {
    for (JpegSettings.Layout layout : JpegSettings.Layout.values()) {
      JpegSettings settings = BASELINE.with(layout).with(JpegSettings.Tables.OPTIMISED);
      JpegEncoder encoder = JpegEncoder.of(settings);
      Plane small = JpegPictures.drawn(33, 21, 4);
      encode(encoder, JpegPictures.drawn(700, 500, 3));

      assertThat(encode(encoder, small)).isEqualTo(grey(settings, small));
    }
  }

  @Test
  void markersComeInTheOrderOfJfif() throws Exception {
    byte[] file = colour(BASELINE, JpegPictures.colour(40, 30, JpegSubsampling.QUARTER));

    assertThat(markers(file))
        .containsExactly(0xd8, 0xe0, 0xdb, 0xdb, 0xc0, 0xc4, 0xc4, 0xc4, 0xc4, 0xda, 0xd9);
    assertThat(HexFormat.of().formatHex(file, 2, 20))
        .isEqualTo("ffe000104a46494600010100000100010000");
  }

  @Test
  void profilesAndSegmentsFollowTheJfifHeader() throws Exception {
    byte[] profile = new byte[150_000];
    for (int i = 0; i < profile.length; i++) {
      profile[i] = (byte) (i * 7 + i / 251);
    }
    byte[] note = "Exif\0\0note".getBytes(StandardCharsets.US_ASCII);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    JpegAttachments attachments = JpegAttachments.NONE.withSegment(1, note).withIccProfile(profile);

    JpegEncoder.of(BASELINE).encode(JpegPictures.drawn(20, 20, 1), attachments, out);

    byte[] file = out.toByteArray();
    assertThat(markers(file))
        .containsExactly(0xd8, 0xe0, 0xe1, 0xe2, 0xe2, 0xe2, 0xdb, 0xc0, 0xc4, 0xc4, 0xda, 0xd9);
    assertThat(iccOf(file)).isEqualTo(profile);
    assertThat(JdkImages.decodeRaster("jpeg", plain(file)).getWidth()).isEqualTo(20);
  }

  @Test
  void whatCannotBeWrittenIsRefusedWithTheValue() {
    Plane y = Plane.ofSize(15, 17);
    JpegEncoder encoder = JpegEncoder.of(BASELINE);
    ByteArrayOutputStream out = new ByteArrayOutputStream();

    assertThatThrownBy(() -> JpegSettings.ofQuality(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("quality must be 1..100, was 0");
    assertThatThrownBy(
            () ->
                encoder.encode(
                    y, Plane.ofSize(8, 9), Plane.ofSize(7, 9), JpegAttachments.NONE, out))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("cr must be 8 x 9 for QUARTER, was 7 x 9");
    assertThatThrownBy(() -> encoder.encode(Plane.ofSize(65_536, 1), JpegAttachments.NONE, out))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("65536 x 1");
    assertThatThrownBy(() -> JpegAttachments.NONE.withSegment(1, new byte[65_534]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("65534");
    assertThatThrownBy(() -> JpegAttachments.NONE.withSegment(0, new byte[1]))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> JpegAttachments.NONE.withIccProfile(new byte[0]))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(out.size()).isZero();
  }

  /**
   * The same digests on every JDK and machine. A change here changes every stored rendition: the
   * engine's output version must move with it.
   */
  @Test
  void theBytesAreTheSameEverywhere() throws Exception {
    Plane[] planes = JpegPictures.colour(333, 217, JpegSubsampling.QUARTER);

    assertThat(digest(colour(BASELINE, planes))).isEqualTo("865de30e3cb118b3");
    assertThat(digest(colour(BASELINE.with(JpegSettings.Tables.OPTIMISED), planes)))
        .isEqualTo("565be2be745b453a");
    assertThat(digest(colour(BASELINE.with(JpegSettings.Layout.PROGRESSIVE), planes)))
        .isEqualTo("9f1428093744fdd7");
    assertThat(digest(grey(BASELINE, planes[0]))).isEqualTo("70be9404b6444eca");
  }

  /**
   * The lowest PSNR that quantisation allows: no coefficient is off by more than half its divisor,
   * the transform keeps squares, and at worst all of a block's error lies in its visible part. One
   * more for the rounding of coefficients and samples.
   */
  private static double floor(Plane plane, boolean chroma, int quality) {
    double squares = 0;
    for (int quantiser : EncoderTables.quantisers(chroma, quality)) {
      squares += (quantiser / 2.0 + 1) * (quantiser / 2.0 + 1);
    }
    double blocks = (plane.width() + 7) / 8 * ((plane.height() + 7) / 8);
    return 10 * Math.log10(255 * 255 / (squares * blocks / plane.width() / plane.height()));
  }

  private static String digest(byte[] file) throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(file), 0, 8);
  }

  static byte[] colour(JpegSettings settings, Plane[] planes) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    JpegEncoder.of(settings).encode(planes[0], planes[1], planes[2], JpegAttachments.NONE, out);
    return out.toByteArray();
  }

  static byte[] grey(JpegSettings settings, Plane plane) throws IOException {
    return encode(JpegEncoder.of(settings), plane);
  }

  private static byte[] encode(JpegEncoder encoder, Plane plane) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    encoder.encode(plane, JpegAttachments.NONE, out);
    return out.toByteArray();
  }

  private static int[] pixels(byte[] file) throws IOException {
    Raster raster = JdkImages.decodeRaster("jpeg", file);
    return raster.getPixels(0, 0, raster.getWidth(), raster.getHeight(), (int[]) null);
  }

  /** Returns the markers of a file with one scan. */
  private static List<Integer> markers(byte[] file) {
    List<Integer> markers = new ArrayList<>();
    markers.add(file[1] & 0xff);
    int at = 2;
    while (markers.get(markers.size() - 1) != 0xda) {
      assertThat(file[at]).isEqualTo((byte) 0xff);
      markers.add(file[at + 1] & 0xff);
      at += 2 + ((file[at + 2] & 0xff) << 8 | file[at + 3] & 0xff);
    }
    for (; at < file.length - 1; at++) {
      if (file[at] == (byte) 0xff && file[at + 1] != 0) {
        markers.add(file[at + 1] & 0xff);
      }
    }
    return markers;
  }

  private static byte[] iccOf(byte[] file) {
    ByteArrayOutputStream profile = new ByteArrayOutputStream();
    int at = 2;
    int chunks = 0;
    while (file[at + 1] != (byte) 0xda) {
      int length = (file[at + 2] & 0xff) << 8 | file[at + 3] & 0xff;
      if (file[at + 1] == (byte) 0xe2) {
        assertThat(new String(file, at + 4, 12, StandardCharsets.US_ASCII))
            .isEqualTo("ICC_PROFILE\0");
        assertThat(file[at + 16]).isEqualTo((byte) ++chunks);
        assertThat(file[at + 17]).isEqualTo((byte) 3);
        profile.write(file, at + 18, length - 16);
      }
      at += 2 + length;
    }
    return profile.toByteArray();
  }

  /** Returns the file without APP1 and APP2, whose content here is not a real profile. */
  private static byte[] plain(byte[] file) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(file, 0, 2);
    int at = 2;
    while (file[at + 1] != (byte) 0xda) {
      int length = 2 + ((file[at + 2] & 0xff) << 8 | file[at + 3] & 0xff);
      if (file[at + 1] != (byte) 0xe1 && file[at + 1] != (byte) 0xe2) {
        out.write(file, at, length);
      }
      at += length;
    }
    out.write(file, at, file.length - at);
    return out.toByteArray();
  }
}
