package dev.rendition.dam;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.rendition.deliver.HttpAnswer;
import dev.rendition.generate.RenditionException;
import dev.rendition.ingest.IngestException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes answers. */
final class Answers {
  private static final Logger LOG = LoggerFactory.getLogger(Answers.class);

  private Answers() {}

  static HttpAnswer text(int status, String sentence) {
    return of(status, "text/plain; charset=utf-8", sentence + "\n", Map.of());
  }

  static HttpAnswer of(int status, String type, String body, Map<String, String> more) {
    byte[] bytes = body.getBytes(UTF_8);
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Content-Type", type);
    headers.put("Content-Length", Integer.toString(bytes.length));
    headers.put("Cache-Control", "no-store");
    headers.put("X-Content-Type-Options", "nosniff");
    headers.put("Referrer-Policy", "no-referrer");
    headers.putAll(more);
    return new HttpAnswer(status, headers, bytes.length, new ByteArrayInputStream(bytes));
  }

  /** Sends the browser to another page with GET. */
  static HttpAnswer seeOther(String path) {
    return of(303, "text/plain; charset=utf-8", "", Map.of("Location", path));
  }

  /** Tells a failure: what the caller can mend in full, what is ours by its name only. */
  static HttpAnswer of(Exception failure) {
    if (failure instanceof IngestException refused) {
      return text(refused.reason().httpStatus(), refused.reason() + ": " + refused.getMessage());
    }
    if (failure instanceof RenditionException refused) {
      return text(refused.reason().httpStatus(), refused.reason() + ": " + refused.getMessage());
    }
    if (failure instanceof IllegalArgumentException) {
      return text(400, String.valueOf(failure.getMessage()));
    }
    LOG.error("a request failed", failure);
    return failure instanceof IOException
        ? text(503, "A store or the connection failed; please try again.")
        : text(500, "A defect of the demo; its log says more.");
  }
}
