package dev.rendition.local.engine;

import java.io.IOException;

/** Steps through the blocks of a GIF (GIF89a specification, sections 18 to 26). */
final class GifProbe {
  private static final int MAX_BLOCKS = 4_000_000;
  private static final int MAX_BOXES = 10_000;

  private GifProbe() {}

  static SourceHeader.Builder probe(SourceBytes source) throws IOException {
    SourceHeader.Builder found = new SourceHeader.Builder(SourceFormat.GIF);
    ByteCursor in = new ByteCursor(source, "GIF", 64 << 10).littleEndian(true);
    in.seek(6);
    found.width = in.u16();
    found.height = in.u16();
    int flags = in.u8();
    in.skip(2);
    found.indexed = true;
    found.bits = (flags & 7) + 1;
    found.frames = 0;
    if ((flags & 0x80) != 0) {
      in.skip(3L << (flags & 7) + 1);
    }
    try {
      blocks(in, found);
    } catch (StepException e) {
      if (found.frames == 0) {
        throw e;
      }
      found.damage.add("the GIF is truncated within or behind frame " + found.frames);
    }
    if (found.frames == 0) {
      throw StepException.damaged("GIF: there is no frame in it");
    }
    // The canvas, what lies under a frame, the frame itself, and the picture made of it.
    found.bytesPerPixel = 4 + 4 + 1 + 4;
    return found;
  }

  private static void blocks(ByteCursor in, SourceHeader.Builder found) throws IOException {
    int delay = 0;
    int blocks = 0;
    while (true) {
      int kind = in.readOrEnd();
      if (kind < 0 || kind == 0x3b) {
        return;
      }
      if (kind == 0x21) {
        int label = in.u8();
        if (label == 0xf9 && in.u8() == 4) {
          found.alpha |= (in.u8() & 1) != 0;
          delay = in.u16();
          in.skip(1);
        }
      } else if (kind == 0x2c) {
        int x = in.u16();
        int y = in.u16();
        int width = in.u16();
        int height = in.u16();
        int flags = in.u8();
        in.skip((flags & 0x80) != 0 ? 3L << (flags & 7) + 1 : 0);
        in.u8();
        frame(found, x, y, width, height, delay);
        delay = 0;
      } else if (kind == 0) {
        continue;
      } else {
        found.damage.add("byte " + kind + " where a GIF block should begin: the rest is ignored");
        return;
      }
      for (int size = in.u8(); size > 0; size = in.u8()) {
        in.skip(size);
        if (++blocks > MAX_BLOCKS) {
          throw StepException.limit("GIF: more than " + MAX_BLOCKS + " data blocks");
        }
      }
    }
  }

  private static void frame(
      SourceHeader.Builder found, int x, int y, int width, int height, int delay) {
    if (width == 0 || height == 0) {
      found.warnings.add("a frame of " + width + " x " + height + " pixels is passed over");
      return;
    }
    if (found.frames == 0) {
      // Encoders of old leave the screen at 0 or too small; browsers then grow it to the first.
      found.width = Math.max(found.width, (long) x + width);
      found.height = Math.max(found.height, (long) y + height);
    }
    found.frames++;
    if ((long) width * height > found.width * found.height) {
      // A frame may be larger than the screen; it is unpacked as a whole.
      found.workingBytes = Math.max(found.workingBytes, 4L * width * height);
    }
    if (found.boxes.size() < MAX_BOXES) {
      found.boxes.add(new FrameBox(x, y, width, height, delay * 10));
    }
  }
}
