package dev.rendition.cli;

import dev.rendition.local.engine.SourceBytes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A file of the user's, to be looked into. Safe for use by many threads. */
final class FileBytes implements SourceBytes {
  private final FileChannel channel;
  private final long length;

  FileBytes(Path file) throws IOException {
    channel = FileChannel.open(file, StandardOpenOption.READ);
    length = channel.size();
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
    channel.close();
  }
}
