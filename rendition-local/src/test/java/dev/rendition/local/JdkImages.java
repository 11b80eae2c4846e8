package dev.rendition.local;

import dev.rendition.local.raster.Plane;
import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Iterator;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.ImageWriter;
import javax.imageio.spi.IIORegistry;
import javax.imageio.spi.ImageReaderSpi;
import javax.imageio.spi.ImageWriterSpi;
import javax.imageio.stream.ImageInputStream;

/** The JDK's own codecs, chosen by their package: an independent second opinion. */
public final class JdkImages {
  private JdkImages() {}

  public static ImageReader reader(String format) throws IOException {
    Iterator<ImageReaderSpi> all =
        IIORegistry.getDefaultInstance().getServiceProviders(ImageReaderSpi.class, true);
    while (all.hasNext()) {
      ImageReaderSpi spi = all.next();
      if (spi.getPluginClassName().startsWith("com.sun.imageio.plugins." + format + ".")) {
        return spi.createReaderInstance();
      }
    }
    throw new IllegalStateException("the JDK has no reader for " + format);
  }

  public static ImageWriter writer(String format) throws IOException {
    Iterator<ImageWriterSpi> all =
        IIORegistry.getDefaultInstance().getServiceProviders(ImageWriterSpi.class, true);
    while (all.hasNext()) {
      ImageWriterSpi spi = all.next();
      if (spi.getPluginClassName().startsWith("com.sun.imageio.plugins." + format + ".")) {
        return spi.createWriterInstance();
      }
    }
    throw new IllegalStateException("the JDK has no writer for " + format);
  }

  public static BufferedImage decode(String format, byte[] file) throws IOException {
    ImageReader reader = reader(format);
    try (ImageInputStream in = ImageIO.createImageInputStream(new ByteArrayInputStream(file))) {
      reader.setInput(in);
      return reader.read(0);
    } finally {
      reader.dispose();
    }
  }

  /** Returns the samples as stored: for JPEG without colour conversion. */
  public static Raster decodeRaster(String format, byte[] file) throws IOException {
    ImageReader reader = reader(format);
    try (ImageInputStream in = ImageIO.createImageInputStream(new ByteArrayInputStream(file))) {
      reader.setInput(in);
      return reader.readRaster(0, null);
    } finally {
      reader.dispose();
    }
  }

  /** Returns the peak signal to noise ratio in dB of one band against a plane of the same size. */
  public static double psnr(Raster raster, int band, Plane truth) {
    double sum = 0;
    for (int y = 0; y < truth.height(); y++) {
      for (int x = 0; x < truth.width(); x++) {
        double difference = raster.getSample(x, y, band) - truth.at(x, y);
        sum += difference * difference;
      }
    }
    double mean = sum / truth.width() / truth.height();
    return 10 * Math.log10(255 * 255 / Math.max(mean, 1e-6));
  }
}
