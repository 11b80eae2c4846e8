package dev.rendition.deliver;

import dev.rendition.asset.AssetInfo;
import java.io.ByteArrayInputStream;
import java.io.InputStream;

/** The bytes of one rendition, on the heap. Never changed after this was made. */
final class KeptBytes {
  private final AssetInfo info;
  private final byte[] bytes;

  /** Takes the array over. */
  KeptBytes(AssetInfo info, byte[] bytes) {
    this.info = info;
    this.bytes = bytes;
  }

  AssetInfo info() {
    return info;
  }

  int length() {
    return bytes.length;
  }

  InputStream open() {
    return new ByteArrayInputStream(bytes);
  }
}
