package dev.rendition.local.engine;

import com.twelvemonkeys.imageio.plugins.jpeg.JPEGImageReaderSpi;
import com.twelvemonkeys.imageio.plugins.tiff.TIFFImageReaderSpi;
import com.twelvemonkeys.imageio.plugins.webp.WebPImageReaderSpi;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import javax.imageio.ImageReader;
import javax.imageio.spi.IIORegistry;
import javax.imageio.spi.ImageReaderSpi;
import javax.imageio.spi.ServiceRegistry;

/**
 * Makes readers of TwelveMonkeys from their provider classes; the global registry of ImageIO is
 * neither asked for them nor changed.
 *
 * <p>One exception: the JPEG reader works on top of the JDK's own, whose class nobody may name. It
 * is looked up in the global registry by its name, read-only, and joined with the TwelveMonkeys
 * provider in a registry of our own that is thrown away.
 */
final class ForeignReaders {
  private static final String JDK_JPEG = "com.sun.imageio.plugins.jpeg.JPEGImageReaderSpi";

  private ForeignReaders() {}

  static ImageReader tiff() {
    return new TIFFImageReaderSpi().createReaderInstance(null);
  }

  static ImageReader webp() {
    return new WebPImageReaderSpi().createReaderInstance(null);
  }

  static ImageReader jpeg() throws IOException {
    ServiceRegistry own = new ServiceRegistry(List.<Class<?>>of(ImageReaderSpi.class).iterator());
    JPEGImageReaderSpi spi = new JPEGImageReaderSpi();
    own.registerServiceProvider(jdkJpeg(), ImageReaderSpi.class);
    own.registerServiceProvider(spi, ImageReaderSpi.class);
    return spi.createReaderInstance(null);
  }

  private static ImageReaderSpi jdkJpeg() {
    Iterator<ImageReaderSpi> all =
        IIORegistry.getDefaultInstance().getServiceProviders(ImageReaderSpi.class, false);
    while (all.hasNext()) {
      ImageReaderSpi spi = all.next();
      if (spi.getClass().getName().equals(JDK_JPEG)) {
        return spi;
      }
    }
    throw StepException.notSupported(
        "JPEG: this kind needs the JPEG reader of the Java runtime, which has been removed from its"
            + " ImageIO registry; put it back");
  }
}
