package dev.rendition.local.engine;

import java.awt.image.Raster;
import java.io.IOException;
import javax.imageio.ImageReader;

/**
 * Reads JPEG samples as stored and gives them their colours by our own rules (JFIF 1.02; Adobe TN
 * 5116): no colour conversion of the Java runtime takes part.
 */
final class JpegReader {
  private JpegReader() {}

  static Picture read(SourceBytes source, SourceHeader header, Cancellation cancellation)
      throws IOException {
    JpegProbe probe = JpegProbe.readHeader(source);
    if (probe.arithmetic()) {
      return JpegWhole.read(source, header, cancellation);
    }
    if (header.colour().bits() != 8 && probe.process() != 3) {
      throw StepException.notSupported(
          "JPEG: " + header.colour().bits() + " bits per sample; save it with 8 bits");
    }
    Raster raster = raster(source, cancellation);
    if (raster.getNumBands() != probe.components()) {
      throw StepException.damaged(
          "JPEG: " + raster.getNumBands() + " components decoded of " + probe.components());
    }
    return colours(raster, probe, header);
  }

  private static Raster raster(SourceBytes source, Cancellation cancellation) throws IOException {
    ImageReader reader = ForeignReaders.jpeg();
    try (SourceStream stream = new SourceStream(source, cancellation)) {
      reader.addIIOReadProgressListener(new StopListener(cancellation));
      reader.setInput(stream, true, true);
      return reader.readRaster(0, null);
    } finally {
      reader.dispose();
    }
  }

  private static Picture colours(Raster raster, JpegProbe probe, SourceHeader header) {
    byte[] icc = SourceReader.bytes(header.iccProfile());
    return switch (probe.space()) {
      case GREY -> Rasters.copy(raster, Picture.Kind.GREY, icc);
      case RGB -> Rasters.copy(raster, Picture.Kind.RGB, icc);
      case YCBCR -> {
        Picture picture = Rasters.copy(raster, Picture.Kind.RGB, icc);
        YcbcrColours.toRgb(picture.planes());
        yield picture;
      }
      case CMYK, YCCK -> {
        Picture picture = Rasters.copy(raster, Picture.Kind.CMYK, icc);
        boolean ycck = probe.space() == ColourModel.Space.YCCK;
        if (ycck) {
          YcbcrColours.toRgb(picture.planes());
        }
        // YCCK holds 255 - C and so on as R, G, B; with an Adobe marker all inks are inverted.
        YcbcrColours.invert(picture.planes(), ycck, probe.adobe());
        yield picture;
      }
      default ->
          throw StepException.notSupported(
              "JPEG: " + probe.components() + " components; save it as RGB");
    };
  }
}
