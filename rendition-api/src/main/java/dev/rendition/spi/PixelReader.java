package dev.rendition.spi;

import java.io.IOException;

/**
 * Reads small pictures into pixels, for what is reckoned from pixels outside a generator, such as
 * placeholders. Safe for use by many threads.
 */
@FunctionalInterface
public interface PixelReader {
  /**
   * Reads a picture of at most 256 x 256 pixels, its first frame.
   *
   * @param file the encoded picture; not changed
   * @throws IOException if it is larger, damaged, or of a format that is not read; the message says
   *     which
   */
  Pixels read(byte[] file) throws IOException;
}
