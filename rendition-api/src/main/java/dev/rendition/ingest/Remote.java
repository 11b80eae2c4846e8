package dev.rendition.ingest;

import dev.rendition.asset.MediaType;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.util.concurrent.Future;

/**
 * An answer that is being read. Closing it hangs up without a farewell, which could take time. Not
 * safe for use by many threads.
 */
final class Remote implements Closeable {
  private final RemoteUrl url;
  private final HttpHead head;
  private final HttpBody body;
  private final Socket socket;
  private final Future<?> alarm;

  Remote(RemoteUrl url, HttpHead head, HttpBody body, Socket socket, Future<?> alarm) {
    this.url = url;
    this.head = head;
    this.body = body;
    this.socket = socket;
    this.alarm = alarm;
  }

  RemoteUrl url() {
    return url;
  }

  HttpHead head() {
    return head;
  }

  /** Returns how many bytes are announced, -1 if none are. */
  long length() {
    return body.length();
  }

  InputStream stream() {
    return body;
  }

  /** Returns what the server says the bytes are. */
  String mediaType() {
    String type = head.only("content-type");
    try {
      return MediaType.require(type.isEmpty() ? MediaType.UNKNOWN : type);
    } catch (IllegalArgumentException e) {
      return MediaType.UNKNOWN;
    }
  }

  @Override
  public void close() throws IOException {
    boolean unused = alarm.cancel(false);
    socket.close();
  }
}
