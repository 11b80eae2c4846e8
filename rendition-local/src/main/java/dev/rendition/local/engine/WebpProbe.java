package dev.rendition.local.engine;

import java.io.IOException;

/** Reads the chunks of a WebP container (RFC 9649, section 2). */
final class WebpProbe {
  static final int VP8 = 0x56503820;
  static final int VP8L = 0x5650384c;
  static final int VP8X = 0x56503858;
  static final int ALPH = 0x414c5048;
  static final int ANIM = 0x414e494d;
  static final int ANMF = 0x414e4d46;
  private static final int ICCP = 0x49434350;
  private static final int EXIF = 0x45584946;
  private static final int MAX_CHUNKS = 200_000;
  private static final int MAX_BOXES = 10_000;

  private WebpProbe() {}

  static SourceHeader.Builder probe(SourceBytes source) throws IOException {
    SourceHeader.Builder found = new SourceHeader.Builder(SourceFormat.WEBP);
    ByteCursor in = new ByteCursor(source, "WebP").littleEndian(true);
    in.seek(12);
    boolean extended = false;
    boolean animation = false;
    boolean picture = false;
    int frames = 0;
    for (int n = 0; n < MAX_CHUNKS && in.remaining() >= 8; n++) {
      int type = Integer.reverseBytes(in.i32());
      long length = in.u32();
      long start = in.position();
      switch (type) {
        case VP8X -> {
          extended = true;
          int flags = in.u8();
          in.skip(3);
          found.width = in.u24() + 1L;
          found.height = in.u24() + 1L;
          found.alpha = (flags & 0x10) != 0;
          animation = (flags & 2) != 0;
          found.variant = animation ? "animated" : "extended";
        }
        case VP8, VP8L -> {
          if (!picture && !animation) {
            bitstream(in, type, found, extended);
          }
          picture = true;
        }
        case ANMF -> {
          frames++;
          if (found.boxes.size() < MAX_BOXES && length >= 16) {
            FrameBox box = box(in);
            if (box.x() + (long) box.width() > found.width
                || box.y() + (long) box.height() > found.height) {
              throw StepException.damaged(
                  "WebP: frame " + frames + " reaches beyond the canvas; the file is damaged");
            }
            found.boxes.add(box);
          }
        }
        case ICCP -> {
          if (found.icc == null && length <= SourceLimits.MAX_ICC_BYTES) {
            found.icc = in.bytes((int) length);
          }
        }
        case EXIF -> {
          found.orientation = ExifOrientation.find(source, start, length);
          found.notices = found.notices.or(ExifBlock.notices(source, start, length));
        }
        default -> {}
      }
      if (picture && !extended) {
        break;
      }
      in.seek(start + length + (length & 1));
    }
    if (animation) {
      found.frames = frames;
    }
    if (animation ? frames == 0 : !picture) {
      throw StepException.damaged("WebP: there is no picture in it; it is truncated or damaged");
    }
    boolean lossy = found.space == ColourModel.Space.YCBCR && !animation;
    // Lossy: Y, Cb, Cr and RGB; alpha and the lossless kind: what the foreign decoder holds.
    found.bytesPerPixel = lossy ? 4.7 + (found.alpha ? 12 : 0) : 20;
    found.workingBytes = source.length() + 64 * (found.width + found.height);
    return found;
  }

  private static FrameBox box(ByteCursor in) throws IOException {
    int x = in.u24() * 2;
    int y = in.u24() * 2;
    int width = in.u24() + 1;
    int height = in.u24() + 1;
    return new FrameBox(x, y, width, height, in.u24());
  }

  private static void bitstream(
      ByteCursor in, int type, SourceHeader.Builder found, boolean extended) throws IOException {
    long width;
    long height;
    if (type == VP8) {
      int tag = in.u24();
      if ((tag & 1) != 0 || in.u8() != 0x9d || in.u8() != 0x01 || in.u8() != 0x2a) {
        throw StepException.damaged("WebP: the VP8 data does not begin with a key frame");
      }
      width = in.u16() & 0x3fff;
      height = in.u16() & 0x3fff;
      found.space = ColourModel.Space.YCBCR;
    } else {
      if (in.u8() != 0x2f) {
        throw StepException.damaged("WebP: the VP8L data does not begin with its signature");
      }
      long bits = in.u32();
      width = (bits & 0x3fff) + 1;
      height = (bits >> 14 & 0x3fff) + 1;
      found.alpha |= (bits >> 28 & 1) != 0;
    }
    if (!extended) {
      found.variant = type == VP8 ? "lossy" : "lossless";
      found.width = width;
      found.height = height;
    } else if (width != found.width || height != found.height) {
      throw StepException.damaged(
          "WebP: the canvas is "
              + found.width
              + " x "
              + found.height
              + ", its picture "
              + width
              + " x "
              + height);
    }
  }
}
