package dev.rendition.benchmarks.candidate;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;

/** Reads and writes with whatever ImageIO finds on the class path of this JVM. */
final class JdkCodec {
  private JdkCodec() {}

  static BufferedImage read(byte[] source) throws IOException {
    BufferedImage image = ImageIO.read(new ByteArrayInputStream(source));
    if (image == null) {
      throw new IOException("no reader for a source of " + source.length + " bytes");
    }
    return image;
  }

  static byte[] write(BufferedImage image, Target.Format format) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    String name =
        switch (format) {
          case JPEG -> "jpeg";
          case PNG -> "png";
          case WEBP -> "webp";
        };
    ImageWriter writer = ImageIO.getImageWritersByFormatName(name).next();
    try (ImageOutputStream stream = ImageIO.createImageOutputStream(out)) {
      ImageWriteParam param = writer.getDefaultWriteParam();
      if (format != Target.Format.PNG) {
        param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
        if (param.getCompressionType() == null) {
          param.setCompressionType(param.getCompressionTypes()[0]);
        }
        param.setCompressionQuality(Target.QUALITY / 100f);
      }
      writer.setOutput(stream);
      BufferedImage pixels = format == Target.Format.JPEG ? onWhite(image) : image;
      writer.write(null, new IIOImage(pixels, null, null), param);
    } finally {
      writer.dispose();
    }
    return out.toByteArray();
  }

  /** Returns the image itself if it is opaque, else a copy on white. */
  static BufferedImage onWhite(BufferedImage image) {
    if (!image.getColorModel().hasAlpha()) {
      return image;
    }
    BufferedImage copy =
        new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_INT_RGB);
    Graphics2D pen = copy.createGraphics();
    pen.drawImage(image, 0, 0, Color.WHITE, null);
    pen.dispose();
    return copy;
  }

  /** Returns the height that keeps the proportions of an image, halves up, 1 or more. */
  static int height(BufferedImage image, int width) {
    return Math.max(1, (int) Math.round((double) image.getHeight() * width / image.getWidth()));
  }
}
