package dev.rendition.local.png;

import static java.util.Objects.requireNonNull;

import dev.rendition.local.raster.Plane;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.zip.Deflater;

/**
 * Writes 8-bit pictures as PNG files in the smallest of the forms that hold them exactly: a palette
 * of 1, 2, 4 or 8 bits when there are at most 256 colours, grey when red, green and blue are equal
 * everywhere, no alpha when everything is opaque.
 *
 * <p>Not interlaced; the only chunks beside the picture are one that says sRGB and, if given, an
 * Exif block. The pixels are the same everywhere, the bytes depend on the JDK's zlib. Memory beyond
 * the planes: some rows. Not safe for use by many threads.
 */
public final class PngEncoder {
  /** The largest side written, well below the format's own limit of 2^31 − 1. */
  public static final int MAX_SIDE = 1 << 20;

  private static final int GREY = 0;
  private static final int RGB = 2;
  private static final int PALETTE = 3;
  private static final int GREY_ALPHA = 4;
  private static final int RGB_ALPHA = 6;

  private final PngSettings settings;

  private PngEncoder(PngSettings settings) {
    this.settings = settings;
  }

  /** Returns an encoder with these settings. */
  public static PngEncoder of(PngSettings settings) {
    return new PngEncoder(requireNonNull(settings, "settings"));
  }

  /**
   * Writes a picture.
   *
   * @param planes grey; or grey and alpha; or red, green and blue; or those and alpha; all of one
   *     size. Colours are sRGB and not multiplied by alpha; 255 is opaque
   * @param out written to, neither flushed nor closed
   * @throws IOException from {@code out}
   */
  public void encode(List<Plane> planes, OutputStream out) throws IOException {
    encode(planes, new byte[0], out);
  }

  /**
   * Writes a picture and an Exif block (eXIf, PNG 3rd edition, 11.3.4.5).
   *
   * @param planes as in {@link #encode(List, OutputStream)}
   * @param exif from its TIFF header on; empty for none
   * @param out written to, neither flushed nor closed
   * @throws IOException from {@code out}
   */
  public void encode(List<Plane> planes, byte[] exif, OutputStream out) throws IOException {
    requireNonNull(exif, "exif");
    PngPicture picture = PngPicture.of(planes);
    requireNonNull(out, "out");
    PngPalette palette = PngPalette.of(picture);
    boolean grey = picture.isGrey();
    boolean opaque = picture.isOpaque();
    PngChunks chunks = new PngChunks(out);
    if (palette.holdsAll() && !(grey && opaque && palette.size() > 16)) {
      chunks.header(picture.width(), picture.height(), palette.bitDepth(), PALETTE);
      chunks.exif(exif);
      palette.writeTo(chunks);
      rows(chunks, picture.paletteRows(palette), PngWay.unfiltered(paletteLevel()));
    } else {
      List<Plane> stored = picture.stored(grey, opaque);
      int type = grey ? (opaque ? GREY : GREY_ALPHA) : opaque ? RGB : RGB_ALPHA;
      chunks.header(picture.width(), picture.height(), 8, type);
      chunks.exif(exif);
      PngRows rows = PngPicture.of(stored).rows();
      rows(chunks, rows, way(rows));
    }
    chunks.end();
  }

  private PngWay way(PngRows rows) {
    return switch (settings.filter()) {
      case NONE -> PngWay.unfiltered(settings.level());
      case ADAPTIVE -> PngWay.filtered(settings.level());
      case TRIED -> PngTrial.best(rows, settings.level());
    };
  }

  private int paletteLevel() {
    boolean tried = settings.filter() == PngSettings.Filter.TRIED;
    return tried ? Math.max(PngTrial.DRAWING_LEVEL, settings.level()) : settings.level();
  }

  private static void rows(PngChunks chunks, PngRows rows, PngWay way) throws IOException {
    Deflater deflater = way.deflater();
    try {
      PngFilters filters = new PngFilters(rows.rowBytes(), rows.pixelBytes());
      for (int y = 0; y < rows.height(); y++) {
        rows.fill(y, filters.current());
        deflater.setInput(filters.row(way.filter()));
        chunks.drain(deflater);
        filters.next();
      }
      chunks.finish(deflater);
    } finally {
      deflater.end();
    }
  }
}
