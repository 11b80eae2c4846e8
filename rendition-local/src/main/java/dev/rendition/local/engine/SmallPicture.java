package dev.rendition.local.engine;

import dev.rendition.local.raster.Plane;
import dev.rendition.recipe.PixelSize;
import dev.rendition.spi.Pixels;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Reads a small grey or RGB picture at once, outside any generator and its budget. */
public final class SmallPicture {
  /** The longest side, in pixels. */
  public static final int MAX_SIDE = 256;

  private SmallPicture() {}

  /**
   * Reads the first frame.
   *
   * @throws IOException if it is too large, damaged, or of a kind that is not read
   */
  public static Pixels read(byte[] file) throws IOException {
    try (SourceBytes source = new MemoryBytes(file, file.length)) {
      SourceHeader header = SourceProbe.probe(source);
      if (header.width() > MAX_SIDE || header.height() > MAX_SIDE) {
        throw new IOException(
            "a small picture is at most "
                + MAX_SIDE
                + " pixels wide and high, was "
                + header.width()
                + " x "
                + header.height());
      }
      return pixels(SourceReader.read(source, header, Cancellation.NONE));
    } catch (StepException e) {
      throw new IOException(e.detail(), e);
    }
  }

  private static Pixels pixels(Picture picture) throws IOException {
    if (picture.kind() == Picture.Kind.CMYK) {
      throw new IOException("a small picture is grey or RGB, was CMYK");
    }
    List<Plane> planes = picture.planes();
    boolean grey = picture.kind() == Picture.Kind.GREY;
    Plane red = planes.get(0);
    Plane green = grey ? red : planes.get(1);
    Plane blue = grey ? red : planes.get(2);
    Optional<Plane> alpha = picture.alpha();
    int[] argb = new int[picture.width() * picture.height()];
    for (int i = 0; i < argb.length; i++) {
      int opacity = alpha.isPresent() ? alpha.get().samples()[i] & 255 : 255;
      argb[i] =
          opacity << 24
              | (red.samples()[i] & 255) << 16
              | (green.samples()[i] & 255) << 8
              | (blue.samples()[i] & 255);
    }
    return new Pixels(PixelSize.of(picture.width(), picture.height()), argb);
  }
}
