package dev.rendition.s3;

import dev.rendition.asset.AssetKey;
import dev.rendition.asset.AssetSource;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.OptionalLong;

/**
 * A source that was read once: how long it is and what its version is, and its bytes if they are
 * few. Holds a buffer nobody else writes to.
 */
final class Measured {
  private static final int BUFFER = 64 << 10;

  private final byte[] bytes;
  private final long length;
  private final String version;

  private Measured(byte[] bytes, long length, String version) {
    this.bytes = bytes;
    this.length = length;
    this.version = version;
  }

  long length() {
    return length;
  }

  /** Returns the SHA-256 of all bytes in hex. */
  String version() {
    return version;
  }

  /** Returns whether all bytes are in memory. */
  boolean isWhole() {
    return bytes.length >= length;
  }

  /** Returns the first {@link #length()} bytes in an array that may be longer; if whole. */
  byte[] bytes() {
    return bytes;
  }

  /**
   * Reads a source to its end.
   *
   * @param most how many bytes are kept; of a longer source none
   * @param limit how many bytes the source may have
   * @throws IOException if the source cannot be read, has another length than it declared, or more
   *     than the limit
   */
  static Measured read(AssetKey key, AssetSource source, int most, long limit) throws IOException {
    OptionalLong declared = source.length();
    long last = declared.orElse(limit);
    if (last > limit) {
      throw tooLong(key, last, limit);
    }
    MessageDigest digest = Digests.sha256();
    byte[] kept = new byte[(int) Math.min(most, declared.orElse(BUFFER))];
    long length = 0;
    try (InputStream in = source.open()) {
      length = fill(in, kept, 0);
      while (length == kept.length && kept.length < most && declared.isEmpty()) {
        kept = Arrays.copyOf(kept, (int) Math.min(most, 2L * kept.length));
        length = fill(in, kept, (int) length);
      }
      digest.update(kept, 0, (int) length);
      int next = length == kept.length ? in.read() : -1;
      if (next >= 0) {
        byte[] more = new byte[BUFFER];
        more[0] = (byte) next;
        // Stops as soon as it is more than may come: some sources never end.
        for (int count = 1; count > 0 && length <= last; count = in.readNBytes(more, 0, BUFFER)) {
          digest.update(more, 0, count);
          length += count;
        }
      }
    }
    if (declared.isPresent() && length != last) {
      throw new IOException(
          "the source of "
              + key
              + " declared "
              + last
              + " bytes and gave "
              + (length < last ? "" : "at least ")
              + length);
    }
    if (length > limit) {
      throw tooLong(key, length, limit);
    }
    return new Measured(
        length > kept.length ? new byte[0] : kept, length, Digests.hex(digest.digest()));
  }

  private static int fill(InputStream in, byte[] into, int from) throws IOException {
    return from + in.readNBytes(into, from, into.length - from);
  }

  private static IOException tooLong(AssetKey key, long length, long limit) {
    return new IOException(
        "the source of "
            + key
            + " has at least "
            + length
            + " bytes, and this store takes "
            + limit
            + "; raise rendition.s3.part-size");
  }
}
