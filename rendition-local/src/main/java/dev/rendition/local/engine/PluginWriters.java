package dev.rendition.local.engine;

import dev.rendition.generate.FailureReason;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import javax.imageio.IIOImage;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.spi.ImageWriterSpi;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * Writers of further encodings: ImageIO plug-ins on the class path, found as services of one class
 * loader and never registered anywhere. Safe for use by many threads.
 */
final class PluginWriters {
  private final List<ImageWriterSpi> writers = new ArrayList<>();

  PluginWriters(ClassLoader loader) {
    try {
      ServiceLoader.load(ImageWriterSpi.class, loader).forEach(writers::add);
    } catch (ServiceConfigurationError e) {
      throw new IllegalStateException(
          "an ImageIO writer on the class path cannot be loaded: " + e.getMessage(), e);
    }
  }

  /** Refuses a media type nobody can write. */
  void require(String mediaType) {
    find(mediaType);
  }

  /** Writes an upright sRGB picture with a quality of 1 to 100. */
  void write(Picture picture, String mediaType, int quality, OutputStream out) throws IOException {
    ImageWriter writer = find(mediaType).createWriterInstance();
    try (ImageOutputStream stream = new MemoryCacheImageOutputStream(out)) {
      ImageWriteParam param = writer.getDefaultWriteParam();
      if (param.canWriteCompressed()) {
        param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
        if (param.getCompressionTypes() != null && param.getCompressionType() == null) {
          param.setCompressionType(param.getCompressionTypes()[0]);
        }
        param.setCompressionQuality(quality / 100f);
      }
      writer.setOutput(stream);
      writer.write(null, new IIOImage(Images.image(picture), null, null), param);
    } catch (RuntimeException | LinkageError e) {
      throw new StepException(
          FailureReason.ENCODING_NOT_SUPPORTED, "the writer for " + mediaType + " failed: " + e, e);
    } finally {
      writer.dispose();
    }
  }

  private ImageWriterSpi find(String mediaType) {
    for (ImageWriterSpi writer : writers) {
      if (writer.getMIMETypes() != null && List.of(writer.getMIMETypes()).contains(mediaType)) {
        return writer;
      }
    }
    String advice =
        mediaType.equals("image/webp")
            ? "add the artifact com.github.usefulness:webp-imageio"
            : "add an ImageIO plug-in that writes it";
    throw new StepException(
        FailureReason.ENCODING_NOT_SUPPORTED,
        "there is no writer for " + mediaType + "; " + advice);
  }
}
