package dev.rendition.ingest;

import java.net.IDN;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A URL taken apart by one reading, so that what is checked is what is asked (RFC 3986).
 *
 * @param scheme {@code http} or {@code https}
 * @param host a name in ASCII, or an address; lower case, no brackets, no dot at its end
 * @param port 1 to 65535
 * @param target path and query as they are sent, ASCII
 */
record RemoteUrl(String scheme, String host, int port, String target) {
  private static final int LONGEST = 4_096;
  private static final String LABEL = "[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?";
  private static final Pattern LABELS = Pattern.compile(LABEL + "(\\." + LABEL + ")*");

  /**
   * Reads a URL.
   *
   * @throws IngestException with {@link IngestReason#URL_REFUSED}
   */
  static RemoteUrl parse(String text) {
    if (text.length() > LONGEST) {
      throw refused(text, "has more than " + LONGEST + " characters");
    }
    URI uri = uri(text);
    String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    if (!scheme.equals("https") && !scheme.equals("http")) {
      throw refused(text, "is neither https nor http");
    }
    String authority = uri.getRawAuthority();
    if (uri.isOpaque() || authority == null) {
      throw refused(text, "names no host");
    }
    if (authority.indexOf('@') >= 0) {
      throw new IngestException(
          IngestReason.URL_REFUSED,
          "the URL holds user information before its host; leave that out");
    }
    String path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
    String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
    int colon = portColon(authority);
    String host = host(colon < 0 ? authority : authority.substring(0, colon), text);
    int port = scheme.equals("https") ? 443 : 80;
    if (colon >= 0 && colon + 1 < authority.length()) {
      port = port(authority.substring(colon + 1), text);
    }
    return new RemoteUrl(scheme, host, port, ascii(path + query));
  }

  /** Returns where a redirect from here leads. */
  RemoteUrl follow(String location) {
    String plain = ascii(location);
    if (plain.startsWith("?")) {
      // RFC 3986, section 5.2.2 keeps the path; java.net.URI does not.
      int query = target.indexOf('?');
      plain = (query < 0 ? target : target.substring(0, query)) + plain;
    }
    return parse(uri(toString()).resolve(uri(plain)).toString());
  }

  /** Returns the value of the Host field (RFC 9110, section 7.2). */
  String hostField() {
    String shown = isAddress6() ? "[" + host + "]" : host;
    return port == (scheme.equals("https") ? 443 : 80) ? shown : shown + ":" + port;
  }

  boolean isSecure() {
    return scheme.equals("https");
  }

  /** Returns whether the host is an address and not a name. */
  boolean isLiteral() {
    return isAddress6() || host.matches("[0-9.]+");
  }

  private boolean isAddress6() {
    return host.indexOf(':') >= 0;
  }

  /** Returns it without the query, which may be a secret. */
  String shown() {
    int query = target.indexOf('?');
    String path = query < 0 ? target : target.substring(0, query) + "?…";
    return Shown.text(scheme + "://" + hostField() + path);
  }

  /** Returns the whole URL. */
  @Override
  public String toString() {
    return scheme + "://" + hostField() + target;
  }

  private static URI uri(String text) {
    try {
      return new URI(text);
    } catch (URISyntaxException e) {
      throw refused(text, "is no URL (" + e.getReason() + " at " + e.getIndex() + ")");
    }
  }

  private static int portColon(String authority) {
    return authority.endsWith("]") ? -1 : authority.lastIndexOf(':');
  }

  private static int port(String digits, String text) {
    if (!digits.matches("[0-9]{1,5}")
        || Integer.parseInt(digits) < 1
        || Integer.parseInt(digits) > 65_535) {
      throw refused(text, "has a port that is not 1..65535");
    }
    return Integer.parseInt(digits);
  }

  private static String host(String given, String text) {
    if (given.startsWith("[")) {
      String inside = given.endsWith("]") ? given.substring(1, given.length() - 1) : "";
      if (!inside.matches("[0-9a-fA-F:]*:[0-9a-fA-F:.]*")) {
        throw refused(text, "has brackets with something else than an address of IPv6 in them");
      }
      return inside.toLowerCase(Locale.ROOT);
    }
    String name = asciiName(given, text);
    if (name.endsWith(".")) {
      name = name.substring(0, name.length() - 1);
    }
    if (name.length() > 253 || !LABELS.matcher(name).matches()) {
      throw refused(text, "has no host, or one that cannot be a name");
    }
    String last = name.substring(name.lastIndexOf('.') + 1);
    // A last label that reads as a number makes the whole an address (URL Standard, 3.5), and
    // systems differ in how they read the rarer forms: only the plain one is taken.
    if (last.matches("[0-9]+|0x[0-9a-f]*") && !isPlainAddress(name)) {
      throw refused(text, "writes its address in an odd form; write four decimal numbers");
    }
    return name;
  }

  private static String asciiName(String given, String text) {
    if (given.indexOf('%') >= 0) {
      throw refused(text, "has a percent sign in its host");
    }
    boolean plain = given.chars().allMatch(c -> c < 0x80);
    try {
      String name = plain ? given : IDN.toASCII(given, IDN.USE_STD3_ASCII_RULES);
      return name.toLowerCase(Locale.ROOT);
    } catch (IllegalArgumentException e) {
      throw refused(text, "has a host that cannot be written in ASCII (RFC 3490)");
    }
  }

  private static boolean isPlainAddress(String name) {
    String number = "(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";
    return name.matches(number + "(\\." + number + "){3}");
  }

  /** Writes what is not ASCII, or a space, as its bytes in UTF-8 with percent signs. */
  private static String ascii(String text) {
    StringBuilder plain = new StringBuilder();
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      int c = b & 0xff;
      if (c > 0x20 && c < 0x7f) {
        plain.append((char) c);
      } else if (c >= 0x80 || c == ' ') {
        plain.append(String.format(Locale.ROOT, "%%%02X", c));
      } else {
        throw new IngestException(
            IngestReason.URL_REFUSED, "the URL holds a control character; nothing was asked");
      }
    }
    return plain.toString();
  }

  private static IngestException refused(String text, String why) {
    int query = text.indexOf('?');
    String shown = query < 0 ? text : text.substring(0, query) + "?…";
    return new IngestException(
        IngestReason.URL_REFUSED,
        "the URL " + (shown.indexOf('@') >= 0 ? "given" : Shown.text(shown)) + " " + why);
  }
}
