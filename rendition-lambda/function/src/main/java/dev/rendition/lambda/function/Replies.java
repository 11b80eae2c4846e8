package dev.rendition.lambda.function;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.rendition.asset.AssetKey;
import dev.rendition.generate.FailureReason;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;

/**
 * The HTTP replies that show no rendition. What failed inside is not told to the world: of a server
 * error only its name.
 */
final class Replies {
  /** How long a network may remember that there is nothing, or nothing to be made. */
  private static final String BRIEFLY = "public, max-age=60";

  private static final String NEVER = "no-store";

  private final ErrorPictures pictures;

  Replies(ErrorPictures pictures) {
    this.pictures = pictures;
  }

  /** Returns the reply to a failure, with its status (see {@link FailureReason#httpStatus}). */
  HttpReply failed(FailureReason reason, String detail) {
    int status = reason.httpStatus();
    HttpReply reply =
        pictures
            .reply(status)
            .orElseGet(
                () ->
                    HttpReply.of(status)
                        .with("application/problem+json", problem(reason, status, detail)))
            .with("Cache-Control", reason.retryable() || status >= 500 ? NEVER : BRIEFLY);
    return reason.retryable()
        ? reply.with("Retry-After", reason == FailureReason.BUSY ? "2" : "5")
        : reply;
  }

  HttpReply notAllowed() {
    return HttpReply.of(405).with("Allow", "GET, HEAD").with("Cache-Control", NEVER);
  }

  /** Returns a redirect to another rendition. */
  HttpReply moved(String prefix, AssetKey key) {
    return HttpReply.of(302)
        .with("Location", Encoded.toPath(prefix + key))
        .with("Cache-Control", BRIEFLY);
  }

  /** Returns a redirect to a link that expires, and is nobody else's to have. */
  HttpReply elsewhere(URI link) {
    return HttpReply.of(302).with("Location", link.toString()).with("Cache-Control", NEVER);
  }

  /** Writes problem details (RFC 9457). */
  private static byte[] problem(FailureReason reason, int status, String detail) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (JsonGenerator json = Json.FACTORY.createGenerator(out)) {
      json.writeStartObject();
      json.writeStringField("title", reason.name());
      json.writeNumberField("status", status);
      if (status < 500 && !detail.isEmpty()) {
        json.writeStringField("detail", Shown.line(detail));
      }
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("nothing but memory is written to", e);
    }
    return out.toByteArray();
  }
}
