package dev.rendition.local.jpeg;

import dev.rendition.local.raster.Plane;
import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/** Pictures drawn here, written and read by the JDK's codec. */
final class DrawnJpegs {
  private DrawnJpegs() {}

  static byte[] of(int width, int height, boolean grey, boolean progressive, float quality)
      throws IOException {
    BufferedImage image =
        new BufferedImage(
            width, height, grey ? BufferedImage.TYPE_BYTE_GRAY : BufferedImage.TYPE_INT_RGB);
    Graphics2D g = image.createGraphics();
    g.setPaint(new GradientPaint(0, 0, new Color(250, 180, 20), width, height, Color.BLUE));
    g.fillRect(0, 0, width, height);
    g.setColor(Color.WHITE);
    for (int i = 0; i < 6; i++) {
      g.drawOval(i * 9, i * 5, width / 2, height / 2);
      g.fillRect(width - 12 * i, height / 3 + 9 * i, 7, 30);
    }
    g.dispose();
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
      ImageWriteParam param = writer.getDefaultWriteParam();
      param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
      param.setCompressionQuality(quality);
      if (progressive) {
        param.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
      }
      writer.setOutput(out);
      writer.write(null, new IIOImage(image, null, null), param);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }

  /** Returns the first plane as the JDK decodes it, no colours converted. */
  static Plane firstPlaneByJdk(byte[] stream) throws IOException {
    ImageReader reader = ImageIO.getImageReadersByFormatName("jpeg").next();
    try {
      reader.setInput(new MemoryCacheImageInputStream(new ByteArrayInputStream(stream)));
      Raster raster = reader.readRaster(0, null);
      Plane plane = Plane.ofSize(raster.getWidth(), raster.getHeight());
      int[] row = new int[plane.width()];
      for (int y = 0; y < plane.height(); y++) {
        raster.getSamples(0, y, plane.width(), 1, 0, row);
        for (int x = 0; x < row.length; x++) {
          plane.samples()[y * row.length + x] = (byte) row[x];
        }
      }
      return plane;
    } finally {
      reader.dispose();
    }
  }
}
