package dev.rendition.ingest;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * Fetches one URL by GET, over a connection to an address it has checked itself. Each host is
 * looked up once, every address it has is checked, and the connection goes to one of those: a name
 * that changes its address meanwhile changes nothing. No proxy, no cookies, no credentials, nothing
 * reused. docs/decisions/0070. Safe for use by many threads.
 */
final class Fetcher {
  private static final int MOST_ADDRESSES = 3;

  private final UrlRules rules;
  private final SpecialAddresses special;
  private final Lookups lookups;
  private final Supplier<SSLSocketFactory> tls;
  private final LongSupplier nanoTime;

  Fetcher(UrlRules rules, Lookups lookups, Supplier<SSLSocketFactory> tls, LongSupplier nanoTime) {
    this.rules = rules;
    this.special = new SpecialAddresses(rules.open());
    this.lookups = lookups;
    this.tls = tls;
    this.nanoTime = nanoTime;
  }

  /**
   * Opens a URL, following redirects; the caller closes what is returned.
   *
   * @throws IngestException for whatever the URL, the server or the time make impossible
   */
  Remote open(String text) {
    Deadline deadline = new Deadline(rules.timeout(), nanoTime);
    RemoteUrl url = RemoteUrl.parse(text);
    for (int redirects = 0; ; redirects++) {
      requireAllowed(url);
      Remote answer = ask(url, deadline);
      boolean taken = false;
      try {
        int status = answer.head().status();
        if (status == 200) {
          requireIdentity(answer.head());
          taken = true;
          return answer;
        }
        if (!List.of(301, 302, 303, 307, 308).contains(status)) {
          throw new IngestException(
              IngestReason.REMOTE_REFUSED,
              url.shown() + " is answered with status " + status + "; open it in a browser");
        }
        if (redirects >= rules.maxRedirects()) {
          throw new IngestException(
              IngestReason.REDIRECT_REFUSED,
              url.shown() + " is redirected once more after " + redirects + " redirects");
        }
        url = follow(url, answer.head().only("location"));
      } finally {
        if (!taken) {
          hangUp(answer);
        }
      }
    }
  }

  private static RemoteUrl follow(RemoteUrl from, String location) {
    if (location.isEmpty()) {
      throw new IngestException(
          IngestReason.REDIRECT_REFUSED, from.shown() + " is redirected to nowhere");
    }
    RemoteUrl to = from.follow(location);
    if (from.isSecure() && !to.isSecure()) {
      throw new IngestException(
          IngestReason.REDIRECT_REFUSED,
          from.shown() + " is redirected from https to http, " + to.shown());
    }
    return to;
  }

  private void requireAllowed(RemoteUrl url) {
    if (!rules.schemes().contains(url.scheme())) {
      throw refused(url, "has a scheme other than " + rules.schemes());
    }
    if (!rules.ports().contains(url.port())) {
      throw refused(url, "has a port other than " + rules.ports());
    }
    if (!rules.names(url.host())) {
      throw refused(url, "has a host that is not on the list");
    }
  }

  private static IngestException refused(RemoteUrl url, String why) {
    return new IngestException(
        IngestReason.URL_REFUSED, "the URL " + url.shown() + " " + why + "; nothing was asked");
  }

  private static void requireIdentity(HttpHead head) {
    String encoding = head.only("content-encoding");
    if (!encoding.isEmpty() && !encoding.equalsIgnoreCase("identity")) {
      throw HttpHead.refused("encodes its answer although it was asked not to");
    }
  }

  private Remote ask(RemoteUrl url, Deadline deadline) {
    Socket raw = connect(url, checkedAddresses(url, deadline), deadline);
    // Closing the socket from elsewhere is what ends every kind of waiting on it.
    Future<?> alarm = lookups.after(deadline.nanosLeft(), () -> abandon(raw));
    boolean open = false;
    try {
      Socket socket = url.isSecure() ? secured(raw, url, deadline) : raw;
      OutputStream out = socket.getOutputStream();
      out.write(request(url).getBytes(StandardCharsets.US_ASCII));
      out.flush();
      TimedStream in = new TimedStream(socket, deadline, rules.firstByteTimeout());
      BufferedBytes bytes = new BufferedBytes(in);
      bytes.fill();
      in.silence(rules.stallTimeout());
      HttpHead head = HttpHead.read(bytes);
      Remote answer = new Remote(url, head, HttpBody.of(head, bytes), raw, alarm);
      open = true;
      return answer;
    } catch (IOException e) {
      throw deadline.isOver() ? deadline.passed() : unreachable(url, e);
    } finally {
      if (!open) {
        boolean unused = alarm.cancel(false);
        abandon(raw);
      }
    }
  }

  private static String request(RemoteUrl url) {
    return "GET "
        + url.target()
        + " HTTP/1.1\r\nHost: "
        + url.hostField()
        + "\r\nUser-Agent: rendition\r\nAccept: image/*, */*;q=0.5\r\nAccept-Encoding: identity"
        + "\r\nConnection: close\r\n\r\n";
  }

  /** Returns the addresses of a host, every one of which may be asked. */
  private List<InetAddress> checkedAddresses(RemoteUrl url, Deadline deadline) {
    List<InetAddress> found;
    try {
      found =
          url.isLiteral()
              ? List.of(InetAddress.getByName(url.host()))
              : lookups.addresses(url.host(), deadline.millis(rules.connectTimeout()));
    } catch (IOException e) {
      throw refused(url, "has an address that is none");
    }
    if (found.isEmpty()) {
      throw new IngestException(
          IngestReason.HOST_UNKNOWN, "the host " + Shown.text(url.host()) + " has no address");
    }
    for (InetAddress address : found) {
      Optional<String> refusal = special.refusal(address);
      if (refusal.isPresent()) {
        // Which address it is stays untold: uploaders must not learn a network's names.
        throw new IngestException(
            IngestReason.ADDRESS_REFUSED,
            "the host "
                + Shown.text(url.host())
                + " has an address that is "
                + refusal.get()
                + "; nothing was asked. An operator may open it");
      }
    }
    return found.subList(0, Math.min(found.size(), MOST_ADDRESSES));
  }

  private Socket connect(RemoteUrl url, List<InetAddress> addresses, Deadline deadline) {
    List<IOException> problems = new ArrayList<>();
    for (InetAddress address : addresses) {
      Socket socket = new Socket(Proxy.NO_PROXY);
      try {
        socket.connect(
            new InetSocketAddress(address, url.port()), deadline.millis(rules.connectTimeout()));
        return socket;
      } catch (IOException e) {
        problems.add(e);
        abandon(socket);
      }
    }
    IOException last = problems.get(problems.size() - 1);
    if (last instanceof SocketTimeoutException) {
      throw new IngestException(
          IngestReason.TIME_LIMIT, url.shown() + " took too long to connect to", last);
    }
    throw unreachable(url, last);
  }

  private static IngestException unreachable(RemoteUrl url, IOException cause) {
    String how = cause instanceof SSLException ? " cannot be trusted: " : " cannot be reached: ";
    return new IngestException(
        IngestReason.REMOTE_UNREACHABLE,
        url.shown() + how + Shown.text(String.valueOf(cause.getMessage())),
        cause);
  }

  /** Agrees on TLS with the host that is meant, whatever its address. */
  private SSLSocket secured(Socket raw, RemoteUrl url, Deadline deadline) throws IOException {
    raw.setSoTimeout(deadline.millis(rules.connectTimeout()));
    SSLSocket socket = (SSLSocket) tls.get().createSocket(raw, url.host(), url.port(), true);
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    if (!url.isLiteral()) {
      try {
        parameters.setServerNames(List.of(new SNIHostName(url.host())));
      } catch (IllegalArgumentException e) {
        throw refused(url, "has a host no certificate can name");
      }
    }
    socket.setSSLParameters(parameters);
    try {
      socket.startHandshake();
    } catch (SocketTimeoutException e) {
      throw new IngestException(
          IngestReason.TIME_LIMIT, url.shown() + " took too long to agree on a cipher", e);
    }
    return socket;
  }

  private static void hangUp(Remote answer) {
    try {
      answer.close();
    } catch (IOException e) {
      // It is over either way, and nothing more is read from it.
      return;
    }
  }

  private static void abandon(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // As above.
      return;
    }
  }
}
