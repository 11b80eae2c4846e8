package dev.rendition.local.engine;

import java.io.IOException;

/**
 * Walks over the bytes of a source: numbers of either byte order, skips, and jumps. Behind the end
 * every read is a {@link StepException}, never a guess. Not safe for use by many threads.
 */
final class ByteCursor {
  private final SourceBytes source;
  private final String format;
  private final byte[] window;
  private long windowStart;
  private int windowLength;
  private long position;
  private boolean littleEndian;

  /**
   * @param format opens the sentences of the exceptions
   */
  ByteCursor(SourceBytes source, String format) {
    this(source, format, 4096);
  }

  ByteCursor(SourceBytes source, String format, int windowSize) {
    this.source = source;
    this.format = format;
    this.window = new byte[windowSize];
  }

  long position() {
    return position;
  }

  long length() {
    return source.length();
  }

  long remaining() {
    return source.length() - position;
  }

  ByteCursor littleEndian(boolean little) {
    littleEndian = little;
    return this;
  }

  /** Moves to a position, which may lie behind the end: the next read tells. */
  ByteCursor seek(long to) {
    if (to < 0) {
      throw StepException.damaged(format + ": an offset points to " + to + ", before the start");
    }
    position = to;
    return this;
  }

  ByteCursor skip(long count) {
    return seek(count < 0 ? -1 : position + count);
  }

  /** Returns the next byte, 0 to 255, or -1 at the end. */
  int readOrEnd() throws IOException {
    long at = position - windowStart;
    if (at < 0 || at >= windowLength) {
      windowStart = position;
      windowLength = source.read(position, window, 0, window.length);
      at = 0;
      if (windowLength == 0) {
        return -1;
      }
    }
    position++;
    return window[(int) at] & 0xff;
  }

  int u8() throws IOException {
    int b = readOrEnd();
    if (b < 0) {
      throw truncated();
    }
    return b;
  }

  int u16() throws IOException {
    int a = u8();
    int b = u8();
    return littleEndian ? b << 8 | a : a << 8 | b;
  }

  int u24() throws IOException {
    int a = u8();
    int b = u8();
    int c = u8();
    return littleEndian ? c << 16 | b << 8 | a : a << 16 | b << 8 | c;
  }

  int i32() throws IOException {
    int a = u16();
    int b = u16();
    return littleEndian ? b << 16 | a : a << 16 | b;
  }

  long u32() throws IOException {
    return i32() & 0xffff_ffffL;
  }

  long i64() throws IOException {
    long a = u32();
    long b = u32();
    return littleEndian ? b << 32 | a : a << 32 | b;
  }

  /** Reads exactly this many bytes. */
  void readFully(byte[] into, int offset, int count) throws IOException {
    if (readUpTo(into, offset, count) < count) {
      throw truncated();
    }
  }

  /** Reads this many bytes, or fewer where the source ends, and says how many. */
  int readUpTo(byte[] into, int offset, int count) throws IOException {
    long at = position - windowStart;
    if (at >= 0 && at + count <= windowLength) {
      System.arraycopy(window, (int) at, into, offset, count);
      position += count;
      return count;
    }
    if (count < window.length / 2) {
      windowStart = position;
      windowLength = source.read(position, window, 0, window.length);
      int n = Math.min(count, windowLength);
      System.arraycopy(window, 0, into, offset, n);
      position += n;
      return n;
    }
    int n = source.read(position, into, offset, count);
    position += n;
    return n;
  }

  /** Reads a piece that must lie within the source; call it only with a bounded count. */
  byte[] bytes(int count) throws IOException {
    if (count < 0 || count > remaining()) {
      throw truncated();
    }
    byte[] piece = new byte[count];
    readFully(piece, 0, count);
    return piece;
  }

  StepException truncated() {
    return StepException.damaged(
        format
            + ": the file ends at byte "
            + source.length()
            + ", in the middle of what its header announces; it is truncated or damaged");
  }
}
