package dev.rendition.deliver;

import static dev.rendition.deliver.Setting.BEACH;
import static dev.rendition.deliver.Setting.BOOK;
import static dev.rendition.deliver.Setting.CARD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.rendition.ScriptedGenerator;
import dev.rendition.asset.AssetAttributes;
import dev.rendition.asset.AssetInfo;
import dev.rendition.asset.AssetKey;
import dev.rendition.asset.AssetSource;
import dev.rendition.generate.FailureReason;
import dev.rendition.layout.FingerprintLayout;
import dev.rendition.layout.VariantFolderLayout;
import dev.rendition.recipe.Encoding;
import dev.rendition.recipe.FocalPoint;
import dev.rendition.recipe.Recipe;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpDeliveryTest {
  private static final byte[] SECRET = new byte[32];
  private static final String BODY = "fit:300,png";

  private final Setting setting = new Setting();
  private final MovingClock clock = new MovingClock();
  private final UrlScheme scheme = UrlScheme.presets(BOOK).key("k", SECRET).clock(clock).build();
  private final HttpDelivery delivery =
      HttpDelivery.builder(setting.readThrough, scheme).clock(clock).build();

  @AfterEach
  void close() throws IOException {
    setting.close();
  }

  @Test
  void aRenditionIsSentWithEverythingAClientNeeds() throws Exception {
    setting.upload(BEACH, "beach");
    HttpAnswer answer = get("/card/acme/photos/beach.jpg");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.headers())
        .containsEntry("Content-Type", "image/png")
        .containsEntry("Content-Length", "11")
        .containsEntry("ETag", '"' + sha256(BODY) + '"')
        .containsEntry("Cache-Control", "public, max-age=300")
        .containsEntry("X-Content-Type-Options", "nosniff")
        .containsEntry("Rendition-From", "generator")
        .containsKeys("Last-Modified", "Content-Security-Policy")
        .doesNotContainKey("Vary");
    assertThat(answer.length()).isEqualTo(11);
    assertThat(body(answer)).isEqualTo(BODY);
    assertThat(get("/card/acme/photos/beach.jpg").headers())
        .containsEntry("Rendition-From", "store");
  }

  @Test
  void headSendsTheSameHeadersAndNoBody() throws Exception {
    setting.upload(BEACH, "beach");
    HttpAnswer get = get("/card/acme/photos/beach.jpg");
    Map<String, String> headers = new java.util.TreeMap<>(get.headers());
    assertThat(body(get)).isEqualTo(BODY);
    headers.put("Rendition-From", "store");
    HttpAnswer head = ask("HEAD", "/card/acme/photos/beach.jpg", Map.of());
    assertThat(head.status()).isEqualTo(200);
    assertThat(head.headers()).isEqualTo(headers);
    assertThat(body(head)).isEmpty();
    HttpAnswer missing = ask("HEAD", "/card/acme/nothing.jpg", Map.of());
    assertThat(missing.status()).isEqualTo(404);
    assertThat(body(missing)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "DELETE", "OPTIONS", "TRACE", "get", "", "GET "})
  void otherMethodsAreRefused(String method) throws Exception {
    HttpAnswer answer = ask(method, "/card/acme/photos/beach.jpg", Map.of());
    assertThat(answer.status()).isEqualTo(405);
    assertThat(answer.headers()).containsEntry("Allow", "GET, HEAD");
    assertThat(setting.originals.calls).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "TAG|304",
        "W/TAG|304",
        "*|304",
        "\"other\", TAG|304",
        "\"a,b\" , W/\"c\",TAG ,\"d\"|304",
        "\"other\"|200",
        "'TAG'extra|304",
        "xTAGx|304",
        "UNQUOTED|200",
        "\"|200",
        "\"\"|200",
        ",|200",
        "\"*\"|200"
      })
  void anEntityTagAClientHasIsNotSentAgain(String header, int status) throws Exception {
    setting.upload(BEACH, "beach");
    String value =
        header
            .replace("UNQUOTED", sha256(BODY))
            .replace("TAG", '"' + sha256(BODY) + '"')
            .replace("'", "");
    HttpAnswer answer =
        ask("GET", "/card/acme/photos/beach.jpg", Map.of("If-None-Match", List.of(value)));
    assertThat(answer.status()).isEqualTo(status);
    if (status == 304) {
      assertThat(answer.headers())
          .containsKeys("ETag", "Cache-Control", "Last-Modified")
          .doesNotContainKeys("Content-Length", "Content-Type");
      assertThat(body(answer)).isEmpty();
    }
  }

  @Test
  void aDateCountsOnlyWithoutAnEntityTag() throws Exception {
    setting.upload(BEACH, "beach");
    String modified = get("/card/acme/photos/beach.jpg").headers().get("Last-Modified");
    assertThat(since(modified)).isEqualTo(304);
    assertThat(since("Sun, 06 Nov 1994 08:49:37 GMT")).isEqualTo(200);
    assertThat(since("Fri, 31 Dec 9999 23:59:59 GMT")).isEqualTo(304);
    assertThat(since("yesterday")).isEqualTo(200);
    HttpAnswer both =
        ask(
            "GET",
            "/card/acme/photos/beach.jpg",
            Map.of("if-modified-since", List.of(modified), "if-none-match", List.of("\"other\"")));
    assertThat(both.status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Sun, 06 Nov 1994 08:49:37 GMT",
        "Sunday, 06-Nov-94 08:49:37 GMT",
        "Sun Nov  6 08:49:37 1994"
      })
  void allThreeDatesOfTheStandardAreRead(String date) {
    assertThat(HttpDate.parse(date)).contains(Instant.parse("1994-11-06T08:49:37Z"));
    assertThat(HttpDate.print(Instant.parse("1994-11-06T08:49:37Z")))
        .isEqualTo("Sun, 06 Nov 1994 08:49:37 GMT");
  }

  @ParameterizedTest
  @EnumSource(FailureReason.class)
  void everyFailureHasItsStatusAndSaysWhenToComeBack(FailureReason reason) throws Exception {
    setting.upload(BEACH, "beach");
    setting.generator.script(
        request -> CompletableFuture.completedFuture(ScriptedGenerator.fail(request, reason)));
    HttpAnswer answer = get("/card/acme/photos/beach.jpg");
    int expected =
        switch (reason) {
          case REQUEST_INVALID, SOURCE_IS_RENDITION -> 400;
          case SOURCE_NOT_FOUND, RECIPE_UNKNOWN -> 404;
          case SOURCE_CHANGED -> 409;
          case LIMIT_EXCEEDED -> 413;
          case FORMAT_UNKNOWN, FORMAT_NOT_SUPPORTED, ENCODING_NOT_SUPPORTED -> 415;
          case SOURCE_DAMAGED, OPERATION_NOT_APPLICABLE -> 422;
          case BUSY -> 429;
          case INTERNAL -> 500;
          case STORE_FAILED, BACKEND_FAILED, CANCELLED -> 503;
          case DEADLINE_EXCEEDED -> 504;
        };
    assertThat(answer.status()).isEqualTo(expected);
    assertThat(answer.headers()).containsEntry("Cache-Control", "no-store");
    assertThat(answer.headers()).containsEntry("Rendition-Problem", reason.name());
    assertThat(answer.headers().containsKey("Retry-After")).isEqualTo(reason.retryable());
    assertThat(body(answer)).isEqualTo(reason + "\n").doesNotContain("scripted");
  }

  @Test
  void refusedAddressesHaveTheirStatus() throws Exception {
    setting.upload(BEACH, "beach");
    String signed =
        scheme.sign(BEACH, Recipe.parse("fit:7,png"), Duration.ofSeconds(5)).getRawPath();
    assertThat(get(signed).status()).isEqualTo(200);
    assertThat(get(signed.replace("fit:7", "fit:8")).status()).isEqualTo(403);
    assertThat(get(signed.replace("/k.", "/l.")).status()).isEqualTo(403);
    clock.move(Duration.ofSeconds(5));
    assertThat(get(signed).status()).isEqualTo(410);
    assertThat(get("/813/acme/photos/beach.jpg").status()).isEqualTo(404);
    assertThat(get("/card/acme/%zz").status()).isEqualTo(400);
    assertThat(get("/card/acme/absent.jpg").status()).isEqualTo(404);
  }

  @Test
  void aSignedRenditionIsKeptNoLongerThanItsAddressHolds() throws Exception {
    setting.upload(BEACH, "beach");
    String path =
        scheme.sign(BEACH, Recipe.parse("fit:7,png"), Duration.ofSeconds(90)).getRawPath();
    assertThat(get(path).headers()).containsEntry("Cache-Control", "public, max-age=90");
    clock.move(Duration.ofSeconds(80));
    assertThat(get(path).headers()).containsEntry("Cache-Control", "public, max-age=10");
  }

  @Test
  void anAddressThatNamesItsContentIsKeptAsStored() throws Exception {
    try (Setting other =
        new Setting(
            new FingerprintLayout(BOOK.names()), b -> b.cacheControl("public, immutable"))) {
      AssetInfo info = other.upload(BEACH, "beach");
      UrlScheme keys = UrlScheme.keys(BOOK, other.layout).build();
      HttpDelivery byKey = HttpDelivery.builder(other.readThrough, keys).build();
      String path = keys.format(info, CARD, FocalPoint.CENTER).getRawPath();
      HttpAnswer answer = byKey.answer(new HttpQuestion("GET", path, Map.of()));
      assertThat(answer.headers()).containsEntry("Cache-Control", "public, immutable");
      assertThat(body(answer)).isEqualTo(BODY);
      other.upload(BEACH, "another beach");
      other.readThrough.forget(BEACH);
      assertThat(other.stored.store.delete(keyOf(keys, path))).isTrue();
      assertThat(byKey.answer(new HttpQuestion("GET", path, Map.of())).status()).isEqualTo(404);
      HttpDelivery presets = HttpDelivery.builder(other.readThrough, scheme).build();
      assertThat(
              presets
                  .answer(new HttpQuestion("GET", "/card/acme/photos/beach.jpg", Map.of()))
                  .headers())
          .as("the same bytes under an address that outlives them")
          .containsEntry("Cache-Control", "public, max-age=300");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "image/avif,image/webp,image/apng,*/*;q=0.8|fit:300,avif",
        "image/webp,*/*|fit:300,webp",
        "IMAGE/WEBP;q=0.1|fit:300,webp",
        "image/avif;q=0, image/webp|fit:300,webp",
        "image/avif;q=0.000,*/*|fit:300,same",
        "*/*|fit:300,same",
        "image/*|fit:300,same",
        "''|fit:300,same",
        ";;;,,,;q=|fit:300,same"
      })
  void acceptChoosesTheEncodingOfRecipesThatLeaveItOpen(String accept, String recipe)
      throws Exception {
    setting.upload(BEACH, "beach");
    HttpDelivery choosing =
        HttpDelivery.builder(setting.readThrough, scheme)
            .accept(Accept.offering(List.of(new Encoding.Avif(50), new Encoding.Webp(80))))
            .build();
    Map<String, String> headers = Map.of("Accept", accept);
    HttpAnswer open =
        choosing.answer(new HttpQuestion("GET", "/like/acme/photos/beach.jpg", headers));
    assertThat(open.headers()).containsEntry("Vary", "Accept");
    assertThat(body(open)).isEqualTo(recipe);
    HttpAnswer fixed =
        choosing.answer(new HttpQuestion("GET", "/card/acme/photos/beach.jpg", headers));
    assertThat(fixed.headers()).doesNotContainKey("Vary");
    assertThat(body(fixed)).isEqualTo(BODY);
    HttpAnswer absent = choosing.answer(new HttpQuestion("GET", "/like/acme/no.jpg", headers));
    assertThat(absent.headers()).containsEntry("Vary", "Accept");
  }

  @Test
  void anEncodingWithoutAWriterIsMadeAsTheOriginalIs() throws Exception {
    setting.upload(BEACH, "beach");
    setting.generator.script(
        request ->
            CompletableFuture.completedFuture(
                request.specs().get(0).recipe().encoding() instanceof Encoding.Webp
                    ? ScriptedGenerator.fail(request, FailureReason.ENCODING_NOT_SUPPORTED)
                    : setting.obey(request)));
    HttpAnswer answer =
        HttpDelivery.builder(setting.readThrough, scheme)
            .accept(Accept.offering(List.of(new Encoding.Webp(80))))
            .build()
            .answer(
                new HttpQuestion(
                    "GET", "/like/acme/photos/beach.jpg", Map.of("accept", "image/webp")));
    assertThat(answer.status()).isEqualTo(200);
    assertThat(body(answer)).isEqualTo("fit:300,same");
  }

  @Test
  void nothingIsChosenWhereTwoEncodingsWouldShareAKey() throws Exception {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Accept.offering(List.of(new Encoding.Png())));
    try (Setting folder = new Setting(new VariantFolderLayout(BOOK.names()), b -> b)) {
      folder.upload(BEACH, "beach");
      HttpAnswer answer =
          HttpDelivery.builder(folder.readThrough, scheme)
              .accept(Accept.offering(List.of(new Encoding.Webp(80))))
              .build()
              .answer(
                  new HttpQuestion(
                      "GET", "/like/acme/photos/beach.jpg", Map.of("accept", "image/webp")));
      assertThat(body(answer)).isEqualTo("fit:300,same");
      assertThat(answer.headers()).doesNotContainKey("Vary");
    }
  }

  @Test
  void fallbackPicturesKeepTheStatusHonest() throws Exception {
    HttpDelivery shown =
        HttpDelivery.builder(setting.readThrough, scheme)
            .fallback(Fallback.NONE.notFound(picture("404")).failed(picture("error")))
            .build();
    HttpAnswer absent = shown.answer(new HttpQuestion("GET", "/card/acme/no.jpg", Map.of()));
    assertThat(absent.status()).isEqualTo(404);
    assertThat(absent.headers())
        .containsEntry("Content-Type", "image/png")
        .containsEntry("Cache-Control", "no-store")
        .containsEntry("Rendition-Problem", "SOURCE_NOT_FOUND");
    assertThat(body(absent)).isEqualTo("404");
    HttpAnswer unknown = shown.answer(new HttpQuestion("GET", "/813/acme/no.jpg", Map.of()));
    assertThat(unknown.status()).isEqualTo(404);
    assertThat(body(unknown)).isEqualTo("404");
    setting.upload(BEACH, "beach");
    setting.generator.refusing(FailureReason.BUSY);
    HttpAnswer busy =
        shown.answer(new HttpQuestion("GET", "/card/acme/photos/beach.jpg", Map.of()));
    assertThat(busy.status()).isEqualTo(429);
    assertThat(busy.headers()).containsEntry("Retry-After", "1");
    assertThat(body(busy)).isEqualTo("error");
    assertThatCode(() -> Fallback.NONE.failed(AssetSource.ofBytes(new byte[1], "text/html")))
        .isInstanceOf(IOException.class);
  }

  @Test
  void theOriginalIsTheLastResortWhereAskedAndShowable() throws Exception {
    HttpDelivery last =
        HttpDelivery.builder(setting.readThrough, scheme)
            .fallback(Fallback.NONE.originalUpTo(10))
            .build();
    setting.upload(BEACH, "beach");
    setting.generator.refusing(FailureReason.BACKEND_FAILED);
    HttpQuestion question = new HttpQuestion("GET", "/card/acme/photos/beach.jpg", Map.of());
    HttpAnswer answer = last.answer(question);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.headers())
        .containsEntry("Content-Type", "image/jpeg")
        .containsEntry("Rendition-From", "original")
        .containsEntry("Cache-Control", "no-store");
    assertThat(body(answer)).isEqualTo("beach");
    setting.upload(BEACH, "eleven byte");
    assertThat(last.answer(question).status()).as("too large").isEqualTo(503);
    setting.originals.store.put(
        BEACH, AssetSource.ofBytes(new byte[] {'<'}, "image/svg+xml"), AssetAttributes.NONE);
    assertThat(last.answer(question).status()).as("a browser would run it").isEqualTo(503);
  }

  @Test
  void bytesThatAreNoPictureAreNeverShownAsAnything() throws Exception {
    AssetInfo original = setting.upload(BEACH, "beach");
    AssetKey target = setting.layout.target(original, CARD, FocalPoint.CENTER);
    setting.stored.store.put(
        target,
        AssetSource.ofBytes("<script>".getBytes(StandardCharsets.UTF_8), "text/html"),
        AssetAttributes.NONE);
    HttpAnswer answer = get("/card/acme/photos/beach.jpg");
    assertThat(answer.headers())
        .containsEntry("Content-Type", "application/octet-stream")
        .containsEntry("X-Content-Type-Options", "nosniff");
    answer.close();
  }

  @Property(tries = 300)
  void anyHeadersAndPathsGetAnAnswer(
      @ForAll String method,
      @ForAll String path,
      @ForAll String tag,
      @ForAll String date,
      @ForAll String accept)
      throws IOException {
    Map<String, String> headers =
        Map.of("If-None-Match", tag, "if-modified-since", date, "ACCEPT", accept);
    for (String verb : List.of(method, "GET", "HEAD")) {
      try (HttpAnswer answer = delivery.answer(new HttpQuestion(verb, "/card/" + path, headers))) {
        assertThat(answer.status()).isBetween(400, 499);
        assertThat(answer.headers().values()).allMatch(value -> value.matches("[ -~]*"));
      }
    }
  }

  @Test
  void headersTooLongToBeHonestCountAsAbsent() {
    HttpQuestion question =
        HttpQuestion.of(
            "GET",
            "/",
            Map.of(
                "If-None-Match", List.of("x".repeat(8_193)),
                "Accept", List.of("image/webp", "image/avif"),
                "Cookie", List.of("secret")));
    assertThat(question.headers()).isEqualTo(Map.of("accept", "image/webp, image/avif"));
  }

  private HttpAnswer get(String path) {
    return ask("GET", path, Map.of());
  }

  private HttpAnswer ask(String method, String path, Map<String, List<String>> headers) {
    return delivery.answer(HttpQuestion.of(method, path, headers));
  }

  private int since(String date) {
    return ask("GET", "/card/acme/photos/beach.jpg", Map.of("If-Modified-Since", List.of(date)))
        .status();
  }

  private static AssetKey keyOf(UrlScheme keys, String path) {
    return ((Address.Target) keys.parse(path)).target();
  }

  private static AssetSource picture(String text) {
    return AssetSource.ofBytes(text.getBytes(StandardCharsets.UTF_8), "image/png");
  }

  private static String body(HttpAnswer answer) throws IOException {
    try (answer) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      answer.writeTo(out);
      return out.toString(StandardCharsets.UTF_8);
    }
  }

  private static String sha256(String text) throws Exception {
    return HexFormat.of()
        .formatHex(
            MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
  }
}
