package dev.rendition.local.engine;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A source in a file of ours, which is deleted on close. */
final class FileBytes implements SourceBytes {
  private final Path file;
  private final FileChannel channel;
  private final long length;

  FileBytes(Path file) throws IOException {
    this.file = file;
    this.channel = FileChannel.open(file, StandardOpenOption.READ);
    this.length = channel.size();
  }

  @Override
  public long length() {
    return length;
  }

  @Override
  public int read(long position, byte[] into, int offset, int count) throws IOException {
    int done = 0;
    while (done < count) {
      int n = channel.read(ByteBuffer.wrap(into, offset + done, count - done), position + done);
      if (n < 0) {
        break;
      }
      done += n;
    }
    return done;
  }

  @Override
  public long heapBytes() {
    return 0;
  }

  @Override
  public void close() throws IOException {
    try {
      channel.close();
    } finally {
      Files.deleteIfExists(file);
    }
  }
}
