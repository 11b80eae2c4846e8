package dev.rendition.benchmarks.picture;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.ImageOutputStream;

/**
 * Reads and writes with the codecs of the JDK, whatever plug-ins are on the class path; only what
 * the JDK does not know (WebP) is read by a plug-in.
 */
public final class Pictures {
  private static final String JDK = "com.sun.imageio.";

  private Pictures() {}

  /** Decodes a picture as it is stored. */
  public static BufferedImage read(byte[] bytes) throws IOException {
    try (ImageInputStream stream =
        ImageIO.createImageInputStream(new ByteArrayInputStream(bytes))) {
      ImageReader reader = jdksFirst(ImageIO.getImageReaders(stream));
      try {
        reader.setInput(stream);
        return reader.read(0);
      } finally {
        reader.dispose();
      }
    }
  }

  /** Writes a JPEG of quality 90 and 4:2:0. */
  public static byte[] jpeg(BufferedImage image, boolean progressive) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageWriter writer = jdksFirst(ImageIO.getImageWritersByFormatName("jpeg"));
    try (ImageOutputStream stream = ImageIO.createImageOutputStream(out)) {
      ImageWriteParam param = writer.getDefaultWriteParam();
      param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
      param.setCompressionQuality(0.9f);
      if (progressive) {
        param.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
      }
      writer.setOutput(stream);
      writer.write(null, new IIOImage(image, null, null), param);
    } finally {
      writer.dispose();
    }
    return out.toByteArray();
  }

  /** Writes a PNG. */
  public static byte[] png(BufferedImage image) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(image, "png", out);
    return out.toByteArray();
  }

  /** Writes the pixels as a binary PPM. */
  public static byte[] ppm(BufferedImage image) {
    int width = image.getWidth();
    int height = image.getHeight();
    byte[] head = ("P6\n" + width + " " + height + "\n255\n").getBytes(StandardCharsets.US_ASCII);
    byte[] bytes = new byte[head.length + 3 * width * height];
    System.arraycopy(head, 0, bytes, 0, head.length);
    int at = head.length;
    for (int pixel : image.getRGB(0, 0, width, height, null, 0, width)) {
      bytes[at++] = (byte) (pixel >> 16);
      bytes[at++] = (byte) (pixel >> 8);
      bytes[at++] = (byte) pixel;
    }
    return bytes;
  }

  /** Returns an opaque copy of another size, halved as long as that leaves enough. */
  public static BufferedImage scaled(BufferedImage image, int width, int height) {
    BufferedImage current = image;
    while (current.getWidth() / 2 > width && current.getHeight() / 2 > height) {
      current = draw(current, current.getWidth() / 2, current.getHeight() / 2);
    }
    return draw(current, width, height);
  }

  /**
   * Returns a picture of any size: a smaller copy, or as many copies side by side as it takes, so
   * that a large picture has as much detail per pixel as a photo has.
   */
  public static BufferedImage spread(BufferedImage image, int width, int height) {
    if (image.getWidth() >= width && image.getHeight() >= height) {
      return scaled(image, width, height);
    }
    BufferedImage sheet = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D pen = sheet.createGraphics();
    for (int y = 0; y < height; y += image.getHeight()) {
      for (int x = 0; x < width; x += image.getWidth()) {
        pen.drawImage(image, x, y, null);
      }
    }
    pen.dispose();
    return sheet;
  }

  private static BufferedImage draw(BufferedImage image, int width, int height) {
    BufferedImage copy = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D pen = copy.createGraphics();
    pen.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
    pen.drawImage(image, 0, 0, width, height, null);
    pen.dispose();
    return copy;
  }

  /**
   * Returns the JDK's codec; else one that is not TwelveMonkeys', whose lossy WebP reader is some
   * levels off.
   */
  private static <T> T jdksFirst(Iterator<T> found) throws IOException {
    List<T> all = new ArrayList<>();
    found.forEachRemaining(all::add);
    return all.stream()
        .min(Comparator.comparingInt(codec -> rank(codec.getClass().getName())))
        .orElseThrow(() -> new IOException("no codec for this picture"));
  }

  private static int rank(String name) {
    return name.startsWith(JDK) ? 0 : name.contains("twelvemonkeys") ? 2 : 1;
  }
}
