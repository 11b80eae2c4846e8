package dev.rendition.local.jpeg;

import dev.rendition.local.raster.Plane;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** What the decoder made of a stream, gathered row by row. */
final class Decoded {
  final List<Plane> planes = new ArrayList<>();
  final JpegHeader header;
  final DecodeResult result;

  private Decoded(JpegDecoder decoder, int[] scales) throws IOException {
    this.header = decoder.header();
    int[] next = new int[scales.length];
    for (int i = 0; i < scales.length; i++) {
      planes.add(Plane.ofSize(decoder.width(i, scales[i]), decoder.height(i, scales[i])));
    }
    this.result =
        decoder.decode(
            scales,
            (plane, first, count, samples, offset, stride) -> {
              if (next[plane] != first || count < 1) {
                throw new AssertionError("row " + first + " after " + next[plane]);
              }
              next[plane] += count;
              Plane to = planes.get(plane);
              for (int row = 0; row < count; row++) {
                int from = offset + row * stride;
                int at = (first + row) * to.width();
                System.arraycopy(samples, from, to.samples(), at, to.width());
              }
            },
            () -> false);
    for (int i = 0; i < next.length; i++) {
      if (next[i] != planes.get(i).height()) {
        throw new AssertionError("plane " + i + " has " + next[i] + " rows");
      }
    }
  }

  static Decoded of(byte[] stream, int... scales) throws IOException {
    return of(stream, JpegLimits.DEFAULT, scales);
  }

  /** Decodes with one scale for all planes, or one for each. */
  static Decoded of(byte[] stream, JpegLimits limits, int... scales) throws IOException {
    JpegDecoder decoder = JpegDecoder.open(new ByteArrayInputStream(stream), limits);
    int[] all = new int[decoder.header().components().size()];
    for (int i = 0; i < all.length; i++) {
      all[i] = scales[Math.min(i, scales.length - 1)];
    }
    return new Decoded(decoder, all);
  }
}
