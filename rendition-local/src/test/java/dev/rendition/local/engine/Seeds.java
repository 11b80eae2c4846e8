package dev.rendition.local.engine;

import dev.rendition.local.gif.GifEncoder;
import dev.rendition.local.gif.GifSettings;
import dev.rendition.testkit.Charts;
import dev.rendition.testkit.Encoded;
import java.awt.Graphics2D;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Small sound sources of every format, to be damaged. */
final class Seeds {
  private static final int WIDTH = 40;
  private static final int HEIGHT = 30;

  private Seeds() {}

  static List<byte[]> png() {
    List<byte[]> seeds = new ArrayList<>();
    seeds.add(Encoded.png(Charts.photo(WIDTH, HEIGHT, 1)));
    seeds.add(Encoded.png(Charts.alphaEdge(WIDTH, HEIGHT)));
    seeds.add(written(drawn(BufferedImage.TYPE_BYTE_INDEXED), "png", false));
    seeds.add(written(drawn(BufferedImage.TYPE_BYTE_BINARY), "png", false));
    seeds.add(written(drawn(BufferedImage.TYPE_USHORT_GRAY), "png", false));
    seeds.add(written(drawn(BufferedImage.TYPE_INT_RGB), "png", true));
    return seeds;
  }

  static List<byte[]> gif() {
    return List.of(
        Encoded.gif(Charts.photo(WIDTH, HEIGHT, 1)),
        written(drawn(BufferedImage.TYPE_BYTE_BINARY), "gif", true),
        animation(),
        Bytes.gif(9, 9).whiteFrame(1, 1, 5, 5).whiteFrame(3, 2, 6, 7).u8(0x3b).done());
  }

  static List<byte[]> bmp() {
    List<byte[]> seeds = new ArrayList<>();
    for (int type :
        new int[] {
          BufferedImage.TYPE_3BYTE_BGR,
          BufferedImage.TYPE_BYTE_INDEXED,
          BufferedImage.TYPE_BYTE_BINARY,
          BufferedImage.TYPE_USHORT_565_RGB
        }) {
      seeds.add(written(drawn(type), "bmp", false));
    }
    // Runs of the same index, by the format's compression 1.
    Bytes runs = Bytes.bmp(8, 4, 8, 1, 256).zeros(1_024);
    for (int y = 0; y < 4; y++) {
      runs.u8(5, y, 0, 3, 1, 2, 3, 0, 0, 0);
    }
    seeds.add(runs.u8(0, 1).done());
    return seeds;
  }

  static List<byte[]> psd() {
    Bytes raw = Bytes.psd(3, 12, 9, 8, 3).u16(0);
    Bytes packed = Bytes.psd(1, 12, 9, 8, 1).u16(1);
    for (int y = 0; y < 9; y++) {
      packed.u16(7);
    }
    for (int y = 0; y < 9; y++) {
      raw.zeros(12).zeros(12).zeros(12);
      packed.u8(0xf9, y * 20, 3, 1, 2, 3, 4);
    }
    Bytes deep = Bytes.psd(4, 5, 4, 16, 4).u16(0).zeros(4 * 2 * 20);
    Bytes bitmap = Bytes.psd(1, 20, 4, 1, 0).u16(0).zeros(12);
    return List.of(raw.done(), packed.done(), deep.done(), bitmap.done());
  }

  /** Every sequence of bits is a picture for an arithmetic decoder, so noise is a sound body. */
  static List<byte[]> webp() {
    List<byte[]> seeds = new ArrayList<>();
    seeds.add(Samples.LOSSY_WEBP);
    Random random = new Random(5);
    for (int n = 0; n < 4; n++) {
      byte[] body = new byte[900];
      random.nextBytes(body);
      int first = 400;
      int tag = 1 << 4 | first << 5;
      Bytes frame =
          Bytes.little()
              .u8(tag & 0xff, tag >> 8 & 0xff, tag >> 16, 0x9d, 1, 0x2a)
              .u16(WIDTH + n, HEIGHT + n)
              .raw(body);
      byte[] bytes = frame.done();
      Bytes chunks = Bytes.little();
      if (n > 1) {
        int alpha = n == 2 ? 0x10 : 0;
        chunks.text("VP8X").u32(10).u8(alpha, 0, 0, 0, WIDTH + n - 1, 0, 0, HEIGHT + n - 1, 0, 0);
        if (n == 2) {
          int pixels = (WIDTH + n) * (HEIGHT + n);
          chunks.text("ALPH").u32(1 + pixels).u8(0).zeros(pixels + (pixels + 1) % 2);
        }
      }
      chunks.text("VP8 ").u32(bytes.length).raw(bytes).zeros(bytes.length % 2);
      seeds.add(Bytes.webp(chunks.done()));
    }
    return seeds;
  }

  static List<byte[]> tiff() {
    return List.of(
        written(drawn(BufferedImage.TYPE_INT_RGB), "tiff", false),
        written(drawn(BufferedImage.TYPE_BYTE_GRAY), "tiff", false),
        written(drawn(BufferedImage.TYPE_BYTE_BINARY), "tiff", false),
        Fixtures.tiff("webp"),
        Fixtures.tiff("webp-tiles"),
        Fixtures.tiff("logluv-32"),
        Fixtures.tiff("logluv-24"),
        Fixtures.tiff("logl-16"),
        Fixtures.tiff("fax"));
  }

  static List<byte[]> jpeg() {
    return List.of(
        Encoded.jpeg(Charts.photo(WIDTH, HEIGHT, 1), 0.8),
        written(drawn(BufferedImage.TYPE_BYTE_GRAY), "jpeg", true),
        written(drawn(BufferedImage.TYPE_INT_RGB), "jpeg", true),
        Fixtures.jpeg("sequential"),
        Fixtures.jpeg("progressive"),
        Fixtures.jpeg("conditioned"));
  }

  /** ICC profiles of the Java runtime, and one of tables put together by hand. */
  static List<byte[]> icc() {
    List<byte[]> seeds = new ArrayList<>();
    for (int space : new int[] {ColorSpace.CS_sRGB, ColorSpace.CS_GRAY, ColorSpace.CS_LINEAR_RGB}) {
      seeds.add(ICC_Profile.getInstance(space).getData());
    }
    seeds.add(tables("CMYK", 4));
    seeds.add(tables("RGB ", 3));
    return seeds;
  }

  /** Returns a profile whose only way is a table of two nodes a side (ICC.1:2022, 10.10). */
  private static byte[] tables(String space, int inputs) {
    int nodes = 1 << inputs;
    int size = 48 + 256 * inputs + 3 * nodes + 256 * 3;
    Bytes profile = Bytes.big().u32(128 + 4 + 12 + size).zeros(4).u32(0x02400000).text("prtr");
    profile.text(space).text("Lab ").zeros(12).text("acsp").zeros(88);
    profile.u32(1).text("A2B0").u32(144, size);
    profile.text("mft1").zeros(4).u8(inputs, 3, 2, 0).u32(65_536, 0, 0, 0, 65_536, 0, 0, 0, 65_536);
    for (int i = 0; i < 256 * inputs; i++) {
      profile.u8(i & 255);
    }
    for (int i = 0; i < 3 * nodes; i++) {
      profile.u8(i * 5 & 255);
    }
    for (int i = 0; i < 256 * 3; i++) {
      profile.u8(i & 255);
    }
    return profile.done();
  }

  private static byte[] animation() {
    try {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      GifEncoder encoder = GifEncoder.of(WIDTH, HEIGHT, GifSettings.DEFAULT, out);
      for (int n = 1; n <= 3; n++) {
        byte[] png = Encoded.png(Charts.photo(WIDTH, HEIGHT, n));
        SourceBytes source = SourceBytes.of(png);
        Picture picture = SourceReader.read(source, SourceProbe.probe(source), Cancellation.NONE);
        encoder.add(picture.allPlanes(), n);
      }
      encoder.finish();
      return out.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static BufferedImage drawn(int type) {
    BufferedImage image = new BufferedImage(WIDTH, HEIGHT, type);
    Graphics2D pen = image.createGraphics();
    pen.drawImage(Charts.photo(WIDTH, HEIGHT, 2), 0, 0, null);
    pen.dispose();
    return image;
  }

  private static byte[] written(BufferedImage image, String format, boolean progressive) {
    ImageWriter writer = ImageIO.getImageWritersByFormatName(format).next();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (MemoryCacheImageOutputStream stream = new MemoryCacheImageOutputStream(out)) {
      ImageWriteParam param = writer.getDefaultWriteParam();
      if (progressive) {
        param.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
      }
      writer.setOutput(stream);
      writer.write(null, new IIOImage(image, null, null), param);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      writer.dispose();
    }
    return out.toByteArray();
  }
}
