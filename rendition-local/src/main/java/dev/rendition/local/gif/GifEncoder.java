package dev.rendition.local.gif;

import static java.util.Objects.requireNonNull;

import dev.rendition.local.raster.Plane;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes GIF89a, one frame or many, each given as the whole picture that is to be seen.
 *
 * <p>A frame of at most 256 colours (255 beside transparency) is stored exactly, any other with the
 * best palette for it. Alpha of 128 and more is opaque, less is transparent. Of a frame only the
 * rectangle that changes is stored, and in it the pixels that change.
 *
 * <p>Keeps some pictures of four bytes a pixel, however many frames there are: a frame is written
 * when the next one is known. Not safe for use by many threads.
 */
public final class GifEncoder {
  /** The largest side, from the 16-bit fields of the logical screen: GIF89a, 18. */
  public static final int MAX_SIDE = 65_535;

  private static final int OPAQUE = 0xff000000;
  private static final int KEEP = 1;
  private static final int CLEAR = 2;

  private final int width;
  private final int height;
  private final GifSettings settings;
  private final GifBlocks blocks;

  /** What is seen before the waiting frame: 0 for transparent, else opaque ARGB. */
  private int[] seen;

  private int[] waiting;
  private int[] spare;
  private int waitingDelay;
  private int frames;

  /** The first frame's palette. */
  private @Nullable GifPalette global;

  private GifEncoder(int width, int height, GifSettings settings, OutputStream out) {
    this.width = width;
    this.height = height;
    this.settings = settings;
    blocks = new GifBlocks(out);
    seen = new int[width * height];
    waiting = new int[width * height];
    spare = new int[width * height];
  }

  /**
   * Returns an encoder for one file. Nothing is written yet.
   *
   * @param width 1 to {@value #MAX_SIDE}
   * @param height 1 to {@value #MAX_SIDE}
   * @param out written to, neither flushed nor closed
   */
  public static GifEncoder of(int width, int height, GifSettings settings, OutputStream out) {
    if (width < 1 || height < 1 || width > MAX_SIDE || height > MAX_SIDE) {
      throw new IllegalArgumentException(
          "a GIF picture has sides of 1.." + MAX_SIDE + ", was " + width + " x " + height);
    }
    if ((long) width * height > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException("too many pixels: " + width + " x " + height);
    }
    return new GifEncoder(
        width, height, requireNonNull(settings, "settings"), requireNonNull(out, "out"));
  }

  /**
   * Adds a frame. The planes are copied.
   *
   * @param planes red, green and blue in sRGB, or those and alpha, each as large as the picture
   * @param delay how long it is seen, in hundredths of a second, 0 to 65,535
   * @throws IOException from the stream
   */
  public void add(List<Plane> planes, int delay) throws IOException {
    require(planes, delay);
    if (frames > 0) {
      frames++;
      int[] next = copy(planes, spare);
      writeWaiting(next);
      spare = seen;
      seen = waiting;
      waiting = next;
    } else {
      frames++;
      copy(planes, waiting);
    }
    waitingDelay = delay;
  }

  /**
   * Writes the last frame and the end of the file. Nothing may be added after it.
   *
   * @throws IOException from the stream
   */
  public void finish() throws IOException {
    if (frames == 0) {
      throw new IllegalStateException("a GIF file needs a frame: call add first");
    }
    writeWaiting(waiting);
    blocks.trailer();
  }

  private void require(List<Plane> planes, int delay) {
    requireNonNull(planes, "planes");
    if (planes.size() < 3 || planes.size() > 4) {
      throw new IllegalArgumentException("a GIF frame has 3 or 4 planes, was " + planes.size());
    }
    for (Plane plane : planes) {
      if (plane.width() != width || plane.height() != height) {
        throw new IllegalArgumentException(
            "each plane must be "
                + width
                + " x "
                + height
                + ", was "
                + plane.width()
                + " x "
                + plane.height());
      }
    }
    if (delay < 0 || delay > 0xffff) {
      throw new IllegalArgumentException("delay must be 0..65535, was " + delay);
    }
  }

  private static int[] copy(List<Plane> planes, int[] pixels) {
    byte[] red = planes.get(0).samples();
    byte[] green = planes.get(1).samples();
    byte[] blue = planes.get(2).samples();
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = OPAQUE | (red[i] & 0xff) << 16 | (green[i] & 0xff) << 8 | blue[i] & 0xff;
    }
    if (planes.size() == 4) {
      byte[] alpha = planes.get(3).samples();
      for (int i = 0; i < pixels.length; i++) {
        pixels[i] &= alpha[i] >> 31; // opaque where the sign bit is set: 128 and more
      }
    }
    return pixels;
  }

  /** Writes the waiting frame, cleared afterwards if the next one cannot be drawn over it. */
  private void writeWaiting(int[] next) throws IOException {
    boolean clear = GifArea.vanishes(waiting, next);
    boolean whole = clear || global == null;
    GifArea area =
        whole ? new GifArea(0, 0, width, height) : GifArea.changed(seen, waiting, width, height);
    int[] pixels = area.cut(waiting, width);
    if (!whole) {
      area.blankUnchanged(pixels, seen, waiting, width);
    }
    write(area, pixels, clear ? CLEAR : KEEP);
    if (clear) {
      Arrays.fill(waiting, 0);
    }
  }

  private void write(GifArea area, int[] pixels, int disposal) throws IOException {
    GifPalette palette = GifPalette.of(pixels);
    GifPalette shared = global;
    byte[] indices;
    if (palette.isExact()) {
      if (shared != null && shared.holds(palette)) {
        palette = shared;
      }
      indices = palette.indices(pixels);
    } else {
      GifQuantiser quantiser = new GifQuantiser(pixels, palette.limit());
      palette = quantiser.palette();
      indices = quantiser.indices(pixels, area.width(), settings.dither());
    }
    if (shared == null) {
      global = palette;
      start(palette);
    }
    blocks.control(disposal, waitingDelay, palette.transparentIndex(pixels));
    blocks.image(area, palette, shared != null && shared != palette);
    GifLzw.write(indices, Math.max(2, palette.bits()), blocks);
  }

  private void start(GifPalette palette) throws IOException {
    blocks.screen(width, height, palette);
    if (frames > 1 && settings.plays() != 1) {
      blocks.loop(settings.plays() == 0 ? 0 : settings.plays() - 1);
    }
  }
}
