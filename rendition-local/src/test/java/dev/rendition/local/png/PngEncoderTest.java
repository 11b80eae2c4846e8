package dev.rendition.local.png;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rendition.local.JdkImages;
import dev.rendition.local.raster.Plane;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PngEncoderTest {

  @Property(tries = 400)
  void anyPictureComesBackExactlyFromAnotherDecoder(
      @ForAll @IntRange(min = 1, max = 70) int width,
      @ForAll @IntRange(min = 1, max = 70) int height,
      @ForAll @IntRange(min = 1, max = 4) int planeCount,
      @ForAll @IntRange(min = 1, max = 4096) int colours,
      @ForAll @IntRange(min = 0, max = 9) int level,
      @ForAll PngSettings.Filter filter,
      @ForAll int seed)
      throws IOException {
    List<Plane> planes = random(width, height, planeCount, colours, seed);

    byte[] file = encode(new PngSettings(level, filter), planes);

    assertSame(JdkImages.decode("png", file), planes);
    assertThat(chunkNames(file)).startsWith("IHDR", "sRGB").endsWith("IDAT", "IEND");
  }

  @ParameterizedTest
  @CsvSource({
    // planes, colours, opaque, bit depth, colour type: PNG, table 8
    "3, 1, true, 1, 3",
    "3, 2, true, 1, 3",
    "3, 3, true, 2, 3",
    "3, 5, true, 4, 3",
    "3, 16, true, 4, 3",
    "3, 17, true, 8, 3",
    "3, 256, true, 8, 3",
    "3, 257, true, 8, 2",
    "4, 256, false, 8, 3",
    "4, 257, false, 8, 6",
    "4, 300, true, 8, 2",
    "1, 16, true, 4, 3",
    "1, 200, true, 8, 0",
    "2, 200, false, 8, 3",
    "2, 300, false, 8, 4"
  })
  void thePictureIsStoredInItsSmallestForm(
      int planeCount, int colours, boolean opaque, int bitDepth, int colourType)
      throws IOException {
    List<Plane> planes = counted(planeCount, colours, opaque);

    byte[] file = encode(PngSettings.DEFAULT, planes);

    assertThat(file[24]).isEqualTo((byte) bitDepth);
    assertThat(file[25]).isEqualTo((byte) colourType);
    assertSame(JdkImages.decode("png", file), planes);
  }

  @Test
  void equalColourPlanesBecomeGrey() throws IOException {
    Plane grey = random(40, 30, 1, 256, 7).get(0);

    byte[] file = encode(PngSettings.DEFAULT, List.of(grey, grey, grey));

    assertThat(file[25]).isZero();
  }

  @Test
  void onlyTransparentPaletteEntriesAreInTheTransparencyChunk() throws IOException {
    Plane red = new Plane(3, 1, new byte[] {10, 20, 30});
    Plane alpha = new Plane(3, 1, new byte[] {-1, 0, -1});

    byte[] file = encode(PngSettings.DEFAULT, List.of(red, red, red, alpha));

    assertThat(chunkNames(file)).containsExactly("IHDR", "sRGB", "PLTE", "tRNS", "IDAT", "IEND");
    int transparency = new String(file, StandardCharsets.ISO_8859_1).indexOf("tRNS");
    assertThat(ByteBuffer.wrap(file).getInt(transparency - 4)).isEqualTo(1);
  }

  @Test
  void codedDataComesInChunksOfBoundedSize() throws IOException {
    byte[] file =
        encode(new PngSettings(0, PngSettings.Filter.NONE), random(300, 200, 4, 1 << 24, 3));

    List<String> names = chunkNames(file);

    assertThat(names.stream().filter("IDAT"::equals).count()).isGreaterThan(6);
  }

  @Test
  void aSmoothPictureTakesFewerBytesThanTheJdkWrites() throws IOException {
    List<Plane> planes = smooth(320, 240);

    int ours = encode(PngSettings.DEFAULT, planes).length;

    assertThat(ours).isLessThan(jdkSize(planes));
  }

  @Test
  void aTrialFindsTheFilterThatSuitsThePicture() throws IOException {
    List<Plane> photo = smooth(320, 240);
    List<Plane> drawing = planes(320, 240, 3);
    for (int i = 0; i < 320 * 240; i++) {
      int cell = i % 320 / 20 * 12 + i / 320 / 20;
      int stripe = i / 320 % 20 == 7 ? i % 20 * 9 : 0;
      drawing.get(0).samples()[i] = (byte) (cell * 37 + stripe);
      drawing.get(1).samples()[i] = (byte) (cell * 91);
      drawing.get(2).samples()[i] = (byte) (cell * 53 - stripe);
    }

    for (List<Plane> picture : List.of(photo, drawing)) {
      int none = encode(new PngSettings(6, PngSettings.Filter.NONE), picture).length;
      int adaptive = encode(new PngSettings(6, PngSettings.Filter.ADAPTIVE), picture).length;

      assertThat(encode(new PngSettings(6, PngSettings.Filter.TRIED), picture).length)
          .isEqualTo(Math.min(none, adaptive));
    }
  }

  @Test
  void whatCannotBeWrittenIsRefusedWithTheValue() {
    PngEncoder encoder = PngEncoder.of(PngSettings.DEFAULT);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Plane plane = Plane.ofSize(3, 4);

    assertThatThrownBy(() -> encoder.encode(List.of(), out))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a PNG picture has 1..4 planes, was 0");
    assertThatThrownBy(() -> encoder.encode(List.of(plane, Plane.ofSize(4, 3)), out))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("all planes must be 3 x 4, one was 4 x 3");
    assertThatThrownBy(() -> encoder.encode(List.of(Plane.ofSize(1, (1 << 20) + 1)), out))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1 x 1048577");
    assertThatThrownBy(() -> new PngSettings(10, PngSettings.Filter.NONE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("level must be 0..9, was 10");
    assertThat(out.size()).isZero();
  }

  private static byte[] encode(PngSettings settings, List<Plane> planes) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PngEncoder.of(settings).encode(planes, out);
    return out.toByteArray();
  }

  /** Compares the stored components, so that no colour conversion of the JDK comes between. */
  private static void assertSame(BufferedImage image, List<Plane> planes) {
    Plane first = planes.get(0);
    assertThat(image.getWidth()).isEqualTo(first.width());
    assertThat(image.getHeight()).isEqualTo(first.height());
    boolean colour = planes.size() > 2;
    for (int y = 0; y < first.height(); y++) {
      for (int x = 0; x < first.width(); x++) {
        int alpha = planes.size() % 2 == 0 ? planes.get(planes.size() - 1).at(x, y) : 255;
        int expected =
            first.at(x, y) << 24
                | planes.get(colour ? 1 : 0).at(x, y) << 16
                | planes.get(colour ? 2 : 0).at(x, y) << 8
                | alpha;
        assertThat(rgba(image, x, y)).as("%d, %d", x, y).isEqualTo(expected);
      }
    }
  }

  private static int rgba(BufferedImage image, int x, int y) {
    ColorModel model = image.getColorModel();
    if (model instanceof IndexColorModel palette) {
      return Integer.rotateLeft(palette.getRGB(image.getRaster().getSample(x, y, 0)), 8);
    }
    int[] samples = image.getRaster().getPixel(x, y, (int[]) null);
    int bands = samples.length;
    int alpha = bands % 2 == 0 ? samples[bands - 1] : 255;
    return samples[0] << 24
        | samples[bands > 2 ? 1 : 0] << 16
        | samples[bands > 2 ? 2 : 0] << 8
        | alpha;
  }

  /** Returns the chunks' names and checks their checksums. */
  private static List<String> chunkNames(byte[] file) {
    List<String> names = new ArrayList<>();
    ByteBuffer in = ByteBuffer.wrap(file);
    assertThat(in.getLong()).isEqualTo(0x89504e470d0a1a0aL);
    while (in.hasRemaining()) {
      int length = in.getInt();
      CRC32 crc = new CRC32();
      crc.update(file, in.position(), length + 4);
      names.add(new String(file, in.position(), 4, StandardCharsets.US_ASCII));
      in.position(in.position() + 4 + length);
      assertThat(in.getInt()).isEqualTo((int) crc.getValue());
    }
    return names;
  }

  private static List<Plane> random(int width, int height, int count, int colours, int seed) {
    List<Plane> planes = planes(width, height, count);
    int noise = seed;
    for (int i = 0; i < width * height; i++) {
      noise = noise * 1_664_525 + 1_013_904_223;
      int colour = (noise >>> 8) % colours * 0x9e3779b1;
      for (int plane = 0; plane < count; plane++) {
        planes.get(plane).samples()[i] = (byte) (colour >>> (8 * plane));
      }
    }
    return planes;
  }

  /** Returns a picture with exactly so many colours. */
  private static List<Plane> counted(int count, int colours, boolean opaque) {
    List<Plane> planes = planes(20, 20, count);
    for (int i = 0; i < 400; i++) {
      int colour = i % colours;
      for (int plane = 0; plane < count; plane++) {
        planes.get(plane).samples()[i] = (byte) (plane == 1 ? colour >> 8 : colour);
      }
      if (count % 2 == 0) {
        byte alpha = (byte) (opaque ? 255 : count == 2 ? colour >> 8 : 255 - colour % 2);
        planes.get(count - 1).samples()[i] = alpha;
      }
    }
    return planes;
  }

  private static List<Plane> smooth(int width, int height) {
    List<Plane> planes = planes(width, height, 3);
    for (int i = 0; i < width * height; i++) {
      int x = i % width;
      int y = i / width;
      planes.get(0).samples()[i] = (byte) (x * x / 400 + y + i * 7919 % 5);
      planes.get(1).samples()[i] = (byte) (x / 2 + y / 3);
      planes.get(2).samples()[i] = (byte) (200 - y / 2 + i * 104_729 % 3);
    }
    return planes;
  }

  private static List<Plane> planes(int width, int height, int count) {
    List<Plane> planes = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      planes.add(Plane.ofSize(width, height));
    }
    return planes;
  }

  private static int jdkSize(List<Plane> planes) throws IOException {
    Plane first = planes.get(0);
    BufferedImage image =
        new BufferedImage(first.width(), first.height(), BufferedImage.TYPE_3BYTE_BGR);
    for (int i = 0; i < first.width() * first.height(); i++) {
      for (int band = 0; band < 3; band++) {
        image
            .getRaster()
            .setSample(
                i % first.width(), i / first.width(), band, planes.get(band).samples()[i] & 0xff);
      }
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageWriter writer = JdkImages.writer("png");
    try (ImageOutputStream stream = ImageIO.createImageOutputStream(out)) {
      writer.setOutput(stream);
      writer.write(image);
    } finally {
      writer.dispose();
    }
    return out.size();
  }
}
