package dev.rendition.local.png;

/** The rows of a picture as the file holds them before filtering. */
interface PngRows {
  int height();

  /** Returns the bytes in a row. */
  int rowBytes();

  /** Returns the bytes from one pixel to the next, 1 for pixels smaller than a byte. */
  int pixelBytes();

  /** Writes a row to {@code out}, from index 1 on. */
  void fill(int y, byte[] out);
}
