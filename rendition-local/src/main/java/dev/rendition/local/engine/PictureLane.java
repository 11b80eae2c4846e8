package dev.rendition.local.engine;

import dev.rendition.local.assist.Assistant;
import dev.rendition.local.icc.ToSrgb;
import dev.rendition.local.raster.Plane;
import dev.rendition.local.raster.RowSink;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/** A picture that is in memory as a whole, as a lane. */
final class PictureLane implements Lane {
  private static final int BAND = 16;

  private final Picture picture;
  private final List<Plane> planes;
  private final Optional<ToSrgb> conversion;

  PictureLane(Picture picture) {
    this.picture = picture;
    this.planes = picture.allPlanes();
    Optional<ByteBuffer> profile = picture.iccProfile();
    Optional<ToSrgb> way = profile.flatMap(bytes -> ToSrgb.of(bytes, picture.kind().planes()));
    this.conversion =
        picture.kind() == Picture.Kind.CMYK
            ? Optional.of(way.orElseGet(ToSrgb::fromPlainCmyk))
            : way.filter(to -> !to.identity());
  }

  @Override
  public Colours colours() {
    return switch (picture.kind()) {
      case GREY -> Colours.GREY;
      case RGB -> Colours.RGB;
      case CMYK -> Colours.CMYK;
    };
  }

  @Override
  public boolean alpha() {
    return picture.alpha().isPresent();
  }

  @Override
  public int planes() {
    return planes.size();
  }

  @Override
  public Optional<ToSrgb> conversion() {
    return conversion;
  }

  @Override
  public Shape shape(int plane, int scale) {
    return new Shape(picture.width(), picture.height(), 1, 1);
  }

  /** Takes nothing: the picture is there. */
  @Override
  public long memoryToFeed(int[] scales) {
    return 0;
  }

  @Override
  public List<Plane> whole() {
    return planes;
  }

  /** Gives the planes in bands, so that colour and alpha of a row are never far apart. */
  @Override
  public List<String> feed(
      int[] scales, RowSink sink, Cancellation cancellation, Assistant assistant) {
    int width = picture.width();
    for (int row = 0; row < picture.height(); row += BAND) {
      cancellation.check();
      int count = Math.min(BAND, picture.height() - row);
      for (int plane = 0; plane < planes.size(); plane++) {
        sink.rows(plane, row, count, planes.get(plane).samples(), row * width, width);
      }
    }
    return List.of();
  }
}
