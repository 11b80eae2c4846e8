package dev.rendition.local.engine;

import static java.util.Objects.requireNonNull;

import java.io.IOException;

/**
 * The encoded bytes of one source, readable at any position, as often as needed.
 *
 * <p>Reading never changes a position that others see: safe for use by many threads until closed.
 */
public interface SourceBytes extends AutoCloseable {
  /** Returns how many bytes there are, 0 or more. */
  long length();

  /**
   * Reads some bytes.
   *
   * @param position of the first byte, 0 or more
   * @param into takes the bytes
   * @param offset index of the first byte in {@code into}
   * @param count how many at most
   * @return how many were read: fewer than {@code count} only where the source ends; 0 at or behind
   *     the end
   */
  int read(long position, byte[] into, int offset, int count) throws IOException;

  /** Returns how many bytes of heap this source keeps while it is open. */
  long heapBytes();

  /** Frees the memory and deletes the temporary file, if any. Repeating it does nothing. */
  @Override
  void close() throws IOException;

  /** Returns a source over an array, which is not copied and must not be changed. */
  static SourceBytes of(byte[] bytes) {
    return new MemoryBytes(requireNonNull(bytes, "bytes"), bytes.length);
  }
}
