package dev.rendition.local.gif;

/**
 * A rectangle of the picture.
 *
 * @param left column of its first pixel
 * @param top row of its first pixel
 * @param width 1 or more
 * @param height 1 or more
 */
record GifArea(int left, int top, int width, int height) {

  /** Returns the smallest area around the pixels that differ; one pixel if none does. */
  static GifArea changed(int[] before, int[] after, int width, int height) {
    int left = width;
    int right = -1;
    int top = height;
    int bottom = -1;
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        if (before[y * width + x] != after[y * width + x]) {
          left = Math.min(left, x);
          right = Math.max(right, x);
          top = Math.min(top, y);
          bottom = y;
        }
      }
    }
    return right < 0
        ? new GifArea(0, 0, 1, 1)
        : new GifArea(left, top, right - left + 1, bottom - top + 1);
  }

  /** Whether a pixel goes from opaque to transparent: drawing over cannot do that. */
  static boolean vanishes(int[] before, int[] after) {
    for (int i = 0; i < before.length; i++) {
      if (after[i] == 0 && before[i] != 0) {
        return true;
      }
    }
    return false;
  }

  /** Returns a copy of the pixels inside. */
  int[] cut(int[] picture, int pictureWidth) {
    int[] pixels = new int[width * height];
    for (int y = 0; y < height; y++) {
      System.arraycopy(picture, (top + y) * pictureWidth + left, pixels, y * width, width);
    }
    return pixels;
  }

  /** Makes transparent what is seen already. */
  void blankUnchanged(int[] pixels, int[] before, int[] after, int pictureWidth) {
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int at = (top + y) * pictureWidth + left + x;
        if (before[at] == after[at]) {
          pixels[y * width + x] = 0;
        }
      }
    }
  }
}
