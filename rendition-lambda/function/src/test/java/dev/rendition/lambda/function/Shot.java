package dev.rendition.lambda.function;

import dev.rendition.deliver.HttpAnswer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** An HTTP answer that was read to its end. */
final class Shot {
  private final HttpAnswer answer;
  private final byte[] body;

  private Shot(HttpAnswer answer, byte[] body) {
    this.answer = answer;
    this.body = body;
  }

  static Shot of(HttpAnswer answer) {
    try (answer;
        InputStream in = answer.body()) {
      return new Shot(answer, in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  int status() {
    return answer.status();
  }

  Map<String, String> headers() {
    return answer.headers();
  }

  byte[] body() {
    return body;
  }

  String text() {
    return new String(body, StandardCharsets.UTF_8);
  }
}
