package dev.rendition.local.jpeg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.rendition.local.JdkImages;
import dev.rendition.local.raster.Plane;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.plugins.jpeg.JPEGHuffmanTable;
import javax.imageio.plugins.jpeg.JPEGImageWriteParam;
import javax.imageio.plugins.jpeg.JPEGQTable;
import javax.imageio.stream.ImageOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Our file and libjpeg's of the same samples and quality are the same bytes. */
class JpegEncoderAgainstLibjpegTest {

  @ParameterizedTest
  @CsvSource({
    "BASELINE, STANDARD, 1", "BASELINE, STANDARD, 50", "BASELINE, STANDARD, 100",
    "BASELINE, OPTIMISED, 30", "BASELINE, OPTIMISED, 80", "BASELINE, OPTIMISED, 98",
    "PROGRESSIVE, OPTIMISED, 20", "PROGRESSIVE, OPTIMISED, 80", "PROGRESSIVE, OPTIMISED, 100"
  })
  void aGreyPictureCodesAsTheJdkCodesIt(
      JpegSettings.Layout layout, JpegSettings.Tables tables, int quality) throws Exception {
    JpegSettings settings = new JpegSettings(quality, JpegSubsampling.FULL, layout, tables);
    for (Plane plane :
        List.of(
            JpegPictures.drawn(1, 1, 1),
            JpegPictures.drawn(203, 131, 2),
            JpegPictures.smooth(640, 500, 3))) {
      byte[] ours = JpegEncoderTest.grey(settings, plane);

      // The JDK leaves out standard tables when it is told to use them.
      int marker =
          tables == JpegSettings.Tables.STANDARD
              ? 0xda
              : layout == JpegSettings.Layout.BASELINE ? 0xc0 : 0xc2;
      assertThat(from(marker, ours)).isEqualTo(from(marker, jdk(settings, plane)));
    }
  }

  @Test
  void aColourPictureCodesAsCjpegCodesIt(@TempDir Path folder) throws Exception {
    assumeTrue(hasCjpeg(), "cjpeg is not installed");
    Plane[] rgb = {
      JpegPictures.drawn(160, 96, 1),
      JpegPictures.drawn(160, 96, 2),
      JpegPictures.smooth(160, 96, 3)
    };
    Path ppm = folder.resolve("picture.ppm");
    writePpm(rgb, ppm);
    for (JpegSubsampling subsampling : JpegSubsampling.values()) {
      for (String mode : List.of("", "-optimize", "-progressive")) {
        for (int quality : new int[] {25, 80, 96}) {
          JpegSettings settings =
              new JpegSettings(
                  quality,
                  subsampling,
                  mode.equals("-progressive")
                      ? JpegSettings.Layout.PROGRESSIVE
                      : JpegSettings.Layout.BASELINE,
                  mode.isEmpty() ? JpegSettings.Tables.STANDARD : JpegSettings.Tables.OPTIMISED);

          byte[] ours = JpegEncoderTest.colour(settings, libjpegPlanes(rgb, subsampling));

          assertThat(ours).isEqualTo(cjpeg(ppm, settings, mode));
        }
      }
    }
  }

  private static byte[] jdk(JpegSettings settings, Plane plane) throws IOException {
    BufferedImage image =
        new BufferedImage(plane.width(), plane.height(), BufferedImage.TYPE_BYTE_GRAY);
    image.getRaster().setDataElements(0, 0, plane.width(), plane.height(), plane.samples());
    JPEGImageWriteParam param = new JPEGImageWriteParam(null);
    if (settings.layout() == JpegSettings.Layout.PROGRESSIVE) {
      param.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
    } else {
      param.setOptimizeHuffmanTables(settings.tables() == JpegSettings.Tables.OPTIMISED);
    }
    param.setEncodeTables(
        new JPEGQTable[] {new JPEGQTable(EncoderTables.quantisers(false, settings.quality()))},
        new JPEGHuffmanTable[] {JPEGHuffmanTable.StdDCLuminance},
        new JPEGHuffmanTable[] {JPEGHuffmanTable.StdACLuminance});
    ImageWriter writer = JdkImages.writer("jpeg");
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ImageOutputStream stream = ImageIO.createImageOutputStream(out)) {
      writer.setOutput(stream);
      writer.write(null, new IIOImage(image, null, null), param);
    } finally {
      writer.dispose();
    }
    return out.toByteArray();
  }

  /** Cuts off what precedes a marker: the JDK orders the segments before the frame otherwise. */
  private static byte[] from(int marker, byte[] file) {
    int at = 2;
    while (file[at + 1] != (byte) marker) {
      at += 2 + ((file[at + 2] & 0xff) << 8 | file[at + 3] & 0xff);
    }
    return Arrays.copyOfRange(file, at, file.length);
  }

  private static boolean hasCjpeg() {
    return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(":", -1))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, "cjpeg")));
  }

  private static byte[] cjpeg(Path ppm, JpegSettings settings, String mode) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                "cjpeg",
                "-baseline",
                "-dct",
                "int",
                "-quality",
                Integer.toString(settings.quality()),
                "-sample",
                settings.subsampling().across() + "x" + settings.subsampling().down()));
    if (!mode.isEmpty()) {
      command.add(mode);
    }
    command.add(ppm.toString());
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    byte[] file = process.getInputStream().readAllBytes();
    assertThat(process.waitFor()).isZero();
    return file;
  }

  private static void writePpm(Plane[] rgb, Path file) throws IOException {
    try (OutputStream out = Files.newOutputStream(file)) {
      String header = "P6\n" + rgb[0].width() + " " + rgb[0].height() + "\n255\n";
      out.write(header.getBytes(StandardCharsets.US_ASCII));
      byte[] pixels = new byte[3 * rgb[0].samples().length];
      for (int i = 0; i < pixels.length; i++) {
        pixels[i] = rgb[i % 3].samples()[i / 3];
      }
      out.write(pixels);
    }
  }

  /** BT.601 in 16 fraction bits, then means of neighbours with libjpeg's alternating bias. */
  private static Plane[] libjpegPlanes(Plane[] rgb, JpegSubsampling subsampling) {
    int width = rgb[0].width();
    int height = rgb[0].height();
    Plane[] full = {
      Plane.ofSize(width, height), Plane.ofSize(width, height), Plane.ofSize(width, height)
    };
    for (int i = 0; i < width * height; i++) {
      int r = rgb[0].samples()[i] & 0xff;
      int g = rgb[1].samples()[i] & 0xff;
      int b = rgb[2].samples()[i] & 0xff;
      full[0].samples()[i] = (byte) ((19_595 * r + 38_470 * g + 7_471 * b + 32_768) >> 16);
      full[1].samples()[i] = (byte) ((-11_059 * r - 21_709 * g + 32_768 * b + 8_421_375) >> 16);
      full[2].samples()[i] = (byte) ((32_768 * r - 27_439 * g - 5_329 * b + 8_421_375) >> 16);
    }
    return new Plane[] {full[0], means(full[1], subsampling), means(full[2], subsampling)};
  }

  private static Plane means(Plane full, JpegSubsampling subsampling) {
    int across = subsampling.across();
    int down = subsampling.down();
    Plane small = Plane.ofSize(full.width() / across, full.height() / down);
    for (int y = 0; y < small.height(); y++) {
      for (int x = 0; x < small.width(); x++) {
        int sum = 0;
        for (int i = 0; i < across * down; i++) {
          sum += full.at(x * across + i % across, y * down + i / across);
        }
        int bias = across * down == 4 ? 1 + x % 2 : across == 2 ? x % 2 : down - 1;
        small.samples()[y * small.width() + x] = (byte) ((sum + bias) / (across * down));
      }
    }
    return small;
  }
}
