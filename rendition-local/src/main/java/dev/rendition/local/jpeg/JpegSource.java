package dev.rendition.local.jpeg;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * The bytes of a stream through one buffer. Entropy decoders read {@link #data} directly. Not safe
 * for use by many threads; does not close the stream.
 */
final class JpegSource {
  static final int BUFFER = 1 << 16;
  private static final int EMPTY_READS = 16;

  private final InputStream in;

  /** The buffer; bytes {@link #pos} to {@link #limit} are not read yet. */
  byte[] data;

  int pos;
  int limit;
  private long before;
  private boolean ended;

  JpegSource(InputStream in, byte[] buffer) {
    this.in = in;
    this.data = buffer;
  }

  /** Returns how many bytes of the stream were read before the next one. */
  long offset() {
    return before + pos;
  }

  /** Makes {@code count} bytes lie in the buffer, or as many as are left. */
  boolean ensure(int count) throws IOException {
    if (limit - pos >= count) {
      return true;
    }
    if (ended) {
      return false;
    }
    if (pos > 0) {
      System.arraycopy(data, pos, data, 0, limit - pos);
      before += pos;
      limit -= pos;
      pos = 0;
    }
    if (count > data.length) {
      data = Arrays.copyOf(data, Math.max(count, (int) Math.min(data.length * 2L, 1 << 30)));
    }
    int empty = 0;
    while (limit < count) {
      int got = in.read(data, limit, data.length - limit);
      if (got < 0 || (got == 0 && ++empty > EMPTY_READS)) {
        ended = true;
        return false;
      }
      limit += got;
    }
    return true;
  }

  /** Returns the next byte, or -1 at the end. */
  int read() throws IOException {
    if (pos >= limit && !ensure(1)) {
      return -1;
    }
    return data[pos++] & 0xff;
  }

  /** Returns the next two bytes, big end first. */
  int readShort() throws IOException {
    if (!ensure(2)) {
      throw new JpegException(
          JpegException.Kind.DAMAGED, "the stream ends inside a segment", offset());
    }
    int value = (data[pos] & 0xff) << 8 | (data[pos + 1] & 0xff);
    pos += 2;
    return value;
  }

  /** Passes over bytes; says whether there were that many. */
  boolean skip(int count) throws IOException {
    int left = count;
    while (left > 0) {
      if (pos >= limit && !ensure(1)) {
        return false;
      }
      int step = Math.min(left, limit - pos);
      pos += step;
      left -= step;
    }
    return true;
  }

  /**
   * Passes over everything up to the next marker, but not over the marker.
   *
   * @return the marker's second byte, or -1 at the end of the stream
   */
  int peekMarker() throws IOException {
    while (ensure(2)) {
      int second = data[pos + 1] & 0xff;
      if (data[pos] == (byte) 0xff && second != 0 && second != 0xff) {
        return second;
      }
      pos++;
    }
    pos = limit;
    return -1;
  }

  /** Passes over everything up to the next marker and over the marker; the rest as above. */
  int nextMarker() throws IOException {
    int marker = peekMarker();
    if (marker >= 0) {
      pos += 2;
    }
    return marker;
  }

  /**
   * Finds the height that follows the first scan (ITU-T T.81, B.2.5), without moving on.
   *
   * @return the height, or 0 when the scan is not followed by a DNL segment within {@code most}
   *     bytes
   */
  int heightAfterScan(int most) throws IOException {
    int at = 0;
    while (at < most && ensure(at + 2)) {
      int second = data[pos + at + 1] & 0xff;
      if (data[pos + at] != (byte) 0xff || second == 0 || JpegMarker.isRestart(second)) {
        at++;
      } else if (second == 0xff) {
        at++;
      } else if (second == JpegMarker.DNL && ensure(at + 6)) {
        return (data[pos + at + 4] & 0xff) << 8 | (data[pos + at + 5] & 0xff);
      } else {
        return 0;
      }
    }
    return 0;
  }
}
