package dev.rendition.ingest;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Bytes that wait to be judged: in memory while they are few, then in a temporary file, which is
 * deleted on closing. Not safe for use by many threads.
 */
final class Spool implements Closeable {
  /** Up to so many bytes wait in memory: 1 MiB. */
  static final int IN_MEMORY = 1 << 20;

  private static final int BUFFER = 1 << 16;

  private final Gauge gauge;
  private final Path folder;
  private final ByteArrayOutputStream memory = new ByteArrayOutputStream();
  private @Nullable Path file;
  private @Nullable OutputStream out;

  /**
   * Begins an empty one.
   *
   * @param most how many bytes may come
   * @param what whose bytes they are, for messages
   */
  Spool(long most, String what, Path folder) {
    this.gauge = new Gauge(most, what);
    this.folder = folder;
  }

  /** Reads a stream to its end, which the caller closes; nothing is left behind if that fails. */
  static Spool of(InputStream in, long most, String what, Path folder) throws IOException {
    Spool spool = new Spool(most, what, folder);
    boolean complete = false;
    try {
      byte[] buffer = new byte[BUFFER];
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        spool.write(buffer, n);
      }
      spool.finish();
      complete = true;
      return spool;
    } finally {
      if (!complete) {
        spool.close();
      }
    }
  }

  /** Adds the first bytes of a buffer. */
  void write(byte[] bytes, int count) throws IOException {
    gauge.add(bytes, 0, count);
    if (file == null && gauge.length() > IN_MEMORY) {
      Path fresh = Files.createTempFile(folder, "rendition-ingest-", ".tmp");
      file = fresh;
      OutputStream opened = Files.newOutputStream(fresh);
      out = opened;
      memory.writeTo(opened);
      memory.reset();
    }
    if (out != null) {
      out.write(bytes, 0, count);
    } else {
      memory.write(bytes, 0, count);
    }
  }

  /** Ends the writing. */
  void finish() throws IOException {
    if (out != null) {
      out.close();
    }
  }

  Gauge gauge() {
    return gauge;
  }

  /** Opens the bytes from the first on; the caller closes the stream. */
  InputStream open() throws IOException {
    return file != null
        ? Files.newInputStream(file)
        : new ByteArrayInputStream(memory.toByteArray());
  }

  /** Returns the file the bytes wait in; writes one if they wait in memory. */
  Path file() throws IOException {
    Path there = file;
    if (there == null) {
      there = Files.createTempFile(folder, "rendition-ingest-", ".tmp");
      file = there;
      try (OutputStream to = Files.newOutputStream(there)) {
        memory.writeTo(to);
      }
    }
    return there;
  }

  @Override
  public void close() throws IOException {
    try (OutputStream closing = out) {
      out = closing == null ? null : OutputStream.nullOutputStream();
    } finally {
      if (file != null) {
        Files.deleteIfExists(file);
      }
    }
  }
}
