package dev.rendition.local;

import dev.rendition.asset.AssetKey;
import dev.rendition.asset.AssetSource;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.OptionalLong;

/**
 * Bytes of an asset that are written and not yet in place. Closing it removes the file if it still
 * has its name. Not safe for use by many threads.
 */
final class Draft implements Closeable {
  private static final int BUFFER = 64 << 10;

  private final Path file;
  private final FileChannel channel;
  private long size;
  private String version = "";

  private Draft(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /**
   * Reads a source into a new file.
   *
   * @throws SourceFault if the source cannot be read, or gives another number of bytes than it
   *     declared
   */
  static Draft of(Path file, AssetKey key, AssetSource source) throws IOException {
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    Draft draft = new Draft(file, channel);
    try {
      draft.fill(key, source);
      return draft;
    } catch (IOException | RuntimeException | Error e) {
      draft.close();
      throw e;
    }
  }

  private void fill(AssetKey key, AssetSource source) throws IOException {
    OptionalLong declared = source.length();
    long most = declared.orElse(Long.MAX_VALUE);
    MessageDigest digest = Hashes.sha256();
    byte[] buffer = new byte[BUFFER];
    try (Source in = Source.open(source)) {
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        if (count > most - size) {
          throw SourceFault.length(key, most, size + count, true);
        }
        digest.update(buffer, 0, count);
        write(ByteBuffer.wrap(buffer, 0, count));
        size += count;
      }
    }
    if (declared.isPresent() && size != most) {
      throw SourceFault.length(key, most, size, false);
    }
    version = HexFormat.of().formatHex(digest.digest());
  }

  private void write(ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  Path file() {
    return file;
  }

  long size() {
    return size;
  }

  /** Returns the SHA-256 of the bytes in hex. */
  String version() {
    return version;
  }

  /** Brings the bytes and what the file system knows of them to the disk. */
  void sync() throws IOException {
    channel.force(true);
  }

  @Override
  public void close() throws IOException {
    channel.close();
    Files.deleteIfExists(file);
  }

  /** A source whose failures are told from those of the disk. */
  private static final class Source implements Closeable {
    private final InputStream in;

    private Source(InputStream in) {
      this.in = in;
    }

    static Source open(AssetSource source) throws SourceFault {
      try {
        return new Source(source.open());
      } catch (IOException e) {
        throw new SourceFault(e);
      }
    }

    int read(byte[] buffer) throws SourceFault {
      try {
        return in.read(buffer);
      } catch (IOException e) {
        throw new SourceFault(e);
      }
    }

    @Override
    public void close() throws SourceFault {
      try {
        in.close();
      } catch (IOException e) {
        throw new SourceFault(e);
      }
    }
  }
}
