package dev.rendition.local.engine;

import java.io.IOException;

/**
 * The headers of a BMP: OS/2 1 and 2, Windows 3, 4 and 5 (bitmap header structures of wingdi.h).
 */
final class BmpHeader {
  static final int RGB = 0;
  static final int RLE8 = 1;
  static final int RLE4 = 2;
  static final int BIT_FIELDS = 3;
  private static final int ALPHA_BIT_FIELDS = 6;
  private static final int MAX_HEADER = 1024;

  final long headerSize;
  final long width;
  final long height;
  final boolean topDown;
  private final int planes;
  final int bits;
  final int compression;
  final long pixels;
  final long coloursUsed;
  final int entrySize;

  /** Where each channel lies in a pixel: red, green, blue, alpha; 0 where there is none. */
  final int[] masks;

  private final long profileAt;
  private final long profileSize;
  private final ByteCursor in;

  private BmpHeader(SourceBytes source) throws IOException {
    in = new ByteCursor(source, "BMP").littleEndian(true);
    pixels = in.seek(10).u32();
    headerSize = in.u32();
    boolean core = headerSize == 12;
    if (headerSize < 12 || headerSize > MAX_HEADER) {
      throw StepException.damaged("BMP: a header of " + headerSize + " bytes does not exist");
    }
    entrySize = core ? 3 : 4;
    width = core ? in.u16() : in.i32();
    long signedHeight = core ? in.u16() : in.i32();
    topDown = signedHeight < 0;
    height = Math.abs(signedHeight);
    planes = in.u16();
    bits = in.u16();
    compression = core || headerSize < 20 ? RGB : in.i32();
    coloursUsed = headerSize >= 36 ? in.seek(46).u32() : 0;
    masks = masks();
    boolean embedded = headerSize >= 124 && in.seek(14 + 56).u32() == 0x4d42_4544;
    profileAt = embedded ? 14 + in.seek(14 + 112).u32() : 0;
    profileSize = embedded ? in.u32() : 0;
    requireKnown();
  }

  static BmpHeader read(SourceBytes source) throws IOException {
    return new BmpHeader(source);
  }

  static SourceHeader.Builder probe(SourceBytes source) throws IOException {
    BmpHeader header = new BmpHeader(source);
    header.requirePixels(source.length());
    SourceHeader.Builder found = new SourceHeader.Builder(SourceFormat.BMP);
    found.width = header.width;
    found.height = header.height;
    found.indexed = header.bits <= 8;
    found.bits = header.bits <= 8 ? header.bits : 8;
    found.alpha = header.masks[3] != 0;
    found.bytesPerPixel = found.alpha ? 4 : 3;
    found.variant = header.compression == RLE8 || header.compression == RLE4 ? "RLE" : "";
    long at = header.profileAt;
    long size = header.profileSize;
    if (size > 0 && size <= SourceLimits.MAX_ICC_BYTES && at + size <= source.length()) {
      found.icc = header.in.seek(at).bytes((int) size);
    }
    return found;
  }

  private int[] masks() throws IOException {
    if (compression == BIT_FIELDS || compression == ALPHA_BIT_FIELDS) {
      in.seek(54);
      boolean alpha = headerSize >= 56 || compression == ALPHA_BIT_FIELDS;
      return new int[] {in.i32(), in.i32(), in.i32(), alpha ? in.i32() : 0};
    }
    if (bits == 16) {
      return new int[] {0x7c00, 0x3e0, 0x1f, 0};
    }
    return new int[] {0xff0000, 0xff00, 0xff, 0};
  }

  private void requireKnown() {
    if (planes != 1) {
      throw StepException.damaged("BMP: " + planes + " planes; there is always 1");
    }
    if (bits == 0 && (compression == 4 || compression == 5)
        || compression == 4
        || compression == 5) {
      throw StepException.notSupported(
          "BMP: an embedded JPEG or PNG file; convert it to an ordinary BMP");
    }
    boolean os2 = headerSize == 16 || headerSize == 64;
    if (os2 && (compression == BIT_FIELDS || compression == 4)) {
      throw StepException.notSupported("BMP: OS/2 compression " + compression);
    }
    boolean known =
        switch (compression) {
          case RGB ->
              bits == 1
                  || bits == 2
                  || bits == 4
                  || bits == 8
                  || bits == 16
                  || bits == 24
                  || bits == 32;
          case RLE8 -> bits == 8;
          case RLE4 -> bits == 4;
          case BIT_FIELDS, ALPHA_BIT_FIELDS -> bits == 16 || bits == 32;
          default -> false;
        };
    if (!known) {
      throw StepException.damaged(
          "BMP: " + bits + " bits with compression " + compression + " does not exist");
    }
    if (coloursUsed > 65_536 && bits <= 8) {
      throw StepException.damaged(
          "BMP: a palette of " + coloursUsed + " colours; 256 are possible");
    }
  }

  /** Refuses a picture that cannot lie in this file: a run is at most 255 pixels in 2 bytes. */
  private void requirePixels(long length) {
    long most = Math.max(0, length - pixels);
    boolean runs = compression == RLE8 || compression == RLE4;
    // Half a megapixel may be left out of a picture of runs; it then has the first colour.
    long needed = runs ? (width * height - (1 << 19)) / 128 : (width * bits + 7) / 8 * height;
    if (width > 0 && width < 1 << 24 && height < 1 << 24 && needed > most) {
      throw StepException.damaged(
          "BMP: "
              + width
              + " x "
              + height
              + " pixels need "
              + needed
              + " bytes, the file has "
              + most
              + "; it is truncated or damaged");
    }
  }

  /** Returns where the palette begins. */
  long paletteAt() {
    boolean maskBlock = headerSize == 40 && compression == BIT_FIELDS;
    return 14 + headerSize + (maskBlock ? 12 : 0);
  }

  /** Returns how many colours the palette has room for, at most 256. */
  int colours() {
    long most = 1L << bits;
    long used = coloursUsed == 0 ? most : Math.min(most, coloursUsed);
    long room = Math.max(0, (pixels - paletteAt()) / entrySize);
    return (int) Math.min(used, room);
  }
}
