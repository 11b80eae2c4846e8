package dev.rendition.local.engine;

import dev.rendition.local.notice.ExifNotices;
import dev.rendition.local.notice.Notices;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;

/** Reads the first directory of a TIFF or BigTIFF and counts the others (TIFF 6.0, section 2). */
final class TiffProbe {
  /** The variant of a file whose pieces are WebP. */
  static final String WEBP = "WebP";

  /** The variant of a file of light on a logarithmic scale. */
  static final String LOG_LUV = "LogLuv";

  /** The variant of a file that is coded as by fax machines. */
  static final String FAX = "fax";

  private static final int MAX_PAGES = 10_000;
  private static final int MAX_ENTRIES = 4_096;

  private final ByteCursor in;
  private final SourceHeader.Builder found = new SourceHeader.Builder(SourceFormat.TIFF);
  private final boolean big;
  private long tileWidth;
  private long tileHeight;
  private long rowsPerStrip;
  private long samples = 1;
  private long photometric = -1;
  private long extraSamples;
  private boolean strips;
  private long valueBytes;
  private final Deque<Long> nested = new ArrayDeque<>();
  private final Set<Integer> tags = new HashSet<>();

  private TiffProbe(ByteCursor in, boolean big) {
    this.in = in;
    this.big = big;
  }

  static SourceHeader.Builder probe(SourceBytes source) throws IOException {
    ByteCursor in = new ByteCursor(source, "TIFF");
    in.littleEndian(in.u16() == 0x4949);
    boolean big = in.u16() == 43;
    if (big && (in.u16() != 8 || in.u16() != 0)) {
      throw StepException.damaged("TIFF: the BigTIFF header does not use 8-byte offsets");
    }
    return new TiffProbe(in, big).directories();
  }

  private SourceHeader.Builder directories() throws IOException {
    long first = offset();
    found.bits = 1;
    entries(first, true);
    if (!strips) {
      throw StepException.damaged("TIFF: the first directory names no strips or tiles of pixels");
    }
    Set<Long> seen = new HashSet<>(Set.of(first));
    found.frames = 1;
    try {
      long next = offset();
      while (next != 0 && found.frames < MAX_PAGES && seen.add(next)) {
        entries(next, false);
        found.frames++;
        next = offset();
      }
    } catch (StepException e) {
      found.damage.add("the list of pages breaks off after page " + found.frames);
    }
    nestedEntries(seen);
    finish();
    return found;
  }

  /** The foreign reader takes nested directories into memory too: EXIF, GPS, reduced pictures. */
  private void nestedEntries(Set<Long> seen) throws IOException {
    for (int n = 0; n < MAX_PAGES && !nested.isEmpty(); n++) {
      long at = nested.remove();
      try {
        if (seen.add(at)) {
          entries(at, false);
        }
      } catch (StepException e) {
        found.warnings.add("a nested directory at byte " + at + " is damaged");
      }
    }
  }

  private long offset() throws IOException {
    return big ? in.i64() : in.u32();
  }

  /** Leaves the cursor at the offset of the next directory. */
  private void entries(long at, boolean first) throws IOException {
    in.seek(at);
    long count = big ? in.i64() : in.u16();
    if (count < 1 || count > MAX_ENTRIES) {
      throw StepException.damaged("TIFF: a directory at byte " + at + " has " + count + " entries");
    }
    int size = big ? 20 : 12;
    long start = in.position();
    if (in.remaining() < count * size) {
      throw in.truncated();
    }
    for (int i = 0; i < count; i++) {
      in.seek(start + (long) i * size);
      int tag = in.u16();
      int type = in.u16();
      long values = offset();
      long most = in.length() / size(type);
      valueBytes += values >= 0 && values <= most ? values * size(type) : 0;
      if (first) {
        requireOnce(tag);
        entry(tag, type, values);
      }
      if (tag == 330 || tag == 34665 || tag == 34853 || tag == 40965) {
        nest(start + (long) i * size, values);
      }
    }
    in.seek(start + count * size);
  }

  /**
   * Refuses a second value for what the samples are and where they lie (TIFF 6.0, tags 256 to 338):
   * the foreign reader believes the first, others the last, and memory is granted for one of them.
   */
  private void requireOnce(int tag) {
    if (!tags.add(tag) && tag >= 256 && tag <= 338) {
      throw StepException.damaged("TIFF: tag " + tag + " stands twice in the first directory");
    }
  }

  /** Notes the directories an entry points to. */
  private void nest(long entry, long count) throws IOException {
    in.seek(entry + (big ? 12 : 8));
    if (count > (big ? 2 : 1)) {
      in.seek(offset());
    }
    for (long i = 0; i < Math.min(count, 100) && nested.size() < MAX_PAGES; i++) {
      nested.add(offset());
    }
  }

  private void entry(int tag, int type, long count) throws IOException {
    switch (tag) {
      case 256 -> found.width = value(type, count);
      case 257 -> found.height = value(type, count);
      case 258 -> found.bits = (int) Math.max(1, Math.min(64, value(type, count)));
      case 259 -> compression((int) value(type, count));
      case 262 -> photometric = value(type, count);
      case 274 -> found.orientation = ExifOrientation.valid(value(type, count));
      case 277 -> samples = value(type, count);
      case 278 -> rowsPerStrip = value(type, count);
      case 322 -> tileWidth = value(type, count);
      case 323 -> tileHeight = value(type, count);
      case 338 -> extraSamples = value(type, count);
      case 273, 279, 324, 325 -> {
        strips |= tag == 273 || tag == 324;
        requireInside(tag, type, count);
      }
      case ExifNotices.ARTIST -> found.notices = found.notices.withCreator(text(type, count));
      case ExifNotices.COPYRIGHT -> found.notices = found.notices.withCopyright(text(type, count));
      case 34675 -> profile(type, count);
      default -> {}
    }
  }

  private long value(int type, long count) throws IOException {
    int size = size(type);
    if (count > (big ? 8 : 4) / size) {
      in.seek(offset());
    }
    return switch (type) {
      case 1, 6, 7 -> in.u8();
      case 3, 8 -> in.u16();
      case 16, 17, 18 -> in.i64();
      default -> in.u32();
    };
  }

  static int size(int type) {
    return switch (type) {
      case 3, 8 -> 2;
      case 4, 9, 11, 13 -> 4;
      case 5, 10, 12, 16, 17, 18 -> 8;
      default -> 1;
    };
  }

  private void requireInside(int tag, int type, long count) {
    if (count < 1 || count > in.length() / size(type)) {
      throw StepException.damaged(
          "TIFF: tag " + tag + " announces " + count + " values, more than the file can hold");
    }
  }

  /** Returns a text, cut where nobody keeps more; empty where it lies outside of the file. */
  private String text(int type, long count) throws IOException {
    if (type != 2 || count < 1) {
      return "";
    }
    if (count > (big ? 8 : 4)) {
      long at = offset();
      if (at < 0 || at > in.length() - count) {
        found.warnings.add("a notice lies outside of the file: passed over");
        return "";
      }
      in.seek(at);
    }
    byte[] bytes = in.bytes((int) Math.min(count, Notices.MAX_BYTES + 1));
    return Notices.text(bytes, 0, bytes.length);
  }

  private void profile(int type, long count) throws IOException {
    if (size(type) != 1 || count > SourceLimits.MAX_ICC_BYTES || count <= 8) {
      found.warnings.add("the ICC profile of " + count + " bytes is passed over");
      return;
    }
    long at = offset();
    if (at < 0 || at > in.length() - count) {
      found.warnings.add("the ICC profile lies outside of the file: passed over");
      return;
    }
    found.icc = in.seek(at).bytes((int) count);
  }

  private void compression(int compression) {
    found.variant =
        switch (compression) {
          case 1 -> "uncompressed";
          case 2, 3, 4 -> FAX;
          case 5 -> "LZW";
          case 6, 7 -> "JPEG";
          case 8, 32946 -> "deflate";
          case 32773 -> "PackBits";
          case 34676, 34677 -> LOG_LUV;
          case 50001 -> WEBP;
          default -> "compression " + compression;
        };
  }

  private void finish() {
    found.space =
        switch ((int) photometric) {
          case 0, 1, 4, 32844 -> ColourModel.Space.GREY;
          case 2 -> ColourModel.Space.RGB;
          case 3, 32845 -> ColourModel.Space.RGB;
          case 5 -> ColourModel.Space.CMYK;
          case 6 -> ColourModel.Space.YCBCR;
          case 8, 9 -> ColourModel.Space.LAB;
          default -> ColourModel.Space.OTHER;
        };
    found.indexed = photometric == 3;
    found.alpha = extraSamples == 1 || extraSamples == 2;
    if (samples < 1 || samples > 64) {
      throw StepException.damaged("TIFF: " + samples + " samples per pixel; 1 to 64 are read");
    }
    long bytes = Math.max(1, (found.bits + 7) / 8) * samples;
    if (tileWidth < 0 || tileHeight < 0 || tileWidth > 1 << 30 || tileHeight > 1 << 30) {
      throw StepException.damaged("TIFF: tiles of " + tileWidth + " x " + tileHeight + " pixels");
    }
    // Values become objects: a fraction of 8 bytes takes 32.
    // No product of these overflows, and nobody has as much.
    long tile = Math.min(tileWidth * tileHeight, 1L << 40);
    found.workingBytes = tile * bytes + 4 * valueBytes + (1 << 20);
    // The raster, the planes, and for JPEG inside of TIFF the raster of a strip.
    double raster = found.bits <= 8 ? samples : samples * Math.max(2, (found.bits + 7) / 8);
    if (found.bits == 1 && samples == 1) {
      raster = 1 / 8.0;
    }
    boolean grey = found.space == ColourModel.Space.GREY && samples <= 2;
    // Samples of more than 8 bits are read into a raster of a strip first, which may be the
    // picture.
    int rasters = found.variant.equals("JPEG") ? 3 : found.bits > 8 ? 2 : 1;
    found.bytesPerPixel = raster * rasters + (grey ? samples : 4);
    if (found.variant.equals(WEBP)) {
      // The planes; one piece at a time, with its bytes and what its own probe announces.
      long pixels = Math.max(1, found.width * found.height);
      double pieces = Math.min(1, (double) piecePixels() / pixels);
      found.bytesPerPixel = 4 + TiffWebp.BYTES_PER_PIXEL * pieces;
      found.workingBytes += in.length() + 64 * (found.width + found.height);
      found.workingBytes += TiffWebp.BYTES_PER_PIXEL * Math.max(0, piecePixels() - pixels);
    } else if (found.variant.equals(LOG_LUV)) {
      found.bytesPerPixel = grey ? 1 : 3;
      found.workingBytes += 4 * Math.max(tileWidth, found.width);
    }
  }

  /** Returns how many pixels a tile or strip has; it is no larger than the picture. */
  private long piecePixels() {
    long across = Math.min(found.width, 1 << 20);
    long rows = rowsPerStrip < 1 ? found.height : Math.min(rowsPerStrip, found.height);
    return tileWidth > 0
        ? Math.min(tileWidth * tileHeight, 1L << 40)
        : across * Math.min(rows, 1 << 20);
  }
}
