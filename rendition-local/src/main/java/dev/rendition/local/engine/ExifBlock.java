package dev.rendition.local.engine;

import dev.rendition.local.notice.ExifNotices;
import dev.rendition.local.notice.Notices;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Takes the notices out of an EXIF block somewhere in a source. */
final class ExifBlock {
  /** Notices lie at the start of a block; thumbnails and maker notes make it long. */
  private static final int MAX_BYTES = 64 << 10;

  private ExifBlock() {}

  /**
   * Returns the notices, none where the block is damaged.
   *
   * @param start where the TIFF header of the block begins; a leading {@code Exif\0\0} is stepped
   *     over
   * @param length of the block in bytes
   */
  static Notices notices(SourceBytes source, long start, long length) throws IOException {
    byte[] block = new byte[(int) Math.max(0, Math.min(length, MAX_BYTES))];
    int there = source.read(start, block, 0, block.length);
    boolean named = there >= 6 && block[0] == 'E' && block[1] == 'x';
    int from = named ? 6 : 0;
    return ExifNotices.read(ByteBuffer.wrap(block, from, there - from));
  }
}
