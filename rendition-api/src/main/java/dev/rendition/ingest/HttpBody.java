package dev.rendition.ingest;

import java.io.IOException;
import java.io.InputStream;

/**
 * The bytes of an answer (RFC 9112, sections 6 and 7): as long as announced, in chunks, or up to
 * the end of the connection. Not safe for use by many threads.
 */
final class HttpBody extends InputStream {
  private static final int MOST_LINE = 1_024;
  private static final int MOST_TRAILERS = 32;

  private enum Framing {
    LENGTH,
    CHUNKS,
    CONNECTION
  }

  private final InputStream in;
  private final Framing framing;
  private final long length;
  private long left;
  private boolean first = true;
  private boolean ended;

  private HttpBody(InputStream in, Framing framing, long length) {
    this.in = in;
    this.framing = framing;
    this.length = length;
    this.left = framing == Framing.LENGTH ? length : 0;
  }

  /** Decides by the head how the bytes are framed. */
  static HttpBody of(HttpHead head, InputStream in) {
    String transfer = String.join(",", head.all("transfer-encoding"));
    String announced = head.only("content-length");
    if (!transfer.isEmpty()) {
      if (!transfer.equalsIgnoreCase("chunked")
          || !announced.isEmpty()
          || head.version().equals("HTTP/1.0")) {
        throw HttpHead.refused("frames its answer in a way that is refused here");
      }
      return new HttpBody(in, Framing.CHUNKS, -1);
    }
    if (announced.isEmpty()) {
      if (!head.all("content-length").isEmpty()) {
        throw HttpHead.refused("sends a length that is none");
      }
      return new HttpBody(in, Framing.CONNECTION, -1);
    }
    if (!announced.matches("[0-9]{1,18}")) {
      throw HttpHead.refused("sends a length that is none");
    }
    return new HttpBody(in, Framing.LENGTH, Long.parseLong(announced));
  }

  /** Returns how many bytes are announced, -1 if none are. */
  long length() {
    return length;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int most) throws IOException {
    if (most == 0) {
      return 0;
    }
    if (!ended && framing == Framing.CHUNKS && left == 0) {
      nextChunk();
    }
    if (ended || framing == Framing.LENGTH && left == 0) {
      return -1;
    }
    int wanted = framing == Framing.CONNECTION ? most : (int) Math.min(most, left);
    int n = in.read(into, offset, wanted);
    if (n < 0) {
      if (framing == Framing.CONNECTION) {
        ended = true;
        return -1;
      }
      throw brokeOff();
    }
    left -= framing == Framing.CONNECTION ? 0 : n;
    return n;
  }

  private void nextChunk() throws IOException {
    if (!first && !line().isEmpty()) {
      throw HttpHead.refused("sends a chunk longer than it says");
    }
    first = false;
    String line = line();
    int semicolon = line.indexOf(';');
    String size = (semicolon < 0 ? line : line.substring(0, semicolon)).strip();
    if (!size.matches("[0-9a-fA-F]{1,15}")) {
      throw HttpHead.refused("sends a chunk without a size");
    }
    left = Long.parseLong(size, 16);
    if (left == 0) {
      int trailers = 0;
      while (!line().isEmpty()) {
        trailers++;
        if (trailers > MOST_TRAILERS) {
          throw HttpHead.refused("sends more than " + MOST_TRAILERS + " trailers");
        }
      }
      ended = true;
    }
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0) {
        throw brokeOff();
      }
      if (line.length() >= MOST_LINE) {
        throw HttpHead.refused("sends a line of a chunk longer than " + MOST_LINE + " bytes");
      }
      line.append((char) b);
    }
    int end = line.length();
    return end > 0 && line.charAt(end - 1) == '\r' ? line.substring(0, end - 1) : line.toString();
  }

  private static IngestException brokeOff() {
    return new IngestException(
        IngestReason.REMOTE_BROKE_OFF,
        "the server hung up before all it announced had come; try again");
  }
}
