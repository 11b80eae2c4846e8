package dev.rendition.deliver;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * An HTTP response as data: write the status, the headers, then the body, and close it. Nothing in
 * it comes from a back end's own responses. The receiver closes it. Not safe for use by many
 * threads.
 *
 * @param status the status code (RFC 9110, section 15)
 * @param headers by name, sorted; {@code Content-Length} is among them, except for 304
 * @param length how many bytes the body has: 0 where there is none, also for HEAD
 * @param body the bytes; ended, where there is none
 * @param done frees what the body holds on to
 */
public record HttpAnswer(
    int status, Map<String, String> headers, long length, InputStream body, AutoCloseable done)
    implements AutoCloseable {
  public HttpAnswer {
    headers = Collections.unmodifiableMap(new TreeMap<>(headers));
    requireNonNull(body, "body");
    requireNonNull(done, "done");
  }

  /** An answer whose body holds on to nothing but itself. */
  public HttpAnswer(int status, Map<String, String> headers, long length, InputStream body) {
    this(status, headers, length, body, body);
  }

  /** Returns this with one more header, or another value of it; the body is the same stream. */
  HttpAnswer with(String name, String value) {
    Map<String, String> more = new TreeMap<>(headers);
    more.put(name, value);
    return new HttpAnswer(status, more, length, body, done);
  }

  /** Writes the body; the stream stays open. */
  public void writeTo(OutputStream out) throws IOException {
    body.transferTo(out);
  }

  @Override
  public void close() throws IOException {
    try {
      body.close();
      done.close();
    } catch (IOException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IOException(e);
    }
  }

  /** Shows status and headers. */
  @Override
  public String toString() {
    return status + " " + headers;
  }
}
