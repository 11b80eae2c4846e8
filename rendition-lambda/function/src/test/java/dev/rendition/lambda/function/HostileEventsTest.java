package dev.rendition.lambda.function;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/**
 * Whatever bytes arrive as an event: an answer or a typed error comes of them, and nothing is
 * written but whole renditions under keys the originals lead to.
 */
class HostileEventsTest {
  private static final List<String> FIXTURES =
      List.of(
          "s3-put",
          "s3-test",
          "s3-removed",
          "sns-s3",
          "sqs-s3",
          "eventbridge-s3",
          "batch-1",
          "batch-2",
          "url-get",
          "api-get",
          "rest-get");
  private static final String[] PIECES = {
    "null",
    "{}",
    "[]",
    "\"\"",
    "0",
    "-1e999",
    "true",
    "\"acme/photos/beach.jpg\"",
    "\"%\"",
    "\"../../x\"",
    "\"\\u0000\"",
    "\"\\ud800\"",
    "\"aws:sqs\"",
    "\"aws:s3\"",
    "\"ObjectCreated:x\"",
    "[[[[[[]]]]]]",
    "\"s3:TestEvent\"",
    "1.5",
    "\"2.0\"",
    ","
  };

  private static Stage stage;
  private static final Map<String, Set<String>> whole = new TreeMap<>();

  @BeforeContainer
  static void open() throws IOException {
    stage = Stage.open();
    for (String name : List.of("beach.jpg", "pier.jpg", "Z\u00fcrich am See.jpg", "a b.jpg")) {
      stage.original("acme/photos/" + name, 0);
    }
    // What may be there afterwards: everything the originals lead to, made undisturbed. A rendition
    // made alone may differ from one made in company by what nobody sees.
    for (String recipes : List.of("", "thumb", "card")) {
      try (Stage undisturbed =
          Stage.with().variable("RENDITION_FUNCTION_RECIPES", recipes).open()) {
        for (String name : List.of("beach.jpg", "pier.jpg", "Z%C3%BCrich+am+See.jpg", "a+b.jpg")) {
          undisturbed.original("acme/photos/" + Encoded.form(name), 0);
          assertThat(undisturbed.route(Stage.s3Event("acme/photos/" + name)))
              .contains("\"objects\":1");
        }
        undisturbed
            .made()
            .forEach((key, bytes) -> whole.computeIfAbsent(key, any -> new TreeSet<>()).add(bytes));
      }
    }
    assertThat(whole).hasSize(8);
  }

  @AfterContainer
  static void close() throws IOException {
    stage.close();
  }

  @Property(tries = 300)
  void anyBytesEndWell(@ForAll @Size(max = 300) byte[] bytes) throws IOException {
    endsWell(bytes);
  }

  @Property(tries = 300)
  void anyTextOfJsonPiecesEndsWell(@ForAll("pieces") String text) throws IOException {
    endsWell(text.getBytes(StandardCharsets.UTF_8));
  }

  @Provide
  Arbitrary<String> pieces() {
    return Arbitraries.of(
            "{",
            "}",
            "[",
            "]",
            ":",
            ",",
            "\"Records\"",
            "\"eventSource\"",
            "\"aws:s3\"",
            "\"s3\"",
            "\"bucket\"",
            "\"name\"",
            "\"object\"",
            "\"key\"",
            "\"body\"",
            "\"renditionWire\"",
            "1",
            "\"requestContext\"",
            "\"http\"",
            "\"tasks\"",
            "\"invocationSchemaVersion\"",
            "\"1.0\"")
        .list()
        .ofMinSize(1)
        .ofMaxSize(40)
        .map(pieces -> String.join("", pieces));
  }

  @Property(tries = 1_500)
  void everyMutantOfAFixtureEndsWell(@ForAll("fixtures") String name, @ForAll long seed)
      throws IOException {
    endsWell(mutant(Stage.event(name), new Random(seed)));
  }

  @Provide
  Arbitrary<String> fixtures() {
    return Arbitraries.of(FIXTURES);
  }

  @Property(tries = 200)
  void everyTruncatedFixtureIsRefused(@ForAll("fixtures") String name, @ForAll long seed)
      throws IOException {
    byte[] bytes = Stage.event(name).strip().getBytes(StandardCharsets.UTF_8);
    byte[] cut = Arrays.copyOf(bytes, new Random(seed).nextInt(bytes.length));
    assertThat(endsWell(cut)).isEqualTo("EventRefusedException");
  }

  /** Returns the error's name, or an empty text for an answer. */
  private static String endsWell(byte[] event) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    String error = "";
    try {
      stage.parts.router().route(event, stage.parts.deadline(Stage.REMAINING), out);
      assertThat(Json.read(out.toByteArray()).members()).isNotEmpty();
    } catch (EventRefusedException | EventFailedException e) {
      error = e.getClass().getSimpleName();
      assertThat(out.size()).as("nothing is answered beside an error").isZero();
      assertThat(e.getMessage()).isNotEmpty().doesNotContain("\n", "\r");
    }
    for (Map.Entry<String, String> made : stage.made().entrySet()) {
      assertThat(whole.getOrDefault(made.getKey(), Set.of()))
          .as(made.getKey())
          .contains(made.getValue());
    }
    return error;
  }

  /** Changes bytes, cuts, repeats, or puts another value in the place of one. */
  private static byte[] mutant(String event, Random random) {
    String text = event;
    for (int i = random.nextInt(3); i >= 0; i--) {
      int at = random.nextInt(text.length());
      int to = Math.min(text.length(), at + random.nextInt(12));
      text =
          switch (random.nextInt(5)) {
            case 0 -> text.substring(0, at) + (char) random.nextInt(128) + text.substring(to);
            case 1 -> text.substring(0, at) + text.substring(to);
            case 2 -> text.substring(0, to) + text.substring(at);
            case 3 -> otherValue(text, random);
            default ->
                text.replaceFirst(
                    "acme/photos/[^\"\\\\]*",
                    List.of("acme/photos/a+b.jpg", "acme/%2e%2e/x", "x", "/", "%zz", "globex/a")
                        .get(random.nextInt(6)));
          };
      if (text.isEmpty()) {
        text = "{";
      }
    }
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String otherValue(String text, Random random) {
    String[] parts = text.split("(?<=: )", -1);
    if (parts.length < 2) {
      return text;
    }
    int chosen = 1 + random.nextInt(parts.length - 1);
    parts[chosen] =
        PIECES[random.nextInt(PIECES.length)]
            + parts[chosen].substring(Math.max(0, parts[chosen].indexOf(',')));
    return String.join("", parts);
  }
}
