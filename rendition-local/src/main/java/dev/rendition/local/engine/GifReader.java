package dev.rendition.local.engine;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads the frames of a GIF one after another, each composited on the canvas as a browser shows it
 * (GIF89a specification, section 23: disposal). Not safe for use by many threads.
 */
final class GifReader implements FrameReader {
  private final SourceHeader header;
  private final Cancellation cancellation;
  private final ByteCursor in;
  private final int width;
  private final int height;
  private final int[] canvas;
  private int @Nullable [] saved;
  private byte @Nullable [] globalColours;
  private int frame;
  private int disposal;
  private int delay;
  private int plays = 1;
  private int transparent = -1;
  private @Nullable FrameBox last;

  GifReader(SourceBytes source, SourceHeader header, Cancellation cancellation) throws IOException {
    this.header = header;
    this.cancellation = cancellation;
    this.in = new ByteCursor(source, "GIF", 16 << 10).littleEndian(true);
    this.width = header.width();
    this.height = header.height();
    this.canvas = new int[Math.multiplyExact(width, height)];
    int flags = in.seek(10).u8();
    in.skip(2);
    if ((flags & 0x80) != 0) {
      globalColours = in.bytes(3 << (flags & 7) + 1);
    }
  }

  @Override
  public boolean hasNext() {
    return frame < header.frames();
  }

  /** Returns the next frame on the canvas. */
  @Override
  public Frame next() throws IOException {
    if (!hasNext()) {
      throw new NoSuchElementException("the GIF has only " + header.frames() + " frames");
    }
    dispose();
    disposal = 0;
    delay = 0;
    transparent = -1;
    while (true) {
      int kind = in.u8();
      if (kind == 0x21) {
        extension();
      } else if (kind == 0x2c) {
        FrameBox box = new FrameBox(in.u16(), in.u16(), in.u16(), in.u16(), delay * 10);
        if (image(box)) {
          frame++;
          last = box;
          return new Frame(picture(), delay * 10);
        }
      } else if (kind != 0) {
        throw StepException.damaged("GIF: byte " + kind + " where a block should begin");
      }
    }
  }

  private void dispose() {
    FrameBox box = last;
    if (box == null) {
      return;
    }
    if (disposal == 3 && saved != null) {
      System.arraycopy(saved, 0, canvas, 0, canvas.length);
    } else if (disposal == 2 || disposal == 3) {
      for (int y = box.y(); y < Math.min(height, box.y() + box.height()); y++) {
        int from = y * width + Math.min(width, box.x());
        int to = y * width + Math.min(width, box.x() + box.width());
        Arrays.fill(canvas, from, to, 0);
      }
    }
  }

  private void extension() throws IOException {
    int label = in.u8();
    if (label == 0xff) {
      application();
    } else if (label == 0xf9) {
      int size = in.u8();
      long start = in.position();
      if (size >= 4) {
        int flags = in.u8();
        disposal = flags >> 2 & 7;
        delay = in.u16();
        int index = in.u8();
        transparent = (flags & 1) != 0 ? index : -1;
      }
      in.seek(start + size);
      if (size == 0) {
        return;
      }
    }
    skipBlocks();
  }

  /**
   * Reads how often the animation is shown: the application extension that browsers heed
   * (NETSCAPE2.0).
   */
  private void application() throws IOException {
    int size = in.u8();
    long start = in.position();
    boolean loops =
        size == 11 && new String(in.bytes(11), StandardCharsets.ISO_8859_1).equals("NETSCAPE2.0");
    in.seek(start + size);
    if (loops && in.u8() == 3 && in.u8() == 1) {
      int repeats = in.u16();
      plays = repeats == 0 ? 0 : Math.min(repeats + 1, 65_536);
    } else if (loops) {
      in.seek(start + size);
    }
  }

  /**
   * Returns how often the animation is shown, 0 for without end; known once the first frame was
   * read.
   */
  @Override
  public int plays() {
    return plays;
  }

  private void skipBlocks() throws IOException {
    for (int size = in.readOrEnd(); size > 0; size = in.readOrEnd()) {
      in.skip(size);
    }
  }

  private boolean image(FrameBox box) throws IOException {
    int flags = in.u8();
    byte[] colours = (flags & 0x80) != 0 ? in.bytes(3 << (flags & 7) + 1) : globalColours;
    int codeSize = in.u8();
    if (box.width() == 0 || box.height() == 0) {
      skipBlocks();
      return false;
    }
    if (disposal == 3) {
      saved = canvas.clone();
    }
    int[] palette = palette(colours);
    byte[] indices = new byte[Math.multiplyExact(box.width(), box.height())];
    int decoded = new GifLzw(in, codeSize, cancellation).decode(indices);
    if (decoded < indices.length && frame == 0 && decoded == 0) {
      throw StepException.damaged("GIF: the first frame has no pixels; the file is truncated");
    }
    skipBlocks();
    draw(box, indices, decoded, palette, (flags & 0x40) != 0);
    return true;
  }

  private int[] palette(byte @Nullable [] colours) {
    int[] palette = new int[256];
    Arrays.fill(palette, 0xff00_0000);
    for (int i = 0; colours != null && i < colours.length / 3; i++) {
      palette[i] |=
          (colours[3 * i] & 0xff) << 16
              | (colours[3 * i + 1] & 0xff) << 8
              | colours[3 * i + 2] & 0xff;
    }
    return palette;
  }

  private void draw(FrameBox box, byte[] indices, int decoded, int[] palette, boolean interlaced) {
    int row = 0;
    for (int n = 0; n < box.height(); n++) {
      int y = box.y() + (interlaced ? interlacedRow(n, box.height()) : row++);
      int from = n * box.width();
      int columns = Math.min(Math.min(box.width(), width - box.x()), decoded - from);
      if (y >= height) {
        continue;
      }
      for (int x = 0; x < columns; x++) {
        int index = indices[from + x] & 0xff;
        if (index != transparent) {
          canvas[y * width + box.x() + x] = palette[index];
        }
      }
    }
  }

  /** GIF89a specification, appendix E. */
  private static int interlacedRow(int n, int height) {
    int first = (height + 7) / 8;
    int second = (height + 3) / 8;
    int third = (height + 1) / 4;
    if (n < first) {
      return n * 8;
    }
    if (n < first + second) {
      return (n - first) * 8 + 4;
    }
    if (n < first + second + third) {
      return (n - first - second) * 4 + 2;
    }
    return (n - first - second - third) * 2 + 1;
  }

  private Picture picture() {
    Canvas to = new Canvas(Picture.Kind.RGB, width, height, true);
    boolean clear = false;
    for (int i = 0; i < canvas.length; i++) {
      int argb = canvas[i];
      to.samples[0][i] = (byte) (argb >> 16);
      to.samples[1][i] = (byte) (argb >> 8);
      to.samples[2][i] = (byte) argb;
      clear |= argb >= 0;
      if (to.alpha != null) {
        to.alpha[i] = (byte) (argb >> 24);
      }
    }
    Picture all = to.toPicture(null);
    return clear ? all : all.with(all.planes(), Optional.empty());
  }
}
