package dev.rendition.lambda.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rendition.asset.AssetKey;
import dev.rendition.generate.FailureReason;
import dev.rendition.generate.RenditionException;
import dev.rendition.generate.RenditionOutcome;
import dev.rendition.generate.RenditionReport;
import dev.rendition.generate.RenditionRequest;
import dev.rendition.generate.RenditionSpec;
import dev.rendition.generate.WriteMode;
import dev.rendition.recipe.FocalPoint;
import dev.rendition.recipe.Recipe;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WireCodecTest {
  /** What AWS Lambda takes and gives in one synchronous invocation. */
  private static final int LAMBDA_LIMIT = 6 * 1024 * 1024;

  private final WireCodec codec = new WireCodec();

  @Test
  void theLargestLegalRequestIsBelowTheLimitAndReadAgain() {
    RenditionRequest request = largest();
    byte[] json = codec.write(new WireRequest.Generate("t".repeat(128), request));
    assertThat(json).hasSizeBetween(1 << 20, WireCodec.MAX_BYTES - 1);
    assertThat(WireCodec.MAX_BYTES).isLessThan(LAMBDA_LIMIT);
    assertThat(((WireRequest.Generate) codec.readRequest(json)).request()).isEqualTo(request);
  }

  @Test
  void theLargestLegalReportIsBelowTheLimitAndReadAgain() {
    RenditionRequest request = largest();
    List<RenditionOutcome> outcomes = new ArrayList<>();
    for (RenditionSpec spec : request.specs()) {
      outcomes.add(
          new RenditionOutcome.Failed(
              spec,
              FailureReason.ENCODING_NOT_SUPPORTED,
              "\u0000".repeat(100_000),
              Collections.nCopies(100, "\u0000".repeat(100_000))));
    }
    WireAnswer.Report whole =
        new WireAnswer.Report(
            new RenditionReport(request.source(), "v".repeat(10_000), outcomes),
            Duration.ofSeconds(Long.MAX_VALUE));
    byte[] json = codec.write(whole);
    assertThat(json).hasSizeBetween(2 << 20, WireCodec.MAX_BYTES - 1);
    RenditionReport read = ((WireAnswer.Report) codec.readAnswer(json, request)).report();
    assertThat(read.failed()).hasSize(RenditionRequest.MAX_SPECS);
    RenditionOutcome.Failed failed = read.failed().get(199);
    assertThat(failed.detail()).isEqualTo("\u0000".repeat(WireCodec.MAX_DETAIL));
    assertThat(failed.trace())
        .hasSize(WireCodec.MAX_TRACE_LINES)
        .allMatch(line -> line.length() == WireCodec.MAX_TRACE_LINE);
  }

  @Test
  void whatIsLongIsCutBetweenCharactersAndStaysText() {
    String emoji = "a" + "\ud83c\udfd6".repeat(600);
    assertThat(
            ((WireAnswer.Refused) again(new WireAnswer.Refused(FailureReason.BUSY, emoji)))
                .message())
        .isEqualTo(emoji.substring(0, 999));
    assertThat(
            ((WireAnswer.Refused) again(new WireAnswer.Refused(FailureReason.BUSY, "x\ud83cy")))
                .message())
        .isEqualTo("x\ufffdy");
  }

  @Test
  void aVersionNobodySpeaksIsRefusedAsSuch() {
    byte[] json = bytes("{\"renditionWire\":2,\"kind\":[1],\"trace\":7}");
    assertThatThrownBy(() -> codec.readRequest(json))
        .isInstanceOfSatisfying(
            WireVersionException.class, e -> assertThat(e.version()).isEqualTo(2))
        .hasMessage(
            "the message is written in wire version 2, and this side speaks [1]; deploy caller and"
                + " worker of one release");
    assertThatThrownBy(() -> codec.readAnswer(json, Goldens.LEAST))
        .isInstanceOf(WireVersionException.class);
    assertThatThrownBy(() -> codec.readPong(json)).isInstanceOf(WireVersionException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "null",
        "1",
        "\"text\"",
        "[]",
        "{",
        "{}",
        "{}{}",
        "{\"renditionWire\":1}",
        "{\"renditionWire\":\"1\",\"kind\":\"ping\",\"trace\":\"t\"}",
        "{\"renditionWire\":1.0,\"kind\":\"ping\",\"trace\":\"t\"}",
        "{\"renditionWire\":-1,\"kind\":\"ping\",\"trace\":\"t\"}",
        "{\"renditionWire\":4294967297,\"kind\":\"ping\",\"trace\":\"t\"}",
        "{\"renditionWire\":99999999999999999999,\"kind\":\"ping\",\"trace\":\"t\"}",
        "{\"renditionWire\":1,\"kind\":\"pong\",\"trace\":\"t\"}",
        "{\"renditionWire\":1,\"kind\":\"ping\",\"trace\":\"\"}",
        "{\"renditionWire\":1,\"kind\":\"ping\",\"trace\":\"a\\nb\"}",
        "{\"renditionWire\":1,\"kind\":\"ping\",\"trace\":\"t\"} x",
        "{\"renditionWire\":1,\"renditionWire\":1,\"kind\":\"ping\",\"trace\":\"t\"}",
        "{\"renditionWire\":1,\"kind\":\"ping\",\"trace\":\"t\",\"more\":NaN}",
        "{\"renditionWire\":1,\"kind\":\"ping\",\"trace\":\"t\",}",
      })
  void whatIsNoRequestIsRefused(String json) {
    assertThatThrownBy(() -> codec.readRequest(bytes(json)))
        .isExactlyInstanceOf(WireException.class);
  }

  @Test
  void aMistakeIsToldWithItsPlace() throws IOException {
    String json = new String(Goldens.bytes("request.json"), UTF_8);
    assertMistake(json.replace("fit:20,png", "fit:0,png"), "renditions[1].recipe: ");
    assertMistake(json.replace("other/20.png", "other/../x"), "renditions[1].target: ");
    assertMistake(json.replace("acme/photos/\\\"", "/\\\""), "source: a tenant is");
    assertMistake(json.replace("2026-11-21T", "2026-13-21T"), "deadline: ");
    assertMistake(json.replace("create", "append"), "mode is replace, create or missing");
    assertMistake(json.replace("\"x\":0.25", "\"x\":1.5"), "a focal point has parts 0..1");
    assertMistake(json.replace("\"x\":0.25", "\"x\":1e999"), "a focal point has parts 0..1");
    assertMistake(json.replace("\"x\":0.25", "\"x\":\"0.25\""), "focus.x is a number, was");
    assertMistake(json.replace("\"y\":0.0001", "\"z\":0"), "the member focus.y is missing");
    assertMistake(json.replace(Goldens.DIGEST, "0"), "a source version is");
    assertMistake(
        json.replace("\"other/20.png\"", "\"acme/photos/beach.jpg/card-0123456789abcdef.jpg\""),
        "two specs write to one target");
  }

  @Test
  void boundsAreKept() {
    String ping = "{\"renditionWire\":1,\"kind\":\"ping\",\"trace\":\"t\",\"more\":";
    assertThat(codec.readRequest(bytes(ping + "[".repeat(31) + "]".repeat(31) + "}")))
        .isEqualTo(new WireRequest.Ping("t"));
    assertRefused(ping + "[".repeat(32) + "]".repeat(32) + "}");
    assertRefused(ping + "[".repeat(1_000_000));
    assertRefused(ping + "[" + "[],".repeat(30_000) + "[]]}");
    assertRefused(ping + '"' + "x".repeat(20_000) + "\"}");
    assertRefused(ping + "1".repeat(50) + "}");
    assertRefused(ping + "1," + '"' + "n".repeat(300) + "\":1}");
    assertRefused(ping + "1}" + " ".repeat(WireCodec.MAX_BYTES));
    StringBuilder many = new StringBuilder(ping.replace("ping", "generate") + "1,\"renditions\":[");
    for (int i = 0; i <= RenditionRequest.MAX_SPECS; i++) {
      many.append(i == 0 ? "" : ",")
          .append("{\"recipe\":\"same\",\"target\":\"a/")
          .append(i)
          .append("\"}");
    }
    assertThatThrownBy(() -> codec.readRequest(bytes(many + "]}")))
        .hasMessageContaining("renditions has 1..200 elements, had 201");
  }

  @Test
  void aStreamIsNotReadBeyondTheBound() throws IOException {
    byte[] endless = new byte[WireCodec.MAX_BYTES * 2];
    ByteArrayInputStream stream = new ByteArrayInputStream(endless);
    assertThatThrownBy(() -> codec.readRequest(stream)).isInstanceOf(WireException.class);
    assertThat(stream.available()).isEqualTo(endless.length - WireCodec.MAX_BYTES - 1);
    assertThat(codec.readRequest(new ByteArrayInputStream(Goldens.bytes("ping.json"))))
        .isEqualTo(new WireRequest.Ping("t-3"));
  }

  @Test
  void anAnswerToAnotherQuestionIsRefused() throws IOException {
    byte[] report = Goldens.bytes("report.json");
    RenditionRequest asked = Goldens.FULL;
    List<RenditionSpec> turned = new ArrayList<>(asked.specs());
    Collections.reverse(turned);
    for (RenditionRequest other :
        List.of(
            Goldens.LEAST,
            new RenditionRequest(
                AssetKey.of("evil", "photos/beach.jpg"),
                "",
                asked.specs(),
                asked.focus(),
                asked.deadline(),
                asked.mode(),
                ""),
            with(asked, asked.specs().subList(0, 1)),
            with(asked, turned))) {
      assertThatThrownBy(() -> codec.readAnswer(report, other))
          .isExactlyInstanceOf(WireException.class);
    }
    assertThatThrownBy(() -> codec.readPong(report)).isExactlyInstanceOf(WireException.class);
    assertThatThrownBy(() -> codec.readAnswer(Goldens.bytes("pong.json"), asked))
        .isExactlyInstanceOf(WireException.class);
    assertThatThrownBy(() -> codec.readAnswer(Goldens.bytes("request.json"), asked))
        .isExactlyInstanceOf(WireException.class);
  }

  @Test
  void aRefusalIsTheExceptionItStandsFor() {
    RenditionException problem = new RenditionException(FailureReason.BUSY, "too much");
    RenditionException read = WireAnswer.Refused.of(problem).toException();
    assertThat(read.reason()).isEqualTo(FailureReason.BUSY);
    assertThat(read).hasMessage("too much");
  }

  private WireAnswer again(WireAnswer answer) {
    return codec.readPong(codec.write(answer));
  }

  private void assertMistake(String json, String expected) {
    assertThatThrownBy(() -> codec.readRequest(bytes(json)))
        .isExactlyInstanceOf(WireException.class)
        .hasMessageContaining(expected);
  }

  private void assertRefused(String json) {
    assertThatThrownBy(() -> codec.readRequest(bytes(json)))
        .isExactlyInstanceOf(WireException.class)
        .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(600));
  }

  private static byte[] bytes(String json) {
    return json.getBytes(UTF_8);
  }

  private static RenditionRequest with(RenditionRequest asked, List<RenditionSpec> specs) {
    return new RenditionRequest(
        asked.source(),
        asked.sourceVersion(),
        specs,
        asked.focus(),
        asked.deadline(),
        asked.mode(),
        "");
  }

  /** Everything as long as it may be, in the characters that take most room in JSON. */
  static RenditionRequest largest() {
    String segment = "\"".repeat(255);
    String path = segment + '/' + segment + '/' + segment + '/' + "\"".repeat(188);
    String operation = ",x-" + "o".repeat(38) + (":" + "a".repeat(64)).repeat(8);
    String recipe = operation.substring(1) + ",x-a" + (":" + "b".repeat(51)).repeat(8) + ",avif:77";
    List<RenditionSpec> specs = new ArrayList<>();
    for (int i = 0; i < RenditionRequest.MAX_SPECS; i++) {
      specs.add(
          new RenditionSpec(
              "\u0001".repeat(WireCodec.MAX_NAME),
              Recipe.parse(recipe),
              AssetKey.of("t".repeat(63), path + String.format(Locale.ROOT, "%03d", i))));
    }
    return new RenditionRequest(
        AssetKey.of("t".repeat(63), path),
        Goldens.DIGEST,
        specs,
        new FocalPoint(0.1234, 0.9876),
        Instant.MAX,
        WriteMode.MISSING,
        "\"".repeat(256));
  }

  @Test
  void theLargestRequestIsAsLargeAsItMayBe() {
    RenditionRequest request = largest();
    assertThat(request.specs()).hasSize(RenditionRequest.MAX_SPECS);
    assertThat(request.specs().get(0).recipe().toString()).hasSizeBetween(980, Recipe.MAX_LENGTH);
    assertThat(request.specs().get(0).target().toString().length())
        .isBetween(1_000, AssetKey.MAX_BYTES);
  }
}
