package dev.rendition.local.engine;

import dev.rendition.local.icc.ToSrgb;
import dev.rendition.local.notice.Notices;
import dev.rendition.local.resample.Orientation;
import dev.rendition.recipe.PixelSize;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * A source for the portable lane: spooled, probed, within the limits; decoded as a whole when it is
 * opened.
 */
final class PortableSource implements LaneSource {
  private final Spool spool;
  private final SourceHeader header;
  private final String why;

  /** Takes the spool over; {@link #close} closes it. */
  PortableSource(Spool spool, SourceHeader header, String why) {
    this.spool = spool;
    this.header = header;
    this.why = why;
  }

  /** Returns the frames, for recipes that want them all. */
  FrameReader frames(Cancellation cancellation) throws IOException {
    return SourceReader.frames(spool.bytes(), header, cancellation);
  }

  SourceHeader header() {
    return header;
  }

  @Override
  public SourceFormat format() {
    return header.format();
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
    return "lane portable: " + why;
  }

  @Override
  public List<String> remarks() {
    return header.remarks();
  }

  @Override
  public List<Integer> scales() {
    return List.of(1);
  }

  @Override
  public long memoryToOpen() {
    return PngLane.takes(header) ? 0 : SourceReader.memoryNeeded(header);
  }

  @Override
  public long memoryHeld() {
    long profile = header.iccProfile().map(ByteBuffer::remaining).orElse(0);
    return spool.bytes().heapBytes() + ToSrgb.BYTES_PER_PROFILE_BYTE * profile;
  }

  @Override
  public int planesAtMost() {
    ColourModel colour = header.colour();
    int colours =
        switch (colour.space()) {
          case GREY -> colour.indexed() ? 3 : 1;
          case CMYK, YCCK -> 4;
          default -> 3;
        };
    return colours + (colour.alpha() ? 1 : 0);
  }

  @Override
  public Lane open(Cancellation cancellation) throws IOException {
    return PngLane.takes(header)
        ? PngLane.open(spool.bytes(), header, cancellation)
        : new PictureLane(SourceReader.read(spool.bytes(), header, cancellation));
  }

  @Override
  public void close() throws IOException {
    spool.close();
  }
}
