package dev.rendition.local.engine;

import dev.rendition.generate.FailureReason;
import dev.rendition.local.assist.Assistant;
import dev.rendition.local.icc.ToSrgb;
import dev.rendition.local.jpeg.DecodeResult;
import dev.rendition.local.jpeg.JpegColour;
import dev.rendition.local.jpeg.JpegComponent;
import dev.rendition.local.jpeg.JpegDecoder;
import dev.rendition.local.jpeg.JpegException;
import dev.rendition.local.jpeg.JpegHeader;
import dev.rendition.local.notice.Notices;
import dev.rendition.local.raster.RowSink;
import dev.rendition.local.resample.Orientation;
import dev.rendition.recipe.PixelSize;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/** Our own JPEG decoder as a lane: streams rows at reduced scale. */
final class JpegLane implements LaneSource, Lane {
  private static final List<Integer> SCALES = List.of(1, 2, 4, 8);

  private final JpegDecoder decoder;
  private final JpegHeader header;
  private final Optional<ToSrgb> conversion;
  private final int maxAcross;
  private final int maxDown;

  /**
   * Makes the lane.
   *
   * @param decoder opened, of a kind it supports
   */
  JpegLane(JpegDecoder decoder) {
    this.decoder = decoder;
    this.header = decoder.header();
    int channels = header.colour() == JpegColour.GREY ? 1 : 3;
    this.conversion =
        header
            .profile()
            .flatMap(profile -> ToSrgb.of(ByteBuffer.wrap(profile), channels))
            .filter(way -> !way.identity());
    int across = 1;
    int down = 1;
    for (JpegComponent component : header.components()) {
      across = Math.max(across, component.horizontal());
      down = Math.max(down, component.vertical());
    }
    this.maxAcross = across;
    this.maxDown = down;
  }

  @Override
  public SourceFormat format() {
    return SourceFormat.JPEG;
  }

  @Override
  public PixelSize stored() {
    return PixelSize.of(header.width(), header.height());
  }

  @Override
  public Orientation orientation() {
    return Orientation.of(header.orientation());
  }

  @Override
  public Notices notices() {
    return header.notices();
  }

  @Override
  public String why() {
    return "lane jpeg: " + header.process();
  }

  @Override
  public List<Integer> scales() {
    return SCALES;
  }

  @Override
  public long memoryToOpen() {
    return 0;
  }

  @Override
  public long memoryHeld() {
    return ToSrgb.BYTES_PER_PROFILE_BYTE * header.profile().map(icc -> icc.length).orElse(0);
  }

  @Override
  public int planesAtMost() {
    return planes();
  }

  @Override
  public long memoryToFeed(int[] scales) {
    return decoder.memoryNeeded(scales);
  }

  @Override
  public long memoryForHelp(int[] scales) {
    return decoder.memoryForHelp(scales);
  }

  @Override
  public Lane open(Cancellation cancellation) {
    return this;
  }

  @Override
  public Colours colours() {
    return switch (header.colour()) {
      case GREY -> Colours.GREY;
      case RGB -> Colours.RGB;
      default -> Colours.YCBCR;
    };
  }

  @Override
  public boolean alpha() {
    return false;
  }

  @Override
  public int planes() {
    return header.components().size();
  }

  @Override
  public Optional<ToSrgb> conversion() {
    return conversion;
  }

  @Override
  public Shape shape(int plane, int scale) {
    JpegComponent component = header.components().get(plane);
    boolean alone = planes() == 1;
    double across = alone ? 1.0 : (double) component.horizontal() / maxAcross;
    double down = alone ? 1.0 : (double) component.vertical() / maxDown;
    return new Shape(
        decoder.width(plane, scale), decoder.height(plane, scale), across / scale, down / scale);
  }

  @Override
  public List<String> feed(
      int[] scales, RowSink sink, Cancellation cancellation, Assistant assistant)
      throws IOException {
    try {
      DecodeResult result =
          decoder.decode(
              scales,
              sink,
              () -> {
                cancellation.check();
                return false;
              },
              assistant);
      return result.warnings();
    } catch (JpegException e) {
      throw translated(e);
    }
  }

  /** Brings the decoder's refusals to ours. */
  static StepException translated(JpegException e) {
    FailureReason reason =
        switch (e.kind()) {
          case NOT_A_JPEG -> FailureReason.FORMAT_UNKNOWN;
          case UNSUPPORTED -> FailureReason.FORMAT_NOT_SUPPORTED;
          case DAMAGED -> FailureReason.SOURCE_DAMAGED;
          case OVER_LIMIT -> FailureReason.LIMIT_EXCEEDED;
        };
    return new StepException(reason, "JPEG: " + e.getMessage(), e);
  }

  /** Holds nothing: the stream belongs to the task. */
  @Override
  public void close() {}
}
