package dev.rendition.local.gif;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rendition.local.JdkImages;
import dev.rendition.local.raster.Plane;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.ImageInputStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.w3c.dom.NodeList;

class GifEncoderTest {

  @Property(tries = 200)
  void framesOfFewColoursComeBackExactlyFromAnotherDecoder(
      @ForAll @IntRange(min = 1, max = 40) int width,
      @ForAll @IntRange(min = 1, max = 40) int height,
      @ForAll @IntRange(min = 1, max = 6) int frameCount,
      @ForAll @IntRange(min = 1, max = 255) int colours,
      @ForAll @IntRange(min = 0, max = 10) int transparentTenths,
      @ForAll int seed)
      throws IOException {
    List<int[]> frames = new ArrayList<>();
    int noise = seed;
    for (int frame = 0; frame < frameCount; frame++) {
      int[] pixels = frame == 0 ? new int[width * height] : frames.get(frame - 1).clone();
      int changed = frame == 0 ? pixels.length : pixels.length / 3;
      for (int i = 0; i < changed; i++) {
        noise = noise * 1_664_525 + 1_013_904_223;
        int at = frame == 0 ? i : (noise >>> 4) % pixels.length;
        boolean transparent = (noise >>> 8) % 10 < transparentTenths;
        int colour = 0xff000000 | (noise >>> 12) % colours * 0x9e3779b1;
        pixels[at] = transparent ? 0 : colour;
      }
      frames.add(pixels);
    }

    byte[] file = encode(GifSettings.DEFAULT, width, height, frames);

    List<int[]> decoded = composited(file, width, height);
    assertThat(decoded).hasSize(frameCount);
    for (int frame = 0; frame < frameCount; frame++) {
      assertThat(decoded.get(frame)).as("frame %d", frame).isEqualTo(frames.get(frame));
    }
  }

  @Test
  void aFrameOf256OpaqueColoursIsExact() throws IOException {
    int[] pixels = new int[32 * 32];
    Arrays.setAll(pixels, i -> 0xff000000 | i % 256 * 0x010307);

    byte[] file = encode(GifSettings.DEFAULT, 32, 32, List.of(pixels));

    assertThat(composited(file, 32, 32).get(0)).isEqualTo(pixels);
  }

  @Test
  void longRunsAndNoiseFillTheCodeTableAndStartItAgain() throws IOException {
    int[] noisy = new int[300 * 200];
    int noise = 1;
    for (int i = 0; i < noisy.length; i++) {
      noise = noise * 1_664_525 + 1_013_904_223;
      noisy[i] = i % 300 < 40 ? 0xff102030 : 0xff000000 | (noise >>> 20) % 250;
    }

    byte[] file = encode(GifSettings.DEFAULT, 300, 200, List.of(noisy));

    assertThat(composited(file, 300, 200).get(0)).isEqualTo(noisy);
  }

  @Test
  void manyColoursBecomeTheNearestOfAPaletteMadeForThem() throws IOException {
    int[] pixels = gradient(200, 150);

    List<int[]> banded =
        composited(encode(new GifSettings(0, false), 200, 150, List.of(pixels)), 200, 150);
    List<int[]> dithered =
        composited(encode(new GifSettings(0, true), 200, 150, List.of(pixels)), 200, 150);

    assertThat(psnr(pixels, banded.get(0))).isGreaterThan(34);
    assertThat(psnr(pixels, dithered.get(0))).isGreaterThan(31);
    // Where dithering pays: means over 8 x 8 pixels come closer to the original.
    assertThat(psnr(means(pixels, 200, 150), means(dithered.get(0), 200, 150)))
        .isGreaterThan(psnr(means(pixels, 200, 150), means(banded.get(0), 200, 150)) + 3);
  }

  @Test
  void manyColoursBesideTransparencyKeepTheirOutline() throws IOException {
    int[] pixels = gradient(90, 70);
    for (int i = 0; i < pixels.length; i += 3) {
      pixels[i] = 0;
    }

    int[] decoded = composited(encode(GifSettings.DEFAULT, 90, 70, List.of(pixels)), 90, 70).get(0);

    for (int i = 0; i < pixels.length; i++) {
      assertThat(decoded[i] == 0).isEqualTo(pixels[i] == 0);
    }
  }

  @Test
  void alphaIsOpaqueFromTheMiddleOn() throws IOException {
    Plane grey = new Plane(4, 1, new byte[] {50, 50, 50, 50});
    Plane alpha = new Plane(4, 1, new byte[] {0, 127, (byte) 128, (byte) 255});
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    GifEncoder encoder = GifEncoder.of(4, 1, GifSettings.DEFAULT, out);

    encoder.add(List.of(grey, grey, grey, alpha), 0);
    encoder.finish();

    assertThat(composited(out.toByteArray(), 4, 1).get(0))
        .containsExactly(0, 0, 0xff323232, 0xff323232);
  }

  @Test
  void aSmallChangeCostsLittle() throws IOException {
    int[] first = gradient(200, 150);
    int[] second = first.clone();
    second[5] = 0xff123456;

    int one = encode(GifSettings.DEFAULT, 200, 150, List.of(first)).length;
    int two = encode(GifSettings.DEFAULT, 200, 150, List.of(first, second)).length;

    assertThat(two - one).isLessThan(80);
  }

  @Test
  void delaysAndRepeatsAreTold() throws IOException {
    int[] pixels = new int[6];
    int[] other = {0xff000001, 0xff000002, 0xff000003, 0xff000004, 0xff000005, 0xff000006};

    byte[] file = encode(new GifSettings(4, true), 3, 2, List.of(pixels, other, pixels));

    String text = new String(file, StandardCharsets.ISO_8859_1);
    int loop = text.indexOf("NETSCAPE2.0");
    assertThat(file[loop + 13]).isEqualTo((byte) 3);
    assertThat(delays(file)).containsExactly(7, 8, 9);
    assertThat(encode(new GifSettings(1, true), 3, 2, List.of(pixels, other)))
        .asString(StandardCharsets.ISO_8859_1)
        .doesNotContain("NETSCAPE");
    assertThat(encode(GifSettings.DEFAULT, 3, 2, List.of(pixels)))
        .asString(StandardCharsets.ISO_8859_1)
        .doesNotContain("NETSCAPE");
  }

  @Test
  void whatCannotBeWrittenIsRefusedWithTheValue() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    GifEncoder encoder = GifEncoder.of(3, 2, GifSettings.DEFAULT, out);
    Plane plane = Plane.ofSize(3, 2);

    assertThatThrownBy(() -> GifEncoder.of(65_536, 1, GifSettings.DEFAULT, out))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("65536 x 1");
    assertThatThrownBy(() -> encoder.add(List.of(plane), 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a GIF frame has 3 or 4 planes, was 1");
    assertThatThrownBy(() -> encoder.add(List.of(plane, plane, Plane.ofSize(2, 3)), 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("each plane must be 3 x 2, was 2 x 3");
    assertThatThrownBy(() -> encoder.add(List.of(plane, plane, plane), 65_536))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("delay must be 0..65535, was 65536");
    assertThatThrownBy(encoder::finish).isInstanceOf(IllegalStateException.class);
    assertThat(out.size()).isZero();
  }

  private static byte[] encode(GifSettings settings, int width, int height, List<int[]> frames)
      throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    GifEncoder encoder = GifEncoder.of(width, height, settings, out);
    int delay = 7;
    for (int[] frame : frames) {
      encoder.add(planes(frame, width, height), delay++);
    }
    encoder.finish();
    return out.toByteArray();
  }

  private static List<Plane> planes(int[] pixels, int width, int height) {
    List<Plane> planes = new ArrayList<>();
    for (int shift : new int[] {16, 8, 0, 24}) {
      Plane plane = Plane.ofSize(width, height);
      for (int i = 0; i < pixels.length; i++) {
        plane.samples()[i] = (byte) (pixels[i] >> shift);
      }
      planes.add(plane);
    }
    return planes;
  }

  /** Plays a file as a viewer does, with the frames and the metadata of the JDK's reader. */
  private static List<int[]> composited(byte[] file, int width, int height) throws IOException {
    List<int[]> pictures = new ArrayList<>();
    BufferedImage canvas = new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB);
    ImageReader reader = JdkImages.reader("gif");
    try (ImageInputStream in = ImageIO.createImageInputStream(new ByteArrayInputStream(file))) {
      reader.setInput(in);
      for (int i = 0; i < reader.getNumImages(true); i++) {
        BufferedImage frame = reader.read(i);
        IIOMetadataNode descriptor = node(reader, i, "ImageDescriptor");
        int left = Integer.parseInt(descriptor.getAttribute("imageLeftPosition"));
        int top = Integer.parseInt(descriptor.getAttribute("imageTopPosition"));
        Graphics2D graphics = canvas.createGraphics();
        graphics.drawImage(frame, left, top, null);
        graphics.dispose();
        pictures.add(canvas.getRGB(0, 0, width, height, null, 0, width));
        if (node(reader, i, "GraphicControlExtension")
            .getAttribute("disposalMethod")
            .equals("restoreToBackgroundColor")) {
          int[] nothing = new int[frame.getWidth() * frame.getHeight()];
          canvas.setRGB(
              left, top, frame.getWidth(), frame.getHeight(), nothing, 0, frame.getWidth());
        }
      }
    } finally {
      reader.dispose();
    }
    return pictures;
  }

  private static List<Integer> delays(byte[] file) throws IOException {
    List<Integer> delays = new ArrayList<>();
    ImageReader reader = JdkImages.reader("gif");
    try (ImageInputStream in = ImageIO.createImageInputStream(new ByteArrayInputStream(file))) {
      reader.setInput(in);
      for (int i = 0; i < reader.getNumImages(true); i++) {
        delays.add(
            Integer.valueOf(node(reader, i, "GraphicControlExtension").getAttribute("delayTime")));
      }
    } finally {
      reader.dispose();
    }
    return delays;
  }

  private static IIOMetadataNode node(ImageReader reader, int frame, String name)
      throws IOException {
    IIOMetadataNode root =
        (IIOMetadataNode) reader.getImageMetadata(frame).getAsTree("javax_imageio_gif_image_1.0");
    NodeList nodes = root.getElementsByTagName(name);
    return (IIOMetadataNode) nodes.item(0);
  }

  private static int[] gradient(int width, int height) {
    int[] pixels = new int[width * height];
    for (int i = 0; i < pixels.length; i++) {
      int x = i % width * 255 / width;
      int y = i / width * 255 / height;
      pixels[i] = 0xff000000 | x << 16 | y << 8 | (x + y) / 2;
    }
    return pixels;
  }

  /** Returns the means of blocks of 8 x 8 pixels. */
  private static int[] means(int[] pixels, int width, int height) {
    int[] means = new int[width / 8 * (height / 8)];
    for (int i = 0; i < means.length; i++) {
      int mean = 0;
      for (int shift = 16; shift >= 0; shift -= 8) {
        int sum = 32;
        for (int j = 0; j < 64; j++) {
          int x = i % (width / 8) * 8 + j % 8;
          int y = i / (width / 8) * 8 + j / 8;
          sum += pixels[y * width + x] >> shift & 0xff;
        }
        mean |= sum / 64 << shift;
      }
      means[i] = mean;
    }
    return means;
  }

  private static double psnr(int[] one, int[] other) {
    double sum = 0;
    for (int i = 0; i < one.length; i++) {
      for (int shift = 0; shift < 24; shift += 8) {
        double difference = (one[i] >> shift & 0xff) - (other[i] >> shift & 0xff);
        sum += difference * difference;
      }
    }
    return 10 * Math.log10(255 * 255 / Math.max(1e-6, sum / one.length / 3));
  }
}
