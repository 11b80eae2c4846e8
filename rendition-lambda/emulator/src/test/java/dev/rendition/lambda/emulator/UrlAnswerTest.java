package dev.rendition.lambda.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UrlAnswerTest {
  private static UrlAnswer read(String json) {
    return UrlAnswer.of(json.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void whatHasNoStatusIsABody() {
    for (String json : new String[] {"{\"a\":1}", "\"text\"", "[1]", "7"}) {
      UrlAnswer answer = read(json);
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.body()).asString().isEqualTo(json);
      assertThat(answer.headers()).containsEntry("Content-type", List.of("application/json"));
    }
  }

  @Test
  void whatOnlyTheConnectionMaySayIsLeftOut() {
    UrlAnswer answer =
        read(
            "{\"statusCode\":\"200\",\"headers\":{\"Content-Length\":\"9\",\"Transfer-Encoding\":\"chunked\",\"ETag\":\"x\"}}");
    assertThat(answer.headers().keySet()).containsExactlyInAnyOrder("Etag", "Content-type");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "{",
        "{} {}",
        "{\"statusCode\":\"x\"}",
        "{\"statusCode\":200.5}",
        "{\"statusCode\":199}",
        "{\"statusCode\":600}",
        "{\"statusCode\":99999999999}",
        "{\"statusCode\":200,\"headers\":[]}",
        "{\"statusCode\":200,\"headers\":{\"a b\":\"c\"}}",
        "{\"statusCode\":200,\"headers\":{\"\":\"c\"}}",
        "{\"statusCode\":200,\"headers\":{\"a\":\"b\\nc\"}}",
        "{\"statusCode\":200,\"headers\":{\"a\":[\"b\"]}}",
        "{\"statusCode\":200,\"cookies\":\"a\"}",
        "{\"statusCode\":200,\"cookies\":[\"a\\r\\nb\"]}",
        "{\"statusCode\":200,\"body\":{}}",
        "{\"statusCode\":200,\"body\":\"%\",\"isBase64Encoded\":true}"
      })
  void whatHttpCannotSayIsRefused(String json) {
    assertThatThrownBy(() -> read(json)).isInstanceOf(IllegalArgumentException.class);
  }
}
