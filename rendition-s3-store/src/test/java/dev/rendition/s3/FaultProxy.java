package dev.rendition.s3;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * A proxy on loopback that reads requests one by one, however many share a connection, records
 * them, and spoils some: it decides for each request anew.
 */
final class FaultProxy implements AutoCloseable {
  /** What happens to one request. */
  enum Fault {
    NONE,
    /** The connection is reset before the request reaches the server. */
    RESET,
    /** The request reaches the server half. */
    CUT_REQUEST,
    /** The server works, and its answer is lost. */
    LOSE_ANSWER,
    /** The answer ends in its middle. */
    CUT_ANSWER,
    /** The server is said to be busy. */
    BUSY,
    /** The answer comes 50 ms late. */
    LATE,
    /** The answer never comes, and the connection stays open. */
    STALL,
    /** The answer is the scripted one. */
    SCRIPTED
  }

  private final URI server;
  private final ServerSocket listener;
  private final Function<String, Fault> faults;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final ConcurrentLinkedQueue<String> requests = new ConcurrentLinkedQueue<>();
  private final CountDownLatch closing = new CountDownLatch(1);
  private volatile String script = "";
  private volatile UnaryOperator<String> heads = head -> head;
  private volatile String lastHead = "";

  /**
   * Starts a proxy.
   *
   * @param faults decides by the first line of each request
   */
  FaultProxy(URI server, Function<String, Fault> faults) throws IOException {
    this.server = server;
    this.faults = faults;
    this.listener = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
    start(this::accept);
  }

  URI endpoint() {
    return URI.create("http://127.0.0.1:" + listener.getLocalPort());
  }

  /** Returns the first lines of all requests so far. */
  List<String> requests() {
    return new ArrayList<>(requests);
  }

  /** Returns the last request's first line and headers. */
  String lastHead() {
    return lastHead;
  }

  void forgetRequests() {
    requests.clear();
  }

  /** Returns how many connections clients hold open. */
  int connections() {
    return open.size();
  }

  /** Sets the whole answer of {@link Fault#SCRIPTED}, lines ended by {@code \n}. */
  void script(String answer) {
    script = answer.replace("\n", "\r\n");
  }

  /** Sets what becomes of the status line and headers of answers. */
  void changeHeads(UnaryOperator<String> change) {
    heads = change;
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
    Thread thread = new Thread(task, "fault-proxy");
    thread.setDaemon(true);
    thread.start();
  }

  private void serve(Socket client) {
    try (client;
        Socket upstream = new Socket(server.getHost(), server.getPort())) {
      upstream.setTcpNoDelay(true);
      InputStream in = new BufferedInputStream(client.getInputStream(), 64 << 10);
      InputStream answers = new BufferedInputStream(upstream.getInputStream(), 64 << 10);
      boolean more = true;
      while (more) {
        more = exchange(client, in, upstream, answers);
      }
    } catch (IOException e) {
      // One side has gone: so does the other.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      open.remove(client);
    }
  }

  private boolean exchange(Socket client, InputStream in, Socket upstream, InputStream answers)
      throws IOException, InterruptedException {
    String head = head(in);
    if (head.isEmpty()) {
      return false;
    }
    String line = head.substring(0, head.indexOf('\r'));
    requests.add(line);
    lastHead = head;
    Fault fault = faults.apply(line);
    byte[] body = body(in, head);
    OutputStream toServer = upstream.getOutputStream();
    OutputStream toClient = client.getOutputStream();
    switch (fault) {
      case RESET -> {
        client.setSoLinger(true, 0);
        return false;
      }
      case BUSY -> {
        send(toClient, "HTTP/1.1 503 Slow Down\r\nContent-Length: 0\r\n\r\n");
        return true;
      }
      case SCRIPTED -> {
        send(toClient, script);
        return true;
      }
      case CUT_REQUEST -> {
        send(toServer, head);
        toServer.write(body, 0, body.length / 2);
        toServer.flush();
        return false;
      }
      default -> {
        send(toServer, head);
        toServer.write(body);
        toServer.flush();
      }
    }
    String answerHead = heads.apply(head(answers));
    boolean bodiless =
        line.startsWith("HEAD ") || answerHead.contains(" 304 ") || answerHead.contains(" 204 ");
    byte[] answer = bodiless ? new byte[0] : body(answers, answerHead);
    switch (fault) {
      case LOSE_ANSWER -> {
        client.setSoLinger(true, 0);
        return false;
      }
      case CUT_ANSWER -> {
        byte[] whole = concat(answerHead.getBytes(ISO_8859_1), answer);
        toClient.write(whole, 0, whole.length / 2);
        toClient.flush();
        return false;
      }
      case STALL -> {
        // Until the client gives up, or the proxy is closed.
        client.setSoTimeout(60_000);
        var unused = in.read();
        return false;
      }
      case LATE -> {
        var unusedToo = closing.await(50, TimeUnit.MILLISECONDS);
      }
      default -> {}
    }
    toClient.write(concat(answerHead.getBytes(ISO_8859_1), answer));
    toClient.flush();
    return !answerHead.toLowerCase(Locale.ROOT).contains("connection: close");
  }

  private static void send(OutputStream out, String head) throws IOException {
    out.write(head.getBytes(ISO_8859_1));
    out.flush();
  }

  private static byte[] concat(byte[] first, byte[] second) {
    ByteArrayOutputStream both = new ByteArrayOutputStream(first.length + second.length);
    both.writeBytes(first);
    both.writeBytes(second);
    return both.toByteArray();
  }

  /** Reads up to the empty line; empty at the end of the connection. */
  private static String head(InputStream in) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    int last = 0;
    for (int b = in.read(); b >= 0; b = in.read()) {
      head.write(b);
      last = (last << 8) | b;
      if (last == 0x0d0a0d0a) {
        return head.toString(ISO_8859_1);
      }
    }
    return "";
  }

  /** Reads a body as it is on the wire, chunks and all (RFC 9112, section 6). */
  private static byte[] body(InputStream in, String head) throws IOException {
    if (!head.toLowerCase(Locale.ROOT).contains("\r\ntransfer-encoding: chunked\r\n")) {
      return in.readNBytes(length(head));
    }
    ByteArrayOutputStream wire = new ByteArrayOutputStream();
    while (true) {
      String size = line(in);
      wire.writeBytes(size.getBytes(ISO_8859_1));
      int count = Integer.parseInt(size.replaceAll("[;\r].*\\s*", "").strip(), 16);
      wire.writeBytes(in.readNBytes(count + 2));
      if (count == 0) {
        return wire.toByteArray();
      }
    }
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    int b;
    do {
      b = in.read();
      if (b < 0) {
        throw new IOException("the connection ended in a chunk's size");
      }
      line.append((char) b);
    } while (b != '\n');
    return line.toString();
  }

  private static int length(String head) {
    for (String line : head.split("\r\n", -1)) {
      if (line.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
        return Integer.parseInt(line.substring(line.indexOf(':') + 1).strip());
      }
    }
    return 0;
  }

  @Override
  public void close() throws IOException {
    closing.countDown();
    listener.close();
    for (Socket client : open) {
      client.close();
    }
  }
}
