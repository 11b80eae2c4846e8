package dev.rendition.s3;

import dev.rendition.asset.AssetKey;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * The bytes of one object as they come. It fails where the connection ends early, and closing it
 * before its end drops the connection instead of reading the rest. Not safe for use by many
 * threads.
 */
final class ObjectStream extends InputStream {
  private final ResponseInputStream<?> in;
  private final AssetKey key;
  private final String place;
  private final long length;
  private long position;
  private boolean broken;
  private boolean closed;

  ObjectStream(ResponseInputStream<?> in, AssetKey key, String place, long length) {
    this.in = in;
    this.key = key;
    this.place = place;
    this.length = length;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int count) throws IOException {
    if (closed) {
      throw new IOException("the stream of " + key + " is closed");
    }
    if (count == 0) {
      return 0;
    }
    int read;
    try {
      read = in.read(into, offset, count);
    } catch (SdkException e) {
      broken = true;
      throw S3Fault.explain("reading " + key, place, "s3:GetObject", e);
    } catch (IOException e) {
      broken = true;
      throw new IOException(
          "reading "
              + key
              + " in "
              + place
              + " broke off after "
              + position
              + " of "
              + length
              + " bytes ("
              + e
              + "); open it again",
          e);
    }
    if (read > 0) {
      position += read;
    } else if (position < length) {
      broken = true;
      throw new EOFException(
          "reading "
              + key
              + " in "
              + place
              + " ended after "
              + position
              + " of "
              + length
              + " bytes; open it again");
    }
    return read;
  }

  @Override
  public int available() throws IOException {
    return closed || broken ? 0 : in.available();
  }

  @Override
  public void close() throws IOException {
    if (closed) {
      return;
    }
    closed = true;
    if (broken || position < length) {
      in.abort();
    } else {
      in.close();
    }
  }
}
