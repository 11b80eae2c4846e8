package dev.rendition.ingest;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.net.ServerSocketFactory;

/** A server on this machine that answers each path as it is told, however wrong that is. */
final class Origin implements Closeable {
  /** Writes an answer. */
  @FunctionalInterface
  interface Answer {
    void write(OutputStream out, Origin origin) throws IOException, InterruptedException;
  }

  private final ServerSocket listener;
  private final Map<String, Answer> answers = new ConcurrentHashMap<>();
  private final List<String> heads = new CopyOnWriteArrayList<>();
  private final CountDownLatch closing = new CountDownLatch(1);

  Origin() throws IOException {
    this(ServerSocketFactory.getDefault());
  }

  Origin(ServerSocketFactory sockets) throws IOException {
    listener = sockets.createServerSocket(0, 50, InetAddress.getLoopbackAddress());
    daemon(this::accept);
  }

  int port() {
    return listener.getLocalPort();
  }

  /** Returns the heads of the requests so far. */
  List<String> heads() {
    return List.copyOf(heads);
  }

  Origin on(String path, Answer answer) {
    answers.put(path, answer);
    return this;
  }

  /** Answers with text, line ends written as they are. */
  Origin on(String path, String answer) {
    return on(path, (out, origin) -> out.write(answer.getBytes(StandardCharsets.ISO_8859_1)));
  }

  /** Answers with bytes and a true length. */
  Origin on(String path, String type, byte[] body) {
    return on(
        path,
        (out, origin) -> {
          out.write(
              ("HTTP/1.1 200 OK\r\nContent-Type: "
                      + type
                      + "\r\nContent-Length: "
                      + body.length
                      + "\r\n\r\n")
                  .getBytes(StandardCharsets.ISO_8859_1));
          out.write(body);
        });
  }

  /** Waits, but not longer than the server lives. */
  void pause(long millis) throws InterruptedException {
    if (closing.await(millis, TimeUnit.MILLISECONDS)) {
      throw new InterruptedException("closed");
    }
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket client = listener.accept();
        daemon(() -> serve(client));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void serve(Socket client) {
    try (client) {
      String head = head(client.getInputStream());
      heads.add(head);
      String path = head.isEmpty() ? "" : head.split(" ", 3)[1];
      Answer answer = answers.get(path);
      if (answer == null) {
        answer =
            (out, origin) ->
                out.write(
                    "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"
                        .getBytes(StandardCharsets.ISO_8859_1));
      }
      answer.write(client.getOutputStream(), this);
      client.getOutputStream().flush();
    } catch (IOException e) {
      // The client has hung up, which some of the answers are meant to make it do.
      return;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static String head(InputStream in) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    int last = 0;
    while (last != 0x0d0a0d0a) {
      int b = in.read();
      if (b < 0) {
        return "";
      }
      head.write(b);
      last = last << 8 | b;
    }
    return head.toString(StandardCharsets.ISO_8859_1);
  }

  private static void daemon(Runnable task) {
    Thread thread = new Thread(task, "origin");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    closing.countDown();
    listener.close();
  }
}
