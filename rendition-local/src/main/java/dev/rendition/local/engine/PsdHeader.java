package dev.rendition.local.engine;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The header of a Photoshop file (Adobe Photoshop File Formats Specification, 2019). */
final class PsdHeader {
  static final int BITMAP = 0;
  static final int GREY = 1;
  static final int INDEXED = 2;
  static final int RGB = 3;
  static final int CMYK = 4;
  static final int MULTICHANNEL = 7;
  static final int DUOTONE = 8;
  static final int LAB = 9;
  private static final int ICC_PROFILE = 1039;
  private static final int TRANSPARENT_INDEX = 1047;
  private static final int VERSION_INFO = 1057;
  private static final int SIGNATURE = 0x3842494d;

  final boolean big;
  final int channels;
  final long width;
  final long height;
  final int bits;
  final int mode;
  byte[] palette = new byte[0];
  int transparentIndex = -1;
  byte @Nullable [] icc;
  boolean composite = true;

  /** Whether the first channel behind the colours is the transparency of the whole picture. */
  boolean transparency;

  long pixels;

  /** Where the layer section begins: its length field. */
  long layers;

  private final ByteCursor in;

  private PsdHeader(SourceBytes source) throws IOException {
    in = new ByteCursor(source, "PSD");
    int version = in.seek(4).u16();
    if (version != 1 && version != 2) {
      throw StepException.damaged("PSD: version " + version + " does not exist");
    }
    big = version == 2;
    channels = in.skip(6).u16();
    height = in.u32();
    width = in.u32();
    bits = in.u16();
    mode = in.u16();
    if (channels < 1 || channels > 56) {
      throw StepException.damaged("PSD: " + channels + " channels; 1 to 56 are possible");
    }
    if (bits != 1 && bits != 8 && bits != 16 && bits != 32 || (bits == 1) != (mode == BITMAP)) {
      throw StepException.damaged("PSD: " + bits + " bits in colour mode " + mode);
    }
    if (colours() == 0) {
      throw StepException.notSupported(
          "PSD: colour mode " + mode + " with " + channels + " channels; save it as RGB");
    }
    if (channels < colours()) {
      throw StepException.damaged("PSD: " + channels + " channels are too few for its colours");
    }
    sections();
  }

  static PsdHeader read(SourceBytes source) throws IOException {
    return new PsdHeader(source);
  }

  static SourceHeader.Builder probe(SourceBytes source) throws IOException {
    PsdHeader psd = new PsdHeader(source);
    SourceHeader.Builder found = new SourceHeader.Builder(SourceFormat.PSD);
    found.width = psd.width;
    found.height = psd.height;
    found.bits = psd.bits;
    found.icc = psd.icc;
    found.alpha = psd.transparency || !psd.composite || psd.transparentIndex >= 0;
    // The channels; for a palette the colours beside them; for layers a layer of four times the
    // size.
    found.bytesPerPixel = psd.mode == INDEXED ? 5 : psd.colours() + (psd.transparency ? 1 : 0);
    found.bytesPerPixel += psd.composite ? 0 : 20;
    found.indexed = psd.mode == INDEXED;
    found.variant = psd.big ? "PSB" : "";
    found.space =
        switch (psd.mode) {
          case BITMAP, GREY, DUOTONE -> ColourModel.Space.GREY;
          case CMYK -> ColourModel.Space.CMYK;
          case LAB -> ColourModel.Space.LAB;
          case MULTICHANNEL -> ColourModel.Space.OTHER;
          default -> ColourModel.Space.RGB;
        };
    return found;
  }

  /** Returns how many channels make the colour; 0 for a mode that is not read. */
  int colours() {
    return switch (mode) {
      case BITMAP, GREY, INDEXED, DUOTONE -> 1;
      case RGB, LAB -> 3;
      case CMYK -> 4;
      case MULTICHANNEL -> channels >= 3 ? 3 : 1;
      default -> 0;
    };
  }

  private void sections() throws IOException {
    long length = in.u32();
    long start = in.position();
    if (mode == INDEXED) {
      palette = in.bytes((int) Math.min(768, length));
      if (palette.length < 768) {
        throw StepException.damaged("PSD: a palette of " + palette.length + " bytes; 768 needed");
      }
    }
    in.seek(start + length);
    length = in.u32();
    start = in.position();
    resources(start + length);
    in.seek(start + length);
    layers = in.position();
    length = big ? in.i64() : in.u32();
    start = in.position();
    if (length < 0 || length > in.remaining()) {
      throw in.truncated();
    }
    if (length > (big ? 10 : 6)) {
      in.skip(big ? 8 : 4);
      int layers = (short) in.u16();
      transparency = layers < 0 && channels > colours();
    }
    pixels = start + length;
  }

  private void resources(long end) throws IOException {
    while (in.position() + 12 <= end) {
      if (in.i32() != SIGNATURE) {
        return;
      }
      int id = in.u16();
      int name = in.u8();
      in.skip(name + (~name & 1));
      long size = in.u32();
      long start = in.position();
      if (size > end - start) {
        return;
      }
      if (id == ICC_PROFILE && size <= SourceLimits.MAX_ICC_BYTES) {
        icc = in.bytes((int) size);
      } else if (id == TRANSPARENT_INDEX && size >= 2 && mode == INDEXED) {
        transparentIndex = in.u16();
      } else if (id == VERSION_INFO && size >= 5) {
        composite = in.skip(4).u8() != 0;
      }
      in.seek(start + size + (size & 1));
    }
  }
}
