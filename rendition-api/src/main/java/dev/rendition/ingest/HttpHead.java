package dev.rendition.ingest;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Status and fields of an answer (RFC 9112, sections 4 and 5), read strictly: what two readers
 * could take for two things is refused.
 *
 * @param version {@code HTTP/1.0} or {@code HTTP/1.1}
 * @param status 200 to 599
 * @param fields by name in lower case, in the order they came
 */
record HttpHead(String version, int status, Map<String, List<String>> fields) {
  private static final int MOST_BYTES = 32 << 10;
  private static final int MOST_FIELDS = 100;
  private static final int MOST_INTERIM = 5;

  /** Reads up to the empty line; interim answers are passed over. */
  static HttpHead read(InputStream in) throws IOException {
    Reader reader = new Reader(in);
    for (int interim = 0; interim <= MOST_INTERIM; interim++) {
      HttpHead head = one(reader);
      if (head.status() >= 200) {
        return head;
      }
      if (head.status() == 101) {
        break;
      }
    }
    throw refused("answers with something else than an answer");
  }

  private static HttpHead one(Reader reader) throws IOException {
    String line = reader.line();
    if (!line.matches("HTTP/1\\.[01] [1-5][0-9]{2}( .*)?")) {
      throw refused("does not begin its answer like HTTP/1.1");
    }
    Map<String, List<String>> fields = new TreeMap<>();
    int count = 0;
    for (String field = reader.line(); !field.isEmpty(); field = reader.line()) {
      int colon = field.indexOf(':');
      if (colon < 1 || !field.substring(0, colon).matches("[!#$%&'*+.^_`|~0-9A-Za-z-]+")) {
        throw refused("sends a field that is none");
      }
      count++;
      if (count > MOST_FIELDS) {
        throw refused("sends more than " + MOST_FIELDS + " fields");
      }
      fields
          .computeIfAbsent(
              field.substring(0, colon).toLowerCase(Locale.ROOT), any -> new ArrayList<>())
          .add(field.substring(colon + 1).strip());
    }
    return new HttpHead(line.substring(0, 8), Integer.parseInt(line.substring(9, 12)), fields);
  }

  /** Returns the values of a field. */
  List<String> all(String name) {
    return fields.getOrDefault(name, List.of());
  }

  /** Returns the only value of a field, or an empty text. */
  String only(String name) {
    List<String> values = all(name);
    if (values.stream().distinct().count() > 1) {
      throw refused("sends two different fields " + name);
    }
    return values.isEmpty() ? "" : values.get(0);
  }

  static IngestException refused(String what) {
    return new IngestException(
        IngestReason.REMOTE_PROTOCOL, "the server " + what + "; nothing was taken");
  }

  /** Reads lines of ASCII, so many bytes in all. */
  private static final class Reader {
    private final InputStream in;
    private int bytes;

    Reader(InputStream in) {
      this.in = in;
    }

    String line() throws IOException {
      StringBuilder line = new StringBuilder();
      for (int b = in.read(); b != '\n'; b = in.read()) {
        if (b < 0) {
          throw new IngestException(
              IngestReason.REMOTE_BROKE_OFF, "the server hung up before it answered; try again");
        }
        bytes++;
        if (bytes > MOST_BYTES) {
          throw refused("sends a head of more than " + MOST_BYTES + " bytes");
        }
        line.append((char) b);
      }
      int end = line.length();
      if (end > 0 && line.charAt(end - 1) == '\r') {
        line.setLength(end - 1);
      }
      if (line.chars().anyMatch(c -> c < ' ' && c != '\t' || c == 0x7f)) {
        throw refused("sends control characters in its head");
      }
      return line.toString();
    }
  }
}
