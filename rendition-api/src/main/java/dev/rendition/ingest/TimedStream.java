package dev.rendition.ingest;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;

/** What a socket gives, within limits of time. Not safe for use by many threads. */
final class TimedStream extends InputStream {
  private final Socket socket;
  private final InputStream in;
  private final Deadline deadline;
  private Duration silence;

  /**
   * Begins.
   *
   * @param silence how long the first byte may take; the others follow {@link #silence}
   */
  TimedStream(Socket socket, Deadline deadline, Duration silence) throws IOException {
    this.socket = socket;
    this.in = socket.getInputStream();
    this.deadline = deadline;
    this.silence = silence;
  }

  /** Sets how long the next bytes may take. */
  void silence(Duration other) {
    silence = other;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int most) throws IOException {
    try {
      socket.setSoTimeout(deadline.millis(silence));
      return in.read(into, offset, most);
    } catch (SocketTimeoutException e) {
      if (deadline.isOver()) {
        throw deadline.passed();
      }
      throw new IngestException(
          IngestReason.TIME_LIMIT,
          "the server was silent for more than " + silence + "; try again later",
          e);
    } catch (IOException e) {
      if (deadline.isOver()) {
        throw deadline.passed();
      }
      throw new IngestException(
          IngestReason.REMOTE_BROKE_OFF, "the connection broke off; try again", e);
    }
  }
}
