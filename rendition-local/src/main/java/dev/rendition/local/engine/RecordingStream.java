package dev.rendition.local.engine;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;

/**
 * Remembers what was read, until it is told to forget, so that another reader can begin again from
 * the front.
 */
final class RecordingStream extends FilterInputStream {
  private ByteArrayOutputStream record = new ByteArrayOutputStream(64 << 10);
  private boolean recording = true;

  RecordingStream(InputStream stream) {
    super(stream);
  }

  @Override
  public int read() throws IOException {
    int value = super.read();
    if (recording && value >= 0) {
      record.write(value);
    }
    return value;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    int n = super.read(into, offset, length);
    if (recording && n > 0) {
      record.write(into, offset, n);
    }
    return n;
  }

  @Override
  public long skip(long count) throws IOException {
    return recording
        ? Math.max(0, read(new byte[(int) Math.min(count, 8 << 10)]))
        : super.skip(count);
  }

  @Override
  public boolean markSupported() {
    return false;
  }

  /** Frees the record; from now on bytes pass through. */
  void forget() {
    recording = false;
    record = new ByteArrayOutputStream(0);
  }

  /** Returns everything from the front on, and stops recording. */
  InputStream replay() {
    recording = false;
    return new SequenceInputStream(new ByteArrayInputStream(record.toByteArray()), in);
  }
}
