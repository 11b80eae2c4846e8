package dev.rendition.local.engine;

import java.io.IOException;

/**
 * A part of a source, as a source. Closing it is left to the owner of the whole.
 *
 * @param whole the source it lies in
 * @param start the first byte of the part
 * @param length how many bytes the part has
 */
record SlicedBytes(SourceBytes whole, long start, long length) implements SourceBytes {
  @Override
  public int read(long position, byte[] into, int offset, int count) throws IOException {
    long left = Math.max(0, length - position);
    return left == 0 ? 0 : whole.read(start + position, into, offset, (int) Math.min(count, left));
  }

  @Override
  public long heapBytes() {
    return 0;
  }

  @Override
  public void close() {}
}
