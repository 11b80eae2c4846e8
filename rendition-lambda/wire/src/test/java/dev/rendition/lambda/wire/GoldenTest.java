package dev.rendition.lambda.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rendition.generate.FailureReason;
import dev.rendition.generate.RenditionOutcome;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Caller and worker are deployed apart: what was once written is read for ever. A file is never
 * changed; a new version of the wire gets files of its own.
 */
class GoldenTest {
  private final WireCodec codec = new WireCodec();

  static Map<String, WireRequest> requests() {
    return Map.of(
        "request.json", new WireRequest.Generate("t-1", Goldens.FULL),
        "request-least.json", new WireRequest.Generate("t-2", Goldens.LEAST),
        "request-event.json", new WireRequest.Generate("t-2", Goldens.LEAST, true),
        "ping.json", new WireRequest.Ping("t-3"));
  }

  static Stream<Arguments> requestFiles() {
    return requests().entrySet().stream().map(e -> Arguments.of(e.getKey(), e.getValue()));
  }

  @ParameterizedTest
  @MethodSource("requestFiles")
  void aRequestOfOldIsReadAndWrittenTheSame(String file, WireRequest request) throws IOException {
    assertThat(codec.readRequest(Goldens.bytes(file))).isEqualTo(request);
    assertThat(codec.write(request)).asString().isEqualTo(new String(Goldens.bytes(file), UTF_8));
  }

  @Test
  void aReportOfOldIsReadAndWrittenTheSame() throws IOException {
    byte[] file = Goldens.bytes("report.json");
    assertThat(codec.readAnswer(file, Goldens.FULL)).isEqualTo(Goldens.REPORT);
    assertThat(codec.write(Goldens.REPORT)).asString().isEqualTo(new String(file, UTF_8));
  }

  @Test
  void aRefusalOfOldIsReadAndWrittenTheSame() throws IOException {
    byte[] file = Goldens.bytes("refused.json");
    WireAnswer answer =
        new WireAnswer.Refused(FailureReason.SOURCE_NOT_FOUND, "there is no asset acme/a");
    assertThat(codec.readAnswer(file, Goldens.LEAST)).isEqualTo(answer);
    assertThat(codec.readPong(file)).isEqualTo(answer);
    assertThat(codec.write(answer)).isEqualTo(file);
  }

  @Test
  void aRefusalOfAVersionOfOldIsReadAndWrittenTheSame() throws IOException {
    byte[] file = Goldens.bytes("version-refused.json");
    WireAnswer answer = new WireAnswer.VersionRefused(List.of(1, 3));
    assertThat(codec.readAnswer(file, Goldens.LEAST)).isEqualTo(answer);
    assertThat(codec.readPong(file)).isEqualTo(answer);
    assertThat(codec.write(answer)).isEqualTo(file);
  }

  @Test
  void aPongOfOldIsReadAndWrittenTheSame() throws IOException {
    byte[] file = Goldens.bytes("pong.json");
    WireAnswer answer = new WireAnswer.Pong(List.of(1), 7, "rendition-lambda-function 0.1.0");
    assertThat(codec.readPong(file)).isEqualTo(answer);
    assertThat(codec.write(answer)).isEqualTo(file);
  }

  @Test
  void membersNobodyKnowsAreIgnored() throws IOException {
    assertThat(codec.readRequest(Goldens.bytes("request-from-later.json")))
        .isEqualTo(new WireRequest.Generate("t-2", Goldens.LEAST));
  }

  @Test
  void aReasonNobodyKnowsBecomesTheNearestByWhetherItIsWorthAskingAgain() throws IOException {
    byte[] file = Goldens.bytes("report-from-later.json");
    WireAnswer.Report answer = (WireAnswer.Report) codec.readAnswer(file, Goldens.LEAST);
    assertThat(answer.report().outcomes())
        .containsExactly(
            new RenditionOutcome.Failed(
                Goldens.LEAST.specs().get(0),
                FailureReason.BACKEND_FAILED,
                "OUT_OF_INK: refill it"));
    String hopeless = new String(file, UTF_8).replace("\"retryable\":true", "\"retryable\":false");
    assertThat(
            ((WireAnswer.Report) codec.readAnswer(hopeless.getBytes(UTF_8), Goldens.LEAST))
                .report()
                .failed()
                .get(0)
                .reason())
        .isEqualTo(FailureReason.INTERNAL);
  }
}
