package dev.rendition.local.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rendition.generate.FailureReason;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Random;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Draws pictures, lets the writers of the JDK encode them, and reads them back. */
class SourceReaderTest {
  private static BufferedImage noise(int type, int width, int height) {
    BufferedImage image = new BufferedImage(width, height, type);
    Random random = new Random(42);
    for (int band = 0; band < image.getRaster().getNumBands(); band++) {
      int max = 1 << image.getSampleModel().getSampleSize(band);
      for (int y = 0; y < height; y++) {
        for (int x = 0; x < width; x++) {
          image.getRaster().setSample(x, y, band, random.nextInt(max));
        }
      }
    }
    return image;
  }

  private static byte[] encode(BufferedImage image, String format, boolean interlaced)
      throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageWriter writer = ImageIO.getImageWritersByFormatName(format).next();
    try (ImageOutputStream stream = new MemoryCacheImageOutputStream(out)) {
      writer.setOutput(stream);
      ImageWriteParam param = writer.getDefaultWriteParam();
      if (interlaced) {
        param.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
      }
      writer.write(null, new IIOImage(image, null, null), param);
    } finally {
      writer.dispose();
    }
    return out.toByteArray();
  }

  private static Picture read(byte[] bytes) throws IOException {
    SourceBytes source = SourceBytes.of(bytes);
    return SourceReader.read(source, SourceProbe.probe(source), Cancellation.NONE);
  }

  @ParameterizedTest
  @CsvSource({
    "5, png, false", "5, png, true", "6, png, false", "6, png, true", "10, png, false",
    "10, png, true", "12, png, false", "12, png, true", "13, png, true", "11, png, false",
    "5, bmp, false", "12, bmp, false", "13, bmp, false", "13, gif, true", "13, gif, false",
    "5, tiff, false", "6, tiff, false", "10, tiff, false", "11, tiff, false", "12, tiff, false"
  })
  void pixelsComeBackAsDrawn(int type, String format, boolean interlaced) throws IOException {
    BufferedImage image = noise(type, 37, 23);
    Picture picture = read(encode(image, format, interlaced));
    for (int y = 0; y < 23; y++) {
      for (int x = 0; x < 37; x++) {
        assertThat(argb(picture, x, y)).isEqualTo(expected(image, x, y));
      }
    }
  }

  /** Returns the samples as drawn; AWT's own conversion would brighten grey. */
  private static int expected(BufferedImage image, int x, int y) {
    int[] pixel = image.getRaster().getPixel(x, y, (int[]) null);
    return switch (image.getType()) {
      case BufferedImage.TYPE_BYTE_GRAY -> 0xff000000 | pixel[0] * 0x10101;
      case BufferedImage.TYPE_USHORT_GRAY -> 0xff000000 | (pixel[0] * 255 + 32_895 >> 16) * 0x10101;
      default -> image.getRGB(x, y);
    };
  }

  private static int argb(Picture picture, int x, int y) {
    int argb = picture.alpha().map(alpha -> alpha.at(x, y)).orElse(255);
    for (int c = 0; c < 3; c++) {
      argb = argb << 8 | picture.planes().get(picture.kind() == Picture.Kind.GREY ? 0 : c).at(x, y);
    }
    return argb;
  }

  @ParameterizedTest
  @CsvSource({"5, 6", "10, 2"})
  void aJpegComesBackNearlyAsDrawn(int type, int tolerance) throws IOException {
    BufferedImage image = new BufferedImage(40, 40, type);
    for (int y = 0; y < 40; y++) {
      for (int x = 0; x < 40; x++) {
        for (int band = 0; band < image.getRaster().getNumBands(); band++) {
          image.getRaster().setSample(x, y, band, 40 + 4 * x + (1 - band) * y);
        }
      }
    }
    Picture picture = read(encode(image, "jpeg", false));
    for (int y = 0; y < 40; y += 3) {
      for (int x = 0; x < 40; x += 3) {
        int[] pixel = image.getRaster().getPixel(x, y, (int[]) null);
        for (int c = 0; c < pixel.length; c++) {
          assertThat(Math.abs(picture.planes().get(c).at(x, y) - pixel[c]))
              .isLessThan(tolerance * 3);
        }
      }
    }
  }

  @Test
  void aLossyWebpOfOnePixelIsRead() throws IOException {
    Picture picture = read(Samples.LOSSY_WEBP);
    assertThat(picture.width()).isEqualTo(1);
    assertThat(picture.height()).isEqualTo(1);
  }

  @Test
  void aTruncatedPngIsDamaged() throws IOException {
    byte[] png = encode(noise(BufferedImage.TYPE_3BYTE_BGR, 100, 100), "png", false);
    byte[] half = java.util.Arrays.copyOf(png, png.length / 2);
    assertThatThrownBy(() -> read(half))
        .isInstanceOfSatisfying(
            StepException.class,
            e -> assertThat(e.reason()).isEqualTo(FailureReason.SOURCE_DAMAGED));
  }

  @Test
  void theFirstGifFrameIsPlacedOnItsCanvas() throws IOException {
    Picture picture = read(Bytes.gif(9, 8).whiteFrame(3, 2, 2, 1).u8(0x3b).done());
    assertThat(picture.width()).isEqualTo(9);
    assertThat(argb(picture, 3, 2)).isEqualTo(0xffffffff);
    assertThat(argb(picture, 2, 2) >>> 24).isZero();
  }

  @Test
  void gifFramesBuildUpOnTheCanvas() throws IOException {
    SourceBytes source =
        SourceBytes.of(
            Bytes.gif(9, 8).whiteFrame(0, 0, 1, 1).whiteFrame(3, 2, 2, 1).u8(0x3b).done());
    FrameReader frames = SourceReader.frames(source, SourceProbe.probe(source), Cancellation.NONE);
    frames.next();
    Picture second = frames.next().picture();
    assertThat(argb(second, 0, 0)).isEqualTo(0xffffffff);
    assertThat(argb(second, 4, 2)).isEqualTo(0xffffffff);
    assertThat(frames.hasNext()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"png", "bmp", "gif", "tiff", "jpeg"})
  void aStopReachesTheCallerAsItIs(String format) throws IOException {
    byte[] bytes = encode(noise(BufferedImage.TYPE_3BYTE_BGR, 400, 400), format, false);
    SourceBytes source = SourceBytes.of(bytes);
    SourceHeader header = SourceProbe.probe(source);
    Cancellation stop =
        () -> {
          throw new StepException(FailureReason.CANCELLED, "enough");
        };
    assertThatThrownBy(() -> SourceReader.read(source, header, stop)).hasMessage("enough");
  }

  @Test
  void aSourceThatCannotBeReadIsAnIoExceptionAndNoDamage() throws IOException {
    byte[] bytes = encode(noise(BufferedImage.TYPE_3BYTE_BGR, 40, 40), "tiff", false);
    SourceHeader header = SourceProbe.probe(SourceBytes.of(bytes));
    SourceBytes broken =
        new SourceBytes() {
          @Override
          public long length() {
            return bytes.length;
          }

          @Override
          public int read(long position, byte[] into, int offset, int count) throws IOException {
            throw new IOException("the disk is gone");
          }

          @Override
          public long heapBytes() {
            return 0;
          }

          @Override
          public void close() {}
        };
    assertThatThrownBy(() -> SourceReader.read(broken, header, Cancellation.NONE))
        .isExactlyInstanceOf(IOException.class)
        .hasMessage("the disk is gone");
  }
}
