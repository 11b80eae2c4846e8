package dev.rendition.testkit;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Iterator;
import java.util.List;
import javax.imageio.IIOImage;
import javax.imageio.ImageReader;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.spi.IIORegistry;
import javax.imageio.spi.ImageReaderSpi;
import javax.imageio.spi.ImageWriterSpi;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * Turns pictures into files and back with the JDK's own writers and readers, whatever plug-ins are
 * installed: the second opinion a test needs.
 */
public final class Encoded {
  private static final String JDK = "com.sun.imageio.";

  private Encoded() {}

  /**
   * Encodes to JPEG (baseline, 4:2:0). Transparency is lost on white.
   *
   * @param quality 0.0 to 1.0 as the JDK's writer takes it
   */
  public static byte[] jpeg(BufferedImage image, double quality) {
    BufferedImage opaque =
        new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_INT_RGB);
    Graphics2D pen = opaque.createGraphics();
    pen.drawImage(image, 0, 0, Color.WHITE, null);
    pen.dispose();
    return write(opaque, "jpeg", quality);
  }

  /** Encodes to JPEG as the picture is, grey as grey. */
  static byte[] jpegAsDrawn(BufferedImage image) {
    return write(image, "jpeg", 0.9);
  }

  /** Encodes to PNG, without loss. */
  public static byte[] png(BufferedImage image) {
    return write(image, "png", -1);
  }

  /** Encodes to GIF; colours become those of the JDK's palette, alpha becomes yes or no. */
  public static byte[] gif(BufferedImage image) {
    return write(image, "gif", -1);
  }

  /**
   * Encodes without drawing first.
   *
   * @param quality as for {@link #jpeg}; less than 0 for the writer's own
   */
  private static byte[] write(BufferedImage image, String format, double quality) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      ImageWriter writer = writer(format);
      try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
        writer.setOutput(out);
        ImageWriteParam param = writer.getDefaultWriteParam();
        if (quality >= 0) {
          param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
          param.setCompressionQuality((float) quality);
        }
        writer.write(null, new IIOImage(image, null, null), param);
      } finally {
        writer.dispose();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static ImageWriter writer(String format) throws IOException {
    Iterator<ImageWriterSpi> all =
        IIORegistry.getDefaultInstance()
            .getServiceProviders(
                ImageWriterSpi.class,
                spi ->
                    spi instanceof ImageWriterSpi writer
                        && writer.getClass().getName().startsWith(JDK)
                        && List.of(writer.getFormatNames()).contains(format),
                true);
    if (!all.hasNext()) {
      throw new IOException("this JDK has no writer of its own for " + format);
    }
    return all.next().createWriterInstance();
  }

  /**
   * Decodes the first picture of a JPEG, PNG, GIF or BMP file as it is stored: EXIF orientation is
   * not applied.
   *
   * @throws AssertionError if the JDK cannot
   */
  public static BufferedImage decode(byte[] file) {
    Iterator<ImageReaderSpi> all =
        IIORegistry.getDefaultInstance()
            .getServiceProviders(
                ImageReaderSpi.class, spi -> spi.getClass().getName().startsWith(JDK), true);
    while (all.hasNext()) {
      ImageReaderSpi spi = all.next();
      try (ImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(file))) {
        if (spi.canDecodeInput(in)) {
          in.seek(0);
          ImageReader reader = spi.createReaderInstance();
          try {
            reader.setInput(in);
            return reader.read(0);
          } finally {
            reader.dispose();
          }
        }
      } catch (IOException | RuntimeException e) {
        throw new AssertionError("the JDK cannot decode these " + file.length + " bytes", e);
      }
    }
    throw new AssertionError("the JDK has no reader for these " + file.length + " bytes");
  }

  /**
   * Says in a JPEG file how it is to be turned: puts an EXIF segment (CIPA DC-008, section 4.5.4)
   * with the one tag 0x0112 behind the file's first two bytes.
   *
   * @param orientation 1 to 8; see {@link Orientations}
   */
  public static byte[] withOrientation(byte[] jpeg, int orientation) {
    if (orientation < 1 || orientation > 8) {
      throw new IllegalArgumentException("an orientation is 1 to 8, was " + orientation);
    }
    if (jpeg.length < 2 || jpeg[0] != (byte) 0xff || jpeg[1] != (byte) 0xd8) {
      throw new IllegalArgumentException("these bytes are no JPEG file");
    }
    // "Exif", a big-endian TIFF header, one entry of type SHORT, no next IFD.
    ByteBuffer exif = ByteBuffer.allocate(32);
    exif.put(new byte[] {'E', 'x', 'i', 'f', 0, 0, 'M', 'M', 0, 42}).putInt(8);
    exif.putShort((short) 1).putShort((short) 0x0112).putShort((short) 3).putInt(1);
    exif.putShort((short) orientation).putShort((short) 0).putInt(0);
    return withSegment(jpeg, 0xe1, exif.array());
  }

  /**
   * Puts a segment behind a JPEG file's first two bytes.
   *
   * @param marker the second byte of the segment's marker
   * @param content at most 65533 bytes
   */
  static byte[] withSegment(byte[] jpeg, int marker, byte[] content) {
    ByteBuffer out = ByteBuffer.allocate(jpeg.length + 4 + content.length);
    out.put(jpeg, 0, 2);
    out.put((byte) 0xff).put((byte) marker).putShort((short) (2 + content.length)).put(content);
    return out.put(jpeg, 2, jpeg.length - 2).array();
  }
}
