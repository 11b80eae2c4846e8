package dev.rendition.lambda.wire;

import static java.util.Objects.requireNonNull;

import dev.rendition.generate.RenditionRequest;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/**
 * Writes messages of the wire as JSON (RFC 8259) in UTF-8 and reads them. Safe for use by many
 * threads; it keeps no state.
 *
 * <p>Every message is one object with the member {@value #VERSION_MEMBER}, which tells it from any
 * other JSON. Members nobody here knows are ignored, so that either side may be deployed first; a
 * version nobody here speaks is refused with {@link WireVersionException}. What is written is
 * canonical: equal messages have equal bytes.
 *
 * <p>Whatever is read, reading ends with a message or a {@link WireException}, within {@value
 * #MAX_BYTES} bytes, {@value Json#MAX_DEPTH} levels and {@value Json#MAX_TOKENS} tokens. The bytes
 * of pictures never travel: the largest legal message stays below {@value #MAX_BYTES} bytes, and
 * AWS Lambda takes 6 MB.
 */
public final class WireCodec {
  /** The member that holds the version, and by which a message is known. */
  public static final String VERSION_MEMBER = "renditionWire";

  /** The version that is written. */
  public static final int VERSION = 1;

  /** Every version that is read. */
  public static final List<Integer> VERSIONS = List.of(VERSION);

  /** The media type of a message. */
  public static final String MEDIA_TYPE = "application/json";

  /** Where a worker that is reached over HTTP takes messages by POST. */
  public static final String HTTP_PATH = "/rendition/wire";

  /** The most bytes in a message: 4 MiB. */
  public static final int MAX_BYTES = 4 << 20;

  /** The most characters of a name that travel; more are left out. */
  public static final int MAX_NAME = 1_000;

  /** The most characters of a failure's detail that travel; more are left out. */
  public static final int MAX_DETAIL = 1_000;

  /** The most remarks of an outcome that travel; more are left out. */
  public static final int MAX_TRACE_LINES = 8;

  /** The most characters of a remark that travel; more are left out. */
  public static final int MAX_TRACE_LINE = 200;

  /** Returns the bytes of a request. */
  public byte[] write(WireRequest request) {
    return Json.write(json -> RequestJson.write(json, requireNonNull(request, "request")));
  }

  /** Returns the bytes of an answer. */
  public byte[] write(WireAnswer answer) {
    return Json.write(json -> AnswerJson.write(json, requireNonNull(answer, "answer")));
  }

  /**
   * Reads a request.
   *
   * @throws WireVersionException if it is written in a version nobody here speaks
   * @throws WireException if it is no request
   */
  public WireRequest readRequest(byte[] json) {
    return RequestJson.read(Json.read(json));
  }

  /**
   * Reads a request from a stream, which stays open and is read to its end, but not much beyond
   * {@value #MAX_BYTES} bytes.
   *
   * @throws WireException as {@link #readRequest(byte[])}
   * @throws IOException if the stream cannot be read
   */
  public WireRequest readRequest(InputStream json) throws IOException {
    return readRequest(json.readNBytes(MAX_BYTES + 1));
  }

  /**
   * Reads the answer to a request for renditions, whose specs become those of the outcomes.
   *
   * @return {@link WireAnswer.Report}, {@link WireAnswer.Refused} or {@link
   *     WireAnswer.VersionRefused}
   * @throws WireVersionException if it is written in a version nobody here speaks
   * @throws WireException if it is no answer to this request: it tells of another source, or of
   *     other targets
   */
  public WireAnswer readAnswer(byte[] json, RenditionRequest asked) {
    return AnswerJson.read(Json.read(json), requireNonNull(asked, "asked"));
  }

  /**
   * Reads the answer to a ping.
   *
   * @return {@link WireAnswer.Pong}, {@link WireAnswer.Refused} or {@link
   *     WireAnswer.VersionRefused}
   * @throws WireException if it is no answer to a ping
   */
  public WireAnswer readPong(byte[] json) {
    return AnswerJson.readPong(Json.read(json));
  }
}
