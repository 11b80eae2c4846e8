package dev.rendition.lambda.emulator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * What a process writes to its standard streams. The process appends to a file, so that whatever it
 * wrote before it answered is there when the answer is, without a thread that listens. Not safe for
 * use by several threads.
 */
final class LogFile {
  /** How much of the log of one invocation is kept, in bytes; older text is dropped. */
  static final int MAX_TAKEN = 1 << 20;

  /** How large the file may grow during one invocation, in bytes. */
  static final long MAX_SIZE = 64L << 20;

  private final Path path;
  private long offset;

  LogFile(Path path) {
    this.path = path;
  }

  Path path() {
    return path;
  }

  /** Returns what was written since the last call. */
  String take() {
    if (!Files.exists(path)) {
      return "";
    }
    try (FileChannel file =
        FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      long size = file.size();
      offset = Math.min(offset, size);
      if (size == offset) {
        return "";
      }
      long from = Math.max(offset, size - MAX_TAKEN);
      ByteBuffer bytes = ByteBuffer.allocate((int) (size - from));
      for (int read = 0; read >= 0 && bytes.hasRemaining(); ) {
        read = file.read(bytes, from + bytes.position());
      }
      offset = size;
      if (offset > MAX_TAKEN) {
        file.truncate(0);
        offset = 0;
      }
      return StandardCharsets.UTF_8.decode(bytes.flip()).toString();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read the log " + path, e);
    }
  }

  /** Empties a file that has grown too large while its process is running. */
  void bound() {
    try {
      if (Files.size(path) > MAX_SIZE) {
        try (FileChannel file = FileChannel.open(path, StandardOpenOption.WRITE)) {
          file.truncate(0);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot bound the log " + path, e);
    }
  }
}
