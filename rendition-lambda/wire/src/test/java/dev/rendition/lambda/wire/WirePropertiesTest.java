package dev.rendition.lambda.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rendition.asset.AssetKey;
import dev.rendition.generate.FailureReason;
import dev.rendition.generate.RenditionOutcome;
import dev.rendition.generate.RenditionReport;
import dev.rendition.generate.RenditionRequest;
import dev.rendition.generate.RenditionSpec;
import dev.rendition.generate.WriteMode;
import dev.rendition.recipe.FocalPoint;
import dev.rendition.recipe.PixelSize;
import dev.rendition.recipe.Recipe;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class WirePropertiesTest {
  private static final List<String> RECIPES =
      List.of(
          "same",
          "png",
          "jpeg:80:progressive",
          "cover:800x600:focus,sharpen:0.5,jpeg:80:progressive",
          "crop:1,2,3,4,rotate:90,background:ff0000,webp:70,max:200k,keep:copyright",
          "x-mark:a:b,fit:20,gif,frames:all");

  private final WireCodec codec = new WireCodec();

  @Property(tries = 150, edgeCases = EdgeCasesMode.MIXIN)
  void aRequestComesBackAsItWas(@ForAll("requests") WireRequest.Generate request) {
    assertThat(codec.readRequest(codec.write(request))).isEqualTo(request);
  }

  @Property(tries = 150, edgeCases = EdgeCasesMode.MIXIN)
  void equalRequestsHaveEqualBytes(@ForAll("requests") WireRequest.Generate request) {
    assertThat(codec.write(codec.readRequest(codec.write(request))))
        .isEqualTo(codec.write(request));
  }

  @Property(tries = 150, edgeCases = EdgeCasesMode.MIXIN)
  void aReportComesBackAsItWas(@ForAll("reports") Asked asked) {
    assertThat(codec.readAnswer(codec.write(asked.answer), asked.request)).isEqualTo(asked.answer);
  }

  /** Bytes flipped, left out, doubled, exchanged, cut. */
  @Property(tries = 3_000)
  void aDamagedMessageIsReadOrRefusedAndNothingElse(
      @ForAll("files") String file, @ForAll("edits") List<Edit> edits) throws IOException {
    byte[] json = Goldens.bytes(file);
    for (Edit edit : edits) {
      json = edit.on(json);
    }
    readAll(json);
  }

  /** Every value of every message in turn replaced by values of other kinds. */
  @Property(tries = 1_500)
  void aValueOfAnotherKindIsReadOrRefusedAndNothingElse(
      @ForAll("files") String file, @ForAll int which, @ForAll("strangers") String stranger)
      throws IOException {
    Map<String, Object> tree = Json.read(Goldens.bytes(file));
    List<byte[]> mutants = new ArrayList<>();
    int values = count(tree);
    int[] left = {Math.floorMod(which, values)};
    mutants.add(Json.write(json -> json.writeRaw(print(tree, left, stranger))));
    mutants.forEach(this::readAll);
  }

  private void readAll(byte[] json) {
    for (Runnable reading :
        List.<Runnable>of(
            () -> codec.readRequest(json),
            () -> codec.readAnswer(json, Goldens.FULL),
            () -> codec.readAnswer(json, Goldens.LEAST),
            () -> codec.readPong(json))) {
      try {
        reading.run();
      } catch (WireException e) {
        assertThat(e.getMessage()).hasSizeLessThan(700).doesNotContain("\n");
      }
    }
  }

  private static int count(Object value) {
    int inside = 0;
    if (value instanceof Map<?, ?> members) {
      for (Object member : members.values()) {
        inside += count(member);
      }
    } else if (value instanceof List<?> elements) {
      for (Object element : elements) {
        inside += count(element);
      }
    }
    return inside + 1;
  }

  /** Prints a tree as JSON with one value exchanged. */
  private static String print(Object value, int[] left, String stranger) {
    if (left[0]-- == 0) {
      return stranger;
    }
    if (value instanceof Map<?, ?> members) {
      List<String> parts = new ArrayList<>();
      members.forEach(
          (name, member) -> parts.add(quote((String) name) + ":" + print(member, left, stranger)));
      return "{" + String.join(",", parts) + "}";
    }
    if (value instanceof List<?> elements) {
      List<String> parts = new ArrayList<>();
      elements.forEach(element -> parts.add(print(element, left, stranger)));
      return "[" + String.join(",", parts) + "]";
    }
    return value instanceof String text
        ? quote(text)
        : value.equals(Json.NULL) ? "null" : value.toString();
  }

  private static String quote(String text) {
    return '"' + text.replace("\"", "\\\"") + '"';
  }

  /** One damage. */
  record Edit(int kind, int place, int value) {
    byte[] on(byte[] json) {
      if (json.length == 0) {
        return json;
      }
      String text = new String(json, ISO_8859_1);
      int at = Math.floorMod(place, text.length());
      char other = (char) (value & 0xff);
      String edited =
          switch (Math.floorMod(kind, 5)) {
            case 0 -> text.substring(0, at) + other + text.substring(at + 1);
            case 1 -> text.substring(0, at) + text.substring(at + 1);
            case 2 -> text.substring(0, at) + other + text.substring(at);
            case 3 -> text.substring(0, at);
            default -> text + text.substring(at);
          };
      return edited.getBytes(ISO_8859_1);
    }
  }

  /** A question and what was answered. */
  record Asked(RenditionRequest request, WireAnswer answer) {}

  @Provide
  Arbitrary<String> files() {
    return Arbitraries.of(
        "request.json",
        "request-least.json",
        "request-event.json",
        "ping.json",
        "report.json",
        "refused.json",
        "version-refused.json",
        "pong.json");
  }

  @Provide
  Arbitrary<List<Edit>> edits() {
    return Combinators.combine(
            Arbitraries.integers().between(0, 4),
            Arbitraries.integers(),
            Arbitraries.oneOf(
                Arbitraries.integers().between(0, 255),
                Arbitraries.of((int) '"', (int) '{', (int) '[', (int) '0', (int) '-', (int) 'e')))
        .as(Edit::new)
        .list()
        .ofMinSize(1)
        .ofMaxSize(4);
  }

  @Provide
  Arbitrary<String> strangers() {
    return Arbitraries.of(
        "null",
        "true",
        "0",
        "-1",
        "1",
        "2",
        "1.5",
        "1e400",
        "-1e-400",
        "9223372036854775808",
        "2147483648",
        "\"\"",
        "\"x\"",
        "\"acme/a\"",
        "\"../../etc/passwd\"",
        "\"\\u0000\"",
        "\"\\ud800\"",
        "[]",
        "[[]]",
        "[null]",
        "[1]",
        "[\"x\"]",
        "{}",
        "{\"x\":{}}",
        "\"PT-1S\"",
        "\"P9999999999999999999D\"",
        "\"+1000000000-12-31T23:59:59.999999999Z\"",
        "\"" + "a".repeat(16_000) + "\"");
  }

  @Provide
  Arbitrary<WireRequest.Generate> requests() {
    return Combinators.combine(traces(), someRequests(), Arbitraries.of(true, false))
        .as(WireRequest.Generate::new);
  }

  @Provide
  Arbitrary<Asked> reports() {
    return someRequests()
        .flatMap(
            request ->
                outcomes(request)
                    .flatMap(
                        outcomes ->
                            durations()
                                .map(
                                    elapsed ->
                                        new Asked(
                                            request,
                                            new WireAnswer.Report(
                                                new RenditionReport(
                                                    request.source(),
                                                    request.sourceVersion(),
                                                    outcomes),
                                                elapsed)))));
  }

  private static Arbitrary<List<RenditionOutcome>> outcomes(RenditionRequest request) {
    List<Arbitrary<RenditionOutcome>> each = new ArrayList<>();
    for (RenditionSpec spec : request.specs()) {
      Arbitrary<List<String>> trace = texts(WireCodec.MAX_TRACE_LINE).list().ofMaxSize(8);
      Arbitrary<RenditionOutcome> stored =
          Combinators.combine(
                  Arbitraries.integers().between(1, 65_535),
                  Arbitraries.integers().between(1, 65_535),
                  Arbitraries.of("image/jpeg", "image/x; a=\"b\\\""),
                  Arbitraries.longs().between(1, Long.MAX_VALUE),
                  texts(256),
                  Arbitraries.of(true, false),
                  durations(),
                  trace)
              .as(
                  (width, height, type, bytes, version, created, elapsed, lines) ->
                      new RenditionOutcome.Stored(
                          spec,
                          PixelSize.of(width, height),
                          type,
                          bytes,
                          version,
                          created,
                          elapsed,
                          lines));
      Arbitrary<RenditionOutcome> failed =
          Combinators.combine(
                  Arbitraries.of(FailureReason.values()), texts(WireCodec.MAX_DETAIL), trace)
              .as(
                  (reason, detail, lines) ->
                      new RenditionOutcome.Failed(spec, reason, detail, lines));
      each.add(Arbitraries.oneOf(stored, failed));
    }
    return Combinators.combine(each).as(list -> list);
  }

  private static Arbitrary<RenditionRequest> someRequests() {
    Arbitrary<RenditionSpec> spec =
        Combinators.combine(
                Arbitraries.oneOf(texts(WireCodec.MAX_NAME), Arbitraries.of(RECIPES)),
                Arbitraries.of(RECIPES),
                keys())
            .as((name, recipe, target) -> new RenditionSpec(name, Recipe.parse(recipe), target));
    return Combinators.combine(
            keys(),
            Arbitraries.of("", Goldens.DIGEST),
            spec.list().ofMinSize(1).ofMaxSize(6).uniqueElements(RenditionSpec::target),
            Combinators.combine(
                    Arbitraries.doubles().between(0, 1).ofScale(6),
                    Arbitraries.doubles().between(0, 1).ofScale(6))
                .as(FocalPoint::new),
            Combinators.combine(
                    Arbitraries.longs().between(0, 1L << 40),
                    Arbitraries.integers().between(0, 999_999_999))
                .as(Instant::ofEpochSecond),
            Arbitraries.of(WriteMode.values()),
            Arbitraries.of("", "no-store", "max-age=\"1\""))
        .as(
            (source, version, specs, focus, deadline, mode, cache) ->
                new RenditionRequest(
                    AssetKey.of("source-" + source.tenant(), source.path()),
                    version,
                    specs,
                    focus,
                    deadline,
                    mode,
                    cache));
  }

  private static Arbitrary<AssetKey> keys() {
    return Combinators.combine(
            Arbitraries.strings().alpha().ofMinLength(1).ofMaxLength(20), texts(40))
        .as((tenant, text) -> legal(tenant, text));
  }

  /** Makes any text a path by leaving out what no path may contain. */
  private static AssetKey legal(String tenant, String text) {
    StringBuilder path = new StringBuilder("p");
    text.codePoints()
        .forEach(
            point -> {
              String more = path + Character.toString(point);
              try {
                var unused = AssetKey.of(tenant, more + "x");
                path.appendCodePoint(point);
              } catch (IllegalArgumentException e) {
                path.append('_');
              }
            });
    return AssetKey.of(tenant, path + "x");
  }

  private static Arbitrary<Duration> durations() {
    return Arbitraries.longs().between(0, Long.MAX_VALUE).map(Duration::ofNanos);
  }

  private static Arbitrary<String> traces() {
    return Arbitraries.strings().withChars("abcXYZ019._:=;-").ofMinLength(1).ofMaxLength(128);
  }

  /** Any text UTF-8 can carry. */
  private static Arbitrary<String> texts(int most) {
    return Arbitraries.strings()
        .ofMaxLength(most)
        .map(text -> new String(text.getBytes(UTF_8), UTF_8));
  }
}
