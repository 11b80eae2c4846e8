package dev.rendition.local.engine;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.Optional;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;

/** Reads a WebP through TwelveMonkeys; of an animation, the first frame on its canvas. */
final class WebpReader {
  private WebpReader() {}

  static Picture read(SourceBytes source, SourceHeader header, Cancellation cancellation)
      throws IOException {
    ImageReader reader = ForeignReaders.webp();
    BufferedImage image;
    try (SourceStream stream = new SourceStream(source, cancellation)) {
      reader.addIIOReadProgressListener(new StopListener(cancellation));
      reader.setInput(stream, false, true);
      ImageReadParam param = reader.getDefaultReadParam();
      param.setDestinationType(reader.getRawImageType(0));
      image = reader.read(0, param);
    } finally {
      reader.dispose();
    }
    boolean alpha = image.getColorModel().hasAlpha();
    byte[] icc = SourceReader.bytes(header.iccProfile());
    Picture picture = Rasters.copy(image.getRaster(), Picture.Kind.RGB, alpha, icc);
    return header.animated() ? onCanvas(picture, header) : picture;
  }

  private static Picture onCanvas(Picture frame, SourceHeader header) {
    FrameBox box = header.frameBoxes().get(0);
    Canvas canvas = new Canvas(Picture.Kind.RGB, header.width(), header.height(), true);
    int columns = Math.min(frame.width(), canvas.width - box.x());
    for (int y = 0; y < Math.min(frame.height(), canvas.height - box.y()) && columns > 0; y++) {
      int from = y * frame.width();
      int to = (y + box.y()) * canvas.width + box.x();
      for (int c = 0; c < 3; c++) {
        byte[] samples = frame.planes().get(c).samples();
        System.arraycopy(samples, from, canvas.samples[c], to, columns);
      }
      byte[] alpha = java.util.Objects.requireNonNull(canvas.alpha);
      if (frame.alpha().isPresent()) {
        System.arraycopy(frame.alpha().get().samples(), from, alpha, to, columns);
      } else {
        java.util.Arrays.fill(alpha, to, to + columns, (byte) 255);
      }
    }
    Picture whole = canvas.toPicture(SourceReader.bytes(header.iccProfile()));
    return frame.alpha().isEmpty() && columns == canvas.width && frame.height() >= canvas.height
        ? whole.with(whole.planes(), Optional.empty())
        : whole;
  }
}
