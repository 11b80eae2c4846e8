package dev.rendition.ingest;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/**
 * Numbers and bytes of a file by position, little-endian (APPNOTE.TXT of PKWARE, section 4.4), with
 * a piece of it in memory. Not safe for use by many threads.
 */
final class Window {
  private final FileChannel file;
  private final ByteBuffer piece;
  private long start;

  /**
   * Looks at a file.
   *
   * @param size how many bytes are read at a time
   */
  Window(FileChannel file, int size) {
    this.file = file;
    this.piece = ByteBuffer.allocate(size).limit(0);
  }

  /** Returns the byte at a position; whoever asks has made sure that there is one. */
  int u8(long position) throws IOException {
    if (position < start || position >= start + piece.limit()) {
      load(position);
    }
    return piece.get((int) (position - start)) & 0xff;
  }

  int u16(long position) throws IOException {
    return u8(position) | u8(position + 1) << 8;
  }

  long u32(long position) throws IOException {
    return u16(position) | (long) u16(position + 2) << 16;
  }

  /** Returns 64 bits, as they are: what is too large for a long is negative. */
  long u64(long position) throws IOException {
    return u32(position) | u32(position + 4) << 32;
  }

  byte[] bytes(long position, int count) throws IOException {
    byte[] bytes = new byte[count];
    for (int i = 0; i < count; i++) {
      bytes[i] = (byte) u8(position + i);
    }
    return bytes;
  }

  private void load(long position) throws IOException {
    piece.clear();
    start = position;
    while (piece.hasRemaining()) {
      int n = file.read(piece, start + piece.position());
      if (n < 0) {
        break;
      }
    }
    piece.flip();
    if (piece.limit() == 0) {
      throw new IOException("the archive became shorter while it was read");
    }
  }
}
