package dev.rendition.local.engine;

import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Bytes in memory, in pieces, so that growing copies nothing and takes no second array. The pieces
 * are used again after {@link #reset}. Not safe for use by many threads.
 */
final class Buffer extends OutputStream {
  private static final int PIECE = 64 << 10;
  private static final int KEPT = 64;

  private final List<byte[]> pieces = new ArrayList<>();
  private int size;

  @Override
  public void write(int b) {
    piece()[size % PIECE] = (byte) b;
    size = Math.addExact(size, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, bytes.length);
    int done = 0;
    while (done < length) {
      int at = size % PIECE;
      int count = Math.min(length - done, PIECE - at);
      System.arraycopy(bytes, offset + done, piece(), at, count);
      size = Math.addExact(size, count);
      done += count;
    }
  }

  int size() {
    return size;
  }

  /** Forgets the bytes; a few pieces are kept for the next ones. */
  void reset() {
    size = 0;
    while (pieces.size() > KEPT) {
      pieces.remove(pieces.size() - 1);
    }
  }

  /** Opens the bytes from the first on. Valid until the buffer is written to again. */
  InputStream open() {
    return new Reader();
  }

  private byte[] piece() {
    int index = size / PIECE;
    if (index == pieces.size()) {
      pieces.add(new byte[PIECE]);
    }
    return pieces.get(index);
  }

  private final class Reader extends InputStream {
    private int position;

    @Override
    public int read() {
      return position < size ? pieces.get(position / PIECE)[position++ % PIECE] & 0xff : -1;
    }

    @Override
    public int read(byte[] into, int offset, int length) {
      Objects.checkFromIndexSize(offset, length, into.length);
      if (length == 0) {
        return 0;
      }
      if (position == size) {
        return -1;
      }
      int at = position % PIECE;
      int count = Math.min(Math.min(length, size - position), PIECE - at);
      System.arraycopy(pieces.get(position / PIECE), at, into, offset, count);
      position += count;
      return count;
    }

    @Override
    public int available() {
      return size - position;
    }
  }
}
