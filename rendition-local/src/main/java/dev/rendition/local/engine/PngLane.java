package dev.rendition.local.engine;

import dev.rendition.local.assist.Assistant;
import dev.rendition.local.icc.ToSrgb;
import dev.rendition.local.raster.RowSink;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Streams a PNG that is not interlaced: some rows are in memory at a time, never the picture. */
final class PngLane implements Lane {
  private static final int BAND = 16;

  private final PngReader reader;
  private final SourceHeader header;
  private final Canvas band;
  private final Optional<ToSrgb> conversion;

  private PngLane(PngReader reader, SourceHeader header) {
    this.reader = reader;
    this.header = header;
    this.band = reader.canvas();
    this.conversion =
        header
            .iccProfile()
            .flatMap(profile -> ToSrgb.of(profile, band.samples.length))
            .filter(way -> !way.identity());
  }

  /** Tells whether a source can be streamed. */
  static boolean takes(SourceHeader header) {
    return header.format() == SourceFormat.PNG && !header.variant().equals("interlaced");
  }

  /** Reads everything before the pixels. */
  static PngLane open(SourceBytes source, SourceHeader header, Cancellation cancellation)
      throws IOException {
    int rows = Math.min(BAND, header.height());
    PngReader reader =
        Boundary.guard(
            SourceFormat.PNG,
            cancellation,
            () -> PngReader.open(source, header, rows, cancellation));
    return new PngLane(reader, header);
  }

  @Override
  public Colours colours() {
    return band.samples.length == 1 ? Colours.GREY : Colours.RGB;
  }

  @Override
  public boolean alpha() {
    return band.alpha != null;
  }

  @Override
  public int planes() {
    return band.samples.length + (alpha() ? 1 : 0);
  }

  @Override
  public Optional<ToSrgb> conversion() {
    return conversion;
  }

  @Override
  public Shape shape(int plane, int scale) {
    return new Shape(header.width(), header.height(), 1, 1);
  }

  @Override
  public long memoryToFeed(int[] scales) {
    long row = 8L * header.width();
    return 2 * row
        + (long) planes() * header.width() * band.height
        + InflateStream.BYTES
        + (64 << 10);
  }

  @Override
  public List<String> feed(
      int[] scales, RowSink sink, Cancellation cancellation, Assistant assistant)
      throws IOException {
    Boundary.guard(
        SourceFormat.PNG,
        cancellation,
        () -> {
          reader.stream(y -> rows(y, sink));
          return List.<String>of();
        });
    return List.of();
  }

  private void rows(int y, RowSink sink) {
    int count = y % band.height + 1;
    if (count < band.height && y + 1 < header.height()) {
      return;
    }
    for (int plane = 0; plane < planes(); plane++) {
      sink.rows(plane, y + 1 - count, count, samples(plane), 0, header.width());
    }
  }

  private byte[] samples(int plane) {
    byte @Nullable [] alpha = band.alpha;
    return alpha != null && plane == band.samples.length ? alpha : band.samples[plane];
  }
}
