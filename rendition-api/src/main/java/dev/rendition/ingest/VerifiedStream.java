package dev.rendition.ingest;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.HexFormat;

/**
 * Fails at its end if the bytes are not those that were judged, so that the store that reads it
 * keeps what it held.
 */
final class VerifiedStream extends FilterInputStream {
  private final MessageDigest digest = Gauge.sha256Digest();
  private final String expected;
  private final long length;
  private long count;

  VerifiedStream(InputStream in, Gauge judged) {
    super(in);
    this.expected = judged.sha256();
    this.length = judged.length();
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int most) throws IOException {
    int n = in.read(into, offset, most);
    if (n > 0) {
      digest.update(into, offset, n);
      count += n;
    }
    // A store may stop at the length it was told, without asking for the end.
    if (count > length || ((n < 0 || count == length) && !isRight())) {
      throw new ChangedException();
    }
    return n;
  }

  private boolean isRight() throws IOException {
    try {
      MessageDigest soFar = (MessageDigest) digest.clone();
      return count == length && HexFormat.of().formatHex(soFar.digest()).equals(expected);
    } catch (CloneNotSupportedException e) {
      throw new IOException("this platform's SHA-256 cannot be read before its end", e);
    }
  }

  @Override
  public long skip(long most) throws IOException {
    byte[] buffer = new byte[(int) Math.min(8192, Math.max(1, most))];
    return most <= 0 ? 0 : Math.max(0, read(buffer, 0, buffer.length));
  }

  @Override
  public boolean markSupported() {
    return false;
  }

  /** The bytes were others than before. */
  static final class ChangedException extends IOException {
    private static final long serialVersionUID = 1L;

    ChangedException() {
      super("the source gave other bytes than when it was judged");
    }
  }
}
