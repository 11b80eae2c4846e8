package dev.rendition.lambda;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * An HTTP/1.1 server on loopback that answers as a test tells it, when a test tells it, and notices
 * when a caller hangs up.
 */
final class LambdaStub implements AutoCloseable {
  private final ServerSocket listener;
  private final Function<Call, CompletableFuture<Reply>> script;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final List<Call> calls = new CopyOnWriteArrayList<>();
  private final AtomicInteger running = new AtomicInteger();
  private final AtomicInteger mostRunning = new AtomicInteger();

  /**
   * Starts a server.
   *
   * @param script what each call is answered with
   */
  LambdaStub(Function<Call, CompletableFuture<Reply>> script) {
    this.script = script;
    try {
      listener = new ServerSocket(0, 500, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    start(this::accept);
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + listener.getLocalPort());
  }

  /** Returns every call so far. */
  List<Call> calls() {
    return calls;
  }

  /** Returns how many calls had no answer yet at the worst moment. */
  int mostRunning() {
    return mostRunning.get();
  }

  private void accept() {
    try {
      while (true) {
        Socket client = listener.accept();
        client.setTcpNoDelay(true);
        open.add(client);
        start(() -> serve(client));
      }
    } catch (IOException e) {
      // Closed.
    }
  }

  private static void start(Runnable task) {
    Thread thread = new Thread(task, "lambda-stub");
    thread.setDaemon(true);
    thread.start();
  }

  private void serve(Socket client) {
    try (client) {
      InputStream in = new BufferedInputStream(client.getInputStream(), 64 << 10);
      int first = in.read();
      while (first >= 0) {
        Call call = read(in, first);
        calls.add(call);
        mostRunning.accumulateAndGet(running.incrementAndGet(), Math::max);
        CompletableFuture<Reply> reply = script.apply(call);
        var unused =
            reply.whenComplete(
                (answer, problem) -> {
                  running.decrementAndGet();
                  answer(client, problem == null ? answer : Reply.DROP);
                });
        // Callers do not send ahead: what comes now is the next call or the end.
        first = in.read();
        if (!reply.isDone()) {
          call.gone().complete(null);
        }
      }
    } catch (IOException e) {
      // One side has gone: so does the other.
    } finally {
      open.remove(client);
    }
  }

  private static void answer(Socket client, Reply reply) {
    try {
      OutputStream out = client.getOutputStream();
      out.write(reply.bytes());
      out.flush();
      if (reply.last()) {
        client.close();
      }
    } catch (IOException e) {
      // The caller has gone.
    }
  }

  private static Call read(InputStream in, int first) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    head.write(first);
    int last = first;
    while (last != 0x0d0a0d0a) {
      int b = in.read();
      if (b < 0) {
        throw new IOException("the head ends in its middle");
      }
      head.write(b);
      last = (last << 8) | b;
    }
    String[] lines = head.toString(ISO_8859_1).split("\r\n", -1);
    Map<String, String> headers = new TreeMap<>();
    for (int i = 1; i < lines.length; i++) {
      int colon = lines[i].indexOf(':');
      if (colon > 0) {
        headers.put(
            lines[i].substring(0, colon).toLowerCase(Locale.ROOT),
            lines[i].substring(colon + 1).strip());
      }
    }
    int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
    return new Call(lines[0], headers, in.readNBytes(length));
  }

  @Override
  public void close() {
    try {
      listener.close();
      for (Socket client : open) {
        client.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
