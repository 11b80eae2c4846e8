package dev.rendition.local.engine;

import dev.rendition.local.webp.Vp8Decoder;
import dev.rendition.local.webp.Vp8Exception;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;

/**
 * Reads a WebP: the lossy bitstream by our own decoder, the lossless one through TwelveMonkeys; of
 * an animation, the first frame on its canvas.
 */
final class WebpReader {
  private final SourceBytes source;
  private final SourceHeader header;
  private final Cancellation cancellation;
  private long lossy = -1;
  private long lossySize;
  private long alpha = -1;
  private long alphaSize;

  private WebpReader(SourceBytes source, SourceHeader header, Cancellation cancellation) {
    this.source = source;
    this.header = header;
    this.cancellation = cancellation;
  }

  static Picture read(SourceBytes source, SourceHeader header, Cancellation cancellation)
      throws IOException {
    WebpReader reader = new WebpReader(source, header, cancellation);
    reader.findChunks(12, source.length());
    Picture picture = reader.lossy >= 0 ? reader.lossy() : reader.lossless();
    return header.variant().equals("animated") ? onCanvas(picture, header) : picture;
  }

  /** Finds the chunks of the picture, or of the first frame of an animation. */
  private void findChunks(long from, long end) throws IOException {
    ByteCursor in = new ByteCursor(source, "WebP").littleEndian(true).seek(from);
    while (in.position() + 8 <= end) {
      int type = Integer.reverseBytes(in.i32());
      long size = in.u32();
      long start = in.position();
      long inside = Math.min(size, Math.max(0, end - start));
      if (type == WebpProbe.ANMF) {
        findChunks(start + 16, start + inside);
        return;
      }
      if (type == WebpProbe.ALPH) {
        alpha = start;
        alphaSize = inside;
      } else if (type == WebpProbe.VP8) {
        lossy = start;
        lossySize = inside;
        return;
      } else if (type == WebpProbe.VP8L) {
        return;
      }
      in.seek(start + size + (size & 1));
    }
  }

  private Picture lossy() throws IOException {
    byte[] frame = new ByteCursor(source, "WebP").seek(lossy).bytes(Math.toIntExact(lossySize));
    try {
      Vp8Decoder decoder = new Vp8Decoder(frame, cancellation::check);
      requireAnnounced(decoder.width(), decoder.height());
      Canvas canvas = new Canvas(Picture.Kind.RGB, decoder.width(), decoder.height(), alpha >= 0);
      decoder.decode(canvas.samples[0], canvas.samples[1], canvas.samples[2]);
      if (canvas.alpha != null) {
        WebpAlpha.read(source, alpha, alphaSize, canvas, cancellation);
      }
      return canvas.toPicture(SourceReader.bytes(header.iccProfile()));
    } catch (Vp8Exception e) {
      throw StepException.damaged("WebP: " + e.getMessage() + "; it is truncated or damaged");
    }
  }

  private void requireAnnounced(int width, int height) {
    boolean animated = header.variant().equals("animated");
    int expectedWidth = animated ? header.frameBoxes().get(0).width() : header.width();
    int expectedHeight = animated ? header.frameBoxes().get(0).height() : header.height();
    if (width != expectedWidth || height != expectedHeight) {
      throw StepException.damaged(
          "WebP: a frame of "
              + width
              + " x "
              + height
              + " where the header announces "
              + expectedWidth
              + " x "
              + expectedHeight);
    }
  }

  private Picture lossless() throws IOException {
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
    boolean hasAlpha = image.getColorModel().hasAlpha();
    byte[] icc = SourceReader.bytes(header.iccProfile());
    return Rasters.copy(image.getRaster(), Picture.Kind.RGB, hasAlpha, icc);
  }

  private static Picture onCanvas(Picture frame, SourceHeader header) {
    FrameBox box = header.frameBoxes().get(0);
    Canvas canvas = new Canvas(Picture.Kind.RGB, header.width(), header.height(), true);
    byte[] alpha = canvas.alpha;
    int columns = Math.min(frame.width(), canvas.width - box.x());
    for (int y = 0; y < Math.min(frame.height(), canvas.height - box.y()) && columns > 0; y++) {
      int from = y * frame.width();
      int to = (y + box.y()) * canvas.width + box.x();
      for (int c = 0; c < 3; c++) {
        byte[] samples = frame.planes().get(c).samples();
        System.arraycopy(samples, from, canvas.samples[c], to, columns);
      }
      if (alpha != null && frame.alpha().isPresent()) {
        System.arraycopy(frame.alpha().get().samples(), from, alpha, to, columns);
      } else if (alpha != null) {
        Arrays.fill(alpha, to, to + columns, (byte) 255);
      }
    }
    Picture whole = canvas.toPicture(SourceReader.bytes(header.iccProfile()));
    boolean opaque =
        frame.alpha().isEmpty() && columns == canvas.width && frame.height() >= canvas.height;
    return opaque ? whole.with(whole.planes(), Optional.empty()) : whole;
  }
}
