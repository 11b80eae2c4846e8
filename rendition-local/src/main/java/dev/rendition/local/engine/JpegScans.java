package dev.rendition.local.engine;

import java.io.IOException;

/** Counts the scans of a JPEG by stepping over its entropy-coded bytes. */
final class JpegScans {
  private static final int CHUNK = 64 << 10;

  private JpegScans() {}

  /**
   * Returns how many scans there are, the one before {@code from} included.
   *
   * @param from somewhere in the header of the first scan
   * @param stopAt where counting stops: a file with that many is refused anyway
   */
  static int count(SourceBytes source, long from, int stopAt) throws IOException {
    byte[] chunk = new byte[CHUNK];
    int scans = 1;
    boolean escape = false;
    long position = from;
    while (true) {
      int n = source.read(position, chunk, 0, CHUNK);
      if (n == 0) {
        return scans;
      }
      position += n;
      for (int i = 0; i < n; i++) {
        byte b = chunk[i];
        if (escape) {
          escape = b == -1;
          if (b == (byte) 0xda && ++scans >= stopAt || b == (byte) 0xd9) {
            return scans;
          }
        } else if (b == -1) {
          escape = true;
        }
      }
    }
  }
}
