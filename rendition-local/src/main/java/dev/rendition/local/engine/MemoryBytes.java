package dev.rendition.local.engine;

/** A source in an array. */
final class MemoryBytes implements SourceBytes {
  private final byte[] bytes;
  private final int length;

  MemoryBytes(byte[] bytes, int length) {
    this.bytes = bytes;
    this.length = length;
  }

  @Override
  public long length() {
    return length;
  }

  @Override
  public int read(long position, byte[] into, int offset, int count) {
    if (position >= length) {
      return 0;
    }
    int n = (int) Math.min(count, length - position);
    System.arraycopy(bytes, (int) position, into, offset, n);
    return n;
  }

  @Override
  public long heapBytes() {
    return bytes.length;
  }

  @Override
  public void close() {
    // Nothing to free: the collector takes the array.
  }
}
