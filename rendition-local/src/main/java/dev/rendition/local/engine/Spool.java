package dev.rendition.local.engine;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * One source, taken from a stream once: small ones stay in memory, large ones go to a temporary
 * file, and the SHA-256 digest is taken on the way.
 *
 * <p>Whoever makes a spool closes it. Safe for use by many threads until closed.
 */
public final class Spool implements AutoCloseable {
  /** The largest source, in bytes, that is kept in memory. */
  public static final int IN_MEMORY = 4 << 20;

  private static final int CHUNK = 64 << 10;

  private final SourceBytes bytes;
  private final String sha256;

  private Spool(SourceBytes bytes, String sha256) {
    this.bytes = bytes;
    this.sha256 = sha256;
  }

  /**
   * Reads a stream to its end. The stream is not closed: its owner does that.
   *
   * @param stream read by the calling thread
   * @param directory takes the temporary file; it must exist
   * @param limits gives the most bytes taken
   * @param cancellation asked once per 64 KiB
   * @throws StepException if the stream is longer than the limit
   */
  public static Spool of(
      InputStream stream, Path directory, SourceLimits limits, Cancellation cancellation)
      throws IOException {
    return of(stream, directory, limits, cancellation, IN_MEMORY);
  }

  static Spool of(
      InputStream stream,
      Path directory,
      SourceLimits limits,
      Cancellation cancellation,
      int inMemory)
      throws IOException {
    requireNonNull(stream, "stream");
    MessageDigest digest = sha256();
    DigestInputStream in = new DigestInputStream(stream, digest);
    byte[] head = new byte[Math.min(CHUNK, inMemory)];
    int filled = 0;
    while (true) {
      cancellation.check();
      int n = in.readNBytes(head, filled, head.length - filled);
      filled += n;
      requireBelowLimit(filled, limits);
      if (filled < head.length) {
        return new Spool(new MemoryBytes(head, filled), hex(digest));
      }
      if (head.length >= inMemory) {
        break;
      }
      head = Arrays.copyOf(head, (int) Math.min(inMemory, head.length * 2L));
    }
    int next = in.read();
    if (next < 0) {
      return new Spool(new MemoryBytes(head, filled), hex(digest));
    }
    Path file = toFile(head, next, in, directory, limits, cancellation);
    return new Spool(open(file), hex(digest));
  }

  private static Path toFile(
      byte[] head,
      int next,
      InputStream in,
      Path directory,
      SourceLimits limits,
      Cancellation cancellation)
      throws IOException {
    Path file = Files.createTempFile(directory, "rendition-", ".source");
    boolean done = false;
    try (OutputStream out = Files.newOutputStream(file)) {
      out.write(head);
      out.write(next);
      long total = head.length + 1L;
      requireBelowLimit(total, limits);
      byte[] chunk = new byte[CHUNK];
      for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
        cancellation.check();
        total += n;
        requireBelowLimit(total, limits);
        out.write(chunk, 0, n);
      }
      done = true;
    } finally {
      if (!done) {
        Files.deleteIfExists(file);
      }
    }
    return file;
  }

  private static SourceBytes open(Path file) throws IOException {
    try {
      return new FileBytes(file);
    } catch (IOException | RuntimeException e) {
      Files.deleteIfExists(file);
      throw e;
    }
  }

  private static void requireBelowLimit(long total, SourceLimits limits) {
    if (total > limits.maxBytes()) {
      throw StepException.limit(
          "the source is longer than the limit of "
              + limits.maxBytes()
              + " bytes: give a smaller file or raise max-bytes");
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java has no SHA-256, which every Java must have", e);
    }
  }

  private static String hex(MessageDigest digest) {
    return HexFormat.of().formatHex(digest.digest());
  }

  public SourceBytes bytes() {
    return bytes;
  }

  /** Returns the SHA-256 digest of all bytes: 64 lower-case hex digits. */
  public String sha256Hex() {
    return sha256;
  }

  @Override
  public void close() throws IOException {
    bytes.close();
  }
}
