package dev.rendition.local.engine;

import dev.rendition.local.assist.Assistant;
import dev.rendition.local.jpeg.JpegDecoder;
import dev.rendition.local.jpeg.JpegException;
import dev.rendition.local.jpeg.JpegLimits;
import dev.rendition.local.raster.Plane;
import dev.rendition.local.resample.Resampler;
import dev.rendition.local.resample.Scratch;
import dev.rendition.local.resample.Window;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Reads a JPEG by our own decoder into memory as a whole, where the portable lane is asked for a
 * kind that the foreign reader does not know.
 */
final class JpegWhole {
  private static final int MAX_METADATA = 16 << 20;

  private JpegWhole() {}

  static Picture read(SourceBytes source, SourceHeader header, Cancellation cancellation)
      throws IOException {
    JpegLimits limits =
        new JpegLimits(
            (long) header.width() * header.height(),
            Math.max(1, header.scans()),
            MAX_METADATA,
            false);
    JpegLane lane;
    try {
      CursorStream stream = new CursorStream(new ByteCursor(source, "JPEG"));
      lane = new JpegLane(JpegDecoder.open(stream, limits));
    } catch (JpegException e) {
      throw JpegLane.translated(e);
    }
    List<Plane> stored = new ArrayList<>();
    for (int i = 0; i < lane.planes(); i++) {
      Lane.Shape shape = lane.shape(i, 1);
      stored.add(Plane.ofSize(shape.width(), shape.height()));
    }
    int[] scales = new int[stored.size()];
    Arrays.fill(scales, 1);
    lane.feed(
        scales,
        (plane, first, count, samples, offset, stride) -> {
          Plane to = stored.get(plane);
          for (int row = 0; row < count; row++) {
            int at = (first + row) * to.width();
            System.arraycopy(samples, offset + row * stride, to.samples(), at, to.width());
          }
        },
        cancellation,
        Assistant.NONE);
    return picture(lane, stored, header);
  }

  private static Picture picture(JpegLane lane, List<Plane> stored, SourceHeader header) {
    List<Plane> planes = new ArrayList<>();
    Resampler resampler = new Resampler(new Scratch());
    for (int i = 0; i < stored.size(); i++) {
      Plane plane = stored.get(i);
      if (plane.width() != header.width() || plane.height() != header.height()) {
        Lane.Shape shape = lane.shape(i, 1);
        Window window =
            Window.whole(header.width(), header.height()).scaled(shape.across(), shape.down());
        Plane target = Plane.ofSize(header.width(), header.height());
        resampler.enlarge(plane, window, target);
        plane = target;
      }
      planes.add(plane);
    }
    if (lane.colours() == Lane.Colours.YCBCR) {
      YcbcrColours.toRgb(planes);
    }
    boolean grey = lane.colours() == Lane.Colours.GREY;
    return new Picture(
        grey ? Picture.Kind.GREY : Picture.Kind.RGB,
        planes,
        null,
        SourceReader.bytes(header.iccProfile()));
  }
}
