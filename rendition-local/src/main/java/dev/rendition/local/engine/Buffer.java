package dev.rendition.local.engine;

import java.io.ByteArrayOutputStream;

/** Bytes in memory whose array may be looked at without a copy. */
final class Buffer extends ByteArrayOutputStream {
  Buffer() {
    super(64 << 10);
  }

  /** Returns the array itself; only the first {@link #size()} bytes count. */
  byte[] array() {
    return buf;
  }
}
