package dev.rendition.local.engine;

import com.twelvemonkeys.imageio.plugins.webp.lossless.VP8LDecoder;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.Objects;
import javax.imageio.ImageReadParam;

/** Reads the alpha plane that goes with a lossy picture (RFC 9649, 2.7.1.2). */
final class WebpAlpha {
  private WebpAlpha() {}

  static void read(
      SourceBytes source, long start, long size, Canvas canvas, Cancellation cancellation)
      throws IOException {
    byte[] alpha = Objects.requireNonNull(canvas.alpha, "alpha");
    ByteCursor in = new ByteCursor(source, "WebP").seek(start);
    int flags = in.u8();
    int compression = flags & 3;
    if (compression == 0) {
      if (size - 1 < alpha.length) {
        throw in.truncated();
      }
      in.readFully(alpha, 0, alpha.length);
    } else if (compression == 1) {
      lossless(source, start, canvas, cancellation);
    } else {
      throw StepException.damaged("WebP: alpha compression " + compression + " does not exist");
    }
    unfilter(alpha, canvas.width, canvas.height, flags >> 2 & 3);
  }

  /** The data are a lossless bitstream without its header; alpha is its green channel. */
  private static void lossless(
      SourceBytes source, long start, Canvas canvas, Cancellation cancellation) throws IOException {
    WritableRaster raster =
        Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, canvas.width, canvas.height, 4, null);
    try (SourceStream stream = new SourceStream(source, cancellation)) {
      stream.setByteOrder(ByteOrder.LITTLE_ENDIAN);
      // The decoder steps over the five bytes of a header, which are not there.
      stream.seek(start + 1 - 5);
      new VP8LDecoder(stream, false)
          .readVP8Lossless(raster, true, new ImageReadParam(), canvas.width, canvas.height);
    }
    Rasters.band(raster, 1, Objects.requireNonNull(canvas.alpha, "alpha"));
  }

  private static void unfilter(byte[] a, int width, int height, int filter) {
    if (filter == 0) {
      return;
    }
    for (int y = 0, at = 0; y < height; y++) {
      for (int x = 0; x < width; x++, at++) {
        int left = x > 0 ? a[at - 1] & 0xff : 0;
        int up = y > 0 ? a[at - width] & 0xff : 0;
        int guess;
        if (x == 0 || y == 0) {
          guess = x == 0 ? up : left;
        } else if (filter == 1) {
          guess = left;
        } else if (filter == 2) {
          guess = up;
        } else {
          guess = Math.max(0, Math.min(255, left + up - (a[at - width - 1] & 0xff)));
        }
        a[at] = (byte) (a[at] + guess);
      }
    }
  }
}
