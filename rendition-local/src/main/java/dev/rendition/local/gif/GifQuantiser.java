package dev.rendition.local.gif;

import java.util.Arrays;
import java.util.List;

/**
 * Finds the palette for a frame of many colours and maps pixels to it.
 *
 * <p>Colours are counted in 32 × 32 × 32 cells. The box of cells with the greatest squared error is
 * cut in two across its widest-spread channel where the two halves' error is least (variance-based
 * cutting after Wan, Wong and Prusinkiewicz, 1988), until there are as many boxes as colours; a
 * colour is the mean of its box. All in whole numbers and exact doubles: the same everywhere.
 */
final class GifQuantiser {
  private final GifPalette palette;

  /** By colour of 6 bits a channel: the index of the nearest plus one, 0 for not yet sought. */
  private final short[] nearest = new short[1 << 18];

  /**
   * Finds the palette.
   *
   * @param pixels opaque ARGB, 0 for transparent; at least one is opaque
   * @param limit 2 to 256 colours
   */
  GifQuantiser(int[] pixels, int limit) {
    int cells = GifColourBox.CELLS;
    int[] counts = new int[cells];
    long[][] sums = new long[3][cells];
    for (int pixel : pixels) {
      if (pixel != 0) {
        int cell = (pixel >> 19 & 31) << 10 | (pixel >> 11 & 31) << 5 | pixel >> 3 & 31;
        counts[cell]++;
        sums[0][cell] += pixel >> 16 & 0xff;
        sums[1][cell] += pixel >> 8 & 0xff;
        sums[2][cell] += pixel & 0xff;
      }
    }
    palette = new GifPalette(limit);
    List<GifColourBox> boxes = GifColourBox.cut(counts, sums, limit);
    for (GifColourBox box : boxes) {
      palette.addIfNew(box.mean());
    }
  }

  GifPalette palette() {
    return palette;
  }

  /**
   * Returns the index of a colour for each pixel, the one behind the last colour for transparent.
   *
   * @param width of the rows the pixels form
   * @param dither whether errors go to the neighbours, every second row from right to left
   */
  byte[] indices(int[] pixels, int width, boolean dither) {
    byte[] indices = new byte[pixels.length];
    if (!dither) {
      for (int i = 0; i < pixels.length; i++) {
        indices[i] = (byte) (pixels[i] == 0 ? palette.size() : nearest(pixels[i]));
      }
      return indices;
    }
    int[] errors = new int[3 * (width + 2)];
    int[] below = new int[3 * (width + 2)];
    for (int row = 0; row * width < pixels.length; row++) {
      int step = row % 2 == 0 ? 1 : -1;
      for (int i = 0; i < width; i++) {
        int x = step > 0 ? i : width - 1 - i;
        int at = row * width + x;
        indices[at] = (byte) dithered(pixels[at], 3 * (x + 1), 3 * step, errors, below);
      }
      int[] used = errors;
      errors = below;
      below = used;
      Arrays.fill(below, 0);
    }
    return indices;
  }

  /** Takes the index for a pixel and its share of errors, in sixteenths, and passes on the rest. */
  private int dithered(int pixel, int at, int step, int[] errors, int[] below) {
    if (pixel == 0) {
      return palette.size();
    }
    int red = clamp((pixel >> 16 & 0xff) + (errors[at] + 8 >> 4));
    int green = clamp((pixel >> 8 & 0xff) + (errors[at + 1] + 8 >> 4));
    int blue = clamp((pixel & 0xff) + (errors[at + 2] + 8 >> 4));
    int index = nearest(red << 16 | green << 8 | blue);
    int colour = palette.colour(index);
    spread(red - (colour >> 16 & 0xff), at, step, errors, below);
    spread(green - (colour >> 8 & 0xff), at + 1, step, errors, below);
    spread(blue - (colour & 0xff), at + 2, step, errors, below);
    return index;
  }

  private static void spread(int error, int at, int step, int[] errors, int[] below) {
    errors[at + step] += 7 * error;
    below[at - step] += 3 * error;
    below[at] += 5 * error;
    below[at + step] += error;
  }

  private static int clamp(int value) {
    return Math.max(0, Math.min(255, value));
  }

  private int nearest(int rgb) {
    int key = (rgb >> 18 & 63) << 12 | (rgb >> 10 & 63) << 6 | rgb >> 2 & 63;
    if (nearest[key] == 0) {
      nearest[key] = (short) (1 + seek(rgb & 0xfcfcfc | 0x020202));
    }
    return nearest[key] - 1;
  }

  private int seek(int rgb) {
    int best = 0;
    int least = Integer.MAX_VALUE;
    for (int i = 0; i < palette.size(); i++) {
      int colour = palette.colour(i);
      int red = (colour >> 16 & 0xff) - (rgb >> 16 & 0xff);
      int green = (colour >> 8 & 0xff) - (rgb >> 8 & 0xff);
      int blue = (colour & 0xff) - (rgb & 0xff);
      int distance = red * red + green * green + blue * blue;
      if (distance < least) {
        least = distance;
        best = i;
      }
    }
    return best;
  }
}
