package dev.rendition.local.engine;

import dev.rendition.local.notice.Notices;
import dev.rendition.local.notice.PngNotices;
import java.io.IOException;
import java.util.zip.CRC32;

/** Reads the chunks of a PNG around its pixels (PNG 3rd edition, sections 5 and 11). */
final class PngProbe {
  static final int IHDR = 0x49484452;
  static final int PLTE = 0x504c5445;
  static final int TRNS = 0x74524e53;
  static final int IDAT = 0x49444154;
  static final int IEND = 0x49454e44;
  private static final int EXIF = 0x65584966;
  private static final int TEXT = 0x74455874;
  private static final int ZTXT = 0x7a545874;
  private static final int ITXT = 0x69545874;
  private static final int CGBI = 0x43674249;

  /** How many chunks are looked at for EXIF; the picture itself is read whatever follows. */
  private static final int MAX_CHUNKS = 20_000;

  private PngProbe() {}

  static SourceHeader.Builder probe(SourceBytes source) throws IOException {
    SourceHeader.Builder found = new SourceHeader.Builder(SourceFormat.PNG);
    ByteCursor in = new ByteCursor(source, "PNG");
    in.seek(8);
    long length = in.u32();
    int type = in.i32();
    if (type == CGBI) {
      throw StepException.notSupported(
          "PNG: an iPhone-optimised file (CgBI); convert it to a standard PNG");
    }
    if (type != IHDR || length != 13) {
      throw StepException.damaged("PNG: the file does not begin with a 13-byte IHDR chunk");
    }
    header(in, found);
    requirePixels(found, source.length());
    in.seek(12);
    CRC32 crc = new CRC32();
    crc.update(in.bytes(17));
    if (crc.getValue() != in.u32()) {
      throw StepException.damaged("PNG: the checksum of the IHDR chunk is wrong");
    }
    PngColours colours = new PngColours(found.warnings);
    boolean pixels = false;
    for (int n = 0; n < MAX_CHUNKS && in.remaining() >= 8; n++) {
      length = in.u32();
      type = in.i32();
      long start = in.position();
      if (type == IEND) {
        break;
      }
      pixels |= type == IDAT;
      if (!pixels) {
        colours.take(type, in, length);
      }
      chunk(source, in, type, start, length, found, pixels);
      in.seek(start + length + 4);
    }
    found.icc = colours.profile(found.space == ColourModel.Space.GREY);
    found.bytesPerPixel = (found.space == ColourModel.Space.GREY ? 1 : 3) + (found.alpha ? 1 : 0);
    return found;
  }

  private static void header(ByteCursor in, SourceHeader.Builder found) throws IOException {
    found.width = in.u32();
    found.height = in.u32();
    found.bits = in.u8();
    int colourType = in.u8();
    boolean bits =
        switch (colourType) {
          case 0 -> found.bits <= 16 && Integer.bitCount(found.bits) == 1;
          case 3 -> found.bits <= 8 && Integer.bitCount(found.bits) == 1;
          case 2, 4, 6 -> found.bits == 8 || found.bits == 16;
          default -> false;
        };
    if (!bits) {
      throw StepException.damaged(
          "PNG: colour type " + colourType + " with " + found.bits + " bits does not exist");
    }
    int compression = in.u8();
    int filter = in.u8();
    int interlace = in.u8();
    if (compression != 0 || filter != 0 || interlace > 1) {
      throw StepException.damaged(
          "PNG: compression "
              + compression
              + ", filter "
              + filter
              + ", interlace "
              + interlace
              + " are not all known");
    }
    found.space = (colourType & 2) == 0 ? ColourModel.Space.GREY : ColourModel.Space.RGB;
    found.indexed = colourType == 3;
    found.alpha = (colourType & 4) != 0;
    found.variant = interlace == 1 ? "interlaced" : "";
  }

  /** Refuses a picture that cannot lie in this file: deflate packs 1 to 1032 at best. */
  private static void requirePixels(SourceHeader.Builder found, long length) {
    double bits = (double) found.width * found.height * found.bits;
    if (bits / 8 > 1032.0 * length) {
      throw StepException.damaged(
          "PNG: "
              + found.width
              + " x "
              + found.height
              + " pixels cannot lie in "
              + length
              + " bytes; the file is truncated or damaged");
    }
  }

  private static void chunk(
      SourceBytes source,
      ByteCursor in,
      int type,
      long start,
      long length,
      SourceHeader.Builder found,
      boolean pixels)
      throws IOException {
    if (type == TRNS && !pixels) {
      found.alpha = true;
    } else if (type == EXIF) {
      found.orientation = ExifOrientation.find(source, start, length);
      found.notices = ExifBlock.notices(source, start, length).or(found.notices);
    } else if (type == TEXT || type == ZTXT || type == ITXT) {
      found.notices = found.notices.or(text(in, type, length));
    }
  }

  private static Notices text(ByteCursor in, int type, long length) throws IOException {
    if (length > PngNotices.MAX_CHUNK || length > in.remaining()) {
      return Notices.NONE;
    }
    byte[] chunk = in.bytes((int) length);
    return switch (type) {
      case TEXT -> PngNotices.text(chunk);
      case ZTXT -> PngNotices.compressedText(chunk);
      default -> PngNotices.internationalText(chunk);
    };
  }
}
