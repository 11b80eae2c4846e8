package dev.rendition.ingest;

import dev.rendition.asset.MediaType;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * Counts bytes on their way, computes their digest, and keeps the first of them. Not safe for use
 * by many threads.
 */
final class Gauge {
  private static final int BUFFER = 1 << 16;

  private final long most;
  private final String what;
  private final MessageDigest digest = sha256Digest();
  private final byte[] head = new byte[MediaType.SIGNATURE_BYTES];
  private long length;
  private String hex = "";

  /**
   * Begins.
   *
   * @param most how many bytes may come
   * @param what whose bytes they are, for messages
   */
  Gauge(long most, String what) {
    this.most = most;
    this.what = what;
  }

  /** Takes note of some bytes. */
  void add(byte[] bytes, int offset, int count) {
    if (count > most - length) {
      throw tooLarge(what, most);
    }
    if (length < head.length) {
      System.arraycopy(
          bytes, offset, head, (int) length, (int) Math.min(count, head.length - length));
    }
    digest.update(bytes, offset, count);
    length += count;
  }

  /** Takes note of everything a stream gives; the caller closes it. */
  Gauge addAll(InputStream in) throws IOException {
    byte[] buffer = new byte[BUFFER];
    for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
      add(buffer, 0, n);
    }
    return this;
  }

  long length() {
    return length;
  }

  /** Returns a copy of the first bytes. */
  byte[] head() {
    return Arrays.copyOf(head, (int) Math.min(length, head.length));
  }

  /** Returns the digest of all bytes; none may be added afterwards. */
  String sha256() {
    if (hex.isEmpty()) {
      hex = HexFormat.of().formatHex(digest.digest());
    }
    return hex;
  }

  static IngestException tooLarge(String what, long most) {
    return new IngestException(
        IngestReason.TOO_LARGE,
        what + " has more than " + most + " bytes; make it smaller, or raise the limit");
  }

  static MessageDigest sha256Digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
