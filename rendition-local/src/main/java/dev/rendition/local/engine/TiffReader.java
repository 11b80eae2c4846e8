package dev.rendition.local.engine;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.IOException;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import org.jspecify.annotations.Nullable;

/**
 * Reads the first page of a TIFF: WebP and LogLuv inside of it by our own code, everything else
 * through TwelveMonkeys, whose samples are taken as stored.
 */
final class TiffReader {
  private TiffReader() {}

  static Picture read(SourceBytes source, SourceHeader header, Cancellation cancellation)
      throws IOException {
    return switch (header.variant()) {
      case TiffProbe.WEBP -> TiffWebp.read(source, header, cancellation);
      case TiffProbe.LOG_LUV -> TiffLogLuv.read(source, header, cancellation);
      case TiffProbe.FAX -> fax(source, header, cancellation);
      default -> foreign(source, header, cancellation);
    };
  }

  /** The foreign reader gives up at the first wrong bit of a fax. */
  private static Picture fax(SourceBytes source, SourceHeader header, Cancellation cancellation)
      throws IOException {
    try {
      return foreign(source, header, cancellation);
    } catch (IOException e) {
      TiffDirectory directory = TiffDirectory.read(source);
      if (!TiffFax.takes(directory)) {
        throw e;
      }
      return TiffFax.read(source, header, directory, cancellation);
    }
  }

  private static Picture foreign(SourceBytes source, SourceHeader header, Cancellation cancellation)
      throws IOException {
    BufferedImage image;
    ImageReader reader = ForeignReaders.tiff();
    TiffLab lab = TiffLab.of(source, header);
    try (SourceStream stream = new SourceStream(lab.bytes(), cancellation)) {
      reader.addIIOReadProgressListener(new StopListener(cancellation));
      reader.setInput(stream, false, true);
      ImageReadParam param = reader.getDefaultReadParam();
      param.setDestinationType(reader.getRawImageType(0));
      image = reader.read(0, param);
    } finally {
      reader.dispose();
    }
    if (image.getWidth() != header.width() || image.getHeight() != header.height()) {
      throw StepException.damaged("TIFF: the decoded size is not that of the header");
    }
    return lab.isLab() ? lab.toSrgb(image) : picture(image, header);
  }

  private static Picture picture(BufferedImage image, SourceHeader header) {
    byte[] icc = SourceReader.bytes(header.iccProfile());
    ColorModel model = image.getColorModel();
    Raster raster = image.getRaster();
    if (model instanceof IndexColorModel indexed) {
      return indexed(indexed, raster, icc);
    }
    boolean alpha = model.hasAlpha() && raster.getNumBands() > model.getNumColorComponents();
    int type = model.getColorSpace().getType();
    Picture.Kind kind =
        switch (type) {
          case ColorSpace.TYPE_GRAY -> Picture.Kind.GREY;
          case ColorSpace.TYPE_CMYK -> Picture.Kind.CMYK;
          case ColorSpace.TYPE_RGB -> Picture.Kind.RGB;
          default -> throw StepException.notSupported("TIFF: colour space " + type);
        };
    Picture picture = Rasters.copy(raster, kind, alpha, icc);
    if (alpha && model.isAlphaPremultiplied()) {
      unmultiply(picture);
    }
    return picture;
  }

  private static Picture indexed(IndexColorModel model, Raster raster, byte @Nullable [] icc) {
    int size = model.getMapSize();
    int[] argb = new int[size];
    model.getRGBs(argb);
    boolean grey = icc == null;
    for (int c : argb) {
      grey &= (c >> 16 & 0xff) == (c & 0xff) && (c >> 8 & 0xff) == (c & 0xff);
    }
    Picture.Kind kind = grey ? Picture.Kind.GREY : Picture.Kind.RGB;
    Canvas canvas = new Canvas(kind, raster.getWidth(), raster.getHeight(), model.hasAlpha());
    int[] row = new int[raster.getWidth()];
    for (int y = 0; y < raster.getHeight(); y++) {
      raster.getSamples(0, y, row.length, 1, 0, row);
      for (int x = 0; x < row.length; x++) {
        int at = y * row.length + x;
        int c = row[x] < size ? argb[row[x]] : 0xff00_0000;
        canvas.samples[0][at] = (byte) (c >> 16);
        if (!grey) {
          canvas.samples[1][at] = (byte) (c >> 8);
          canvas.samples[2][at] = (byte) c;
        }
        if (canvas.alpha != null) {
          canvas.alpha[at] = (byte) (c >> 24);
        }
      }
    }
    return canvas.toPicture(icc);
  }

  static void unmultiply(Picture picture) {
    byte[] alpha = picture.alpha().orElseThrow().samples();
    picture
        .planes()
        .forEach(
            plane -> {
              byte[] samples = plane.samples();
              for (int i = 0; i < samples.length; i++) {
                int a = alpha[i] & 0xff;
                if (a > 0 && a < 255) {
                  samples[i] = (byte) Math.min(255, ((samples[i] & 0xff) * 255 + a / 2) / a);
                }
              }
            });
  }
}
