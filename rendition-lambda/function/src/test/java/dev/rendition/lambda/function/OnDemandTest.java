package dev.rendition.lambda.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.rendition.Renditions;
import dev.rendition.asset.AssetInfo;
import dev.rendition.asset.AssetKey;
import dev.rendition.asset.AssetSource;
import dev.rendition.asset.SignedUrl;
import dev.rendition.asset.UrlSigner;
import dev.rendition.deliver.HttpQuestion;
import dev.rendition.generate.FailureReason;
import dev.rendition.generate.RenditionReport;
import dev.rendition.layout.KeyLayout;
import dev.rendition.layout.RewriteLayout;
import dev.rendition.layout.SuffixLayout;
import dev.rendition.layout.VariantFolderLayout;
import dev.rendition.local.LocalRenditionGenerator;
import dev.rendition.recipe.NamedRecipe;
import dev.rendition.recipe.RecipeBook;
import dev.rendition.testkit.Encoded;
import dev.rendition.testkit.FaultyStore;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is answered over HTTP, for what is there, what can be made, and what cannot. */
class OnDemandTest {
  private static final String MISSING = "/acme/a.jpg/thumb-0123456789abcdef.png";

  @Test
  void aMissingRenditionIsMadeStoredAndShown() throws IOException {
    try (Stage stage = Stage.open()) {
      String path = path(stage, stage.original("acme/a b.jpg", 0), "thumb");
      Shot reply = stage.get(path);
      assertThat(reply.status()).isEqualTo(200);
      assertThat(Encoded.decode(reply.body()).getWidth()).isEqualTo(16);
      assertThat(reply.headers())
          .contains(
              entry("Content-Type", "image/png"),
              entry("Cache-Control", Renditions.CACHE_FOR_EVER),
              entry("X-Content-Type-Options", "nosniff"));
      assertThat(reply.headers().keySet())
          .as("none of a store")
          .containsExactlyInAnyOrder(
              "Cache-Control",
              "Content-Length",
              "Content-Security-Policy",
              "Content-Type",
              "ETag",
              "Last-Modified",
              "Rendition-From",
              "X-Content-Type-Options");
      assertThat(stage.madeOf("acme/a b.jpg")).containsExactly("thumb");
      assertThat(stage.get(path).body()).isEqualTo(reply.body());
    }
  }

  @Test
  void aStoredRenditionIsShownThoughTheOriginalIsGone() throws IOException {
    try (Stage stage = Stage.open()) {
      AssetInfo original = stage.original("acme/a.jpg", 0);
      String path = path(stage, original, "card");
      byte[] shown = stage.get(path).body();
      stage.originals.delete(original.key());
      assertThat(stage.get(path).body()).isEqualTo(shown);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"%s", "W/%s", "\"x\", %s", "*", "W/\"x\" , W/%s"})
  void whoHasItAlreadyIsToldSo(String tags) throws IOException {
    try (Stage stage = Stage.open()) {
      String path = path(stage, stage.original("acme/a.jpg", 0), "card");
      String tag = stage.get(path).headers().get("ETag");
      assertThat(tag).matches("\"[0-9a-f]{64}\"");
      for (String method : List.of("GET", "HEAD")) {
        Shot reply = stage.call(method, path, tags.replace("%s", tag));
        assertThat(reply.status()).isEqualTo(304);
        assertThat(reply.body()).isEmpty();
        assertThat(reply.headers()).containsEntry("ETag", tag).containsKey("Cache-Control");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"x\"", "x", ",", "\"", "W/", "**"})
  void whoHasSomethingElseGetsTheWhole(String tags) throws IOException {
    try (Stage stage = Stage.open()) {
      String path = path(stage, stage.original("acme/a.jpg", 0), "card");
      String tag = stage.get(path).headers().get("ETag");
      Shot reply = stage.call("GET", path, tags.replace("%s", tag));
      assertThat(reply.status()).isEqualTo(200);
      assertThat(reply.body()).isNotEmpty();
    }
  }

  @Test
  void headTellsTheSameWithoutTheBytes() throws IOException {
    try (Stage stage = Stage.open()) {
      String path = path(stage, stage.original("acme/a.jpg", 0), "card");
      byte[] shown = stage.get(path).body();
      Shot head = stage.call("HEAD", path, "");
      Shot get = stage.get(path);
      assertThat(head.status()).isEqualTo(200);
      assertThat(head.headers()).isEqualTo(get.headers());
      assertThat(head.body()).isEmpty();
      assertThat(head.headers()).containsEntry("Content-Length", "" + shown.length);
      Shot failed = stage.call("HEAD", "/nothing", "");
      assertThat(failed.body()).isEmpty();
      assertThat(failed.headers()).containsKey("Content-Length");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "DELETE", "OPTIONS", "get", ""})
  void otherMethodsAreNotAllowed(String method) throws IOException {
    try (Stage stage = Stage.open()) {
      Shot reply = stage.call(method, MISSING, "");
      assertThat(reply.status()).isEqualTo(405);
      assertThat(reply.headers()).containsEntry("Allow", "GET, HEAD");
    }
  }

  @Test
  void aLinkOfAReplacedOriginalLeadsToWhatIsThereNow() throws IOException {
    try (Stage stage = Stage.open()) {
      String old = path(stage, stage.original("acme/\u00fc.jpg", 0), "card");
      String now = path(stage, stage.original("acme/\u00fc.jpg", 5), "card");
      Shot reply = stage.get(old);
      assertThat(reply.status()).isEqualTo(302);
      assertThat(reply.headers())
          .containsEntry("Location", now.replace("\u00fc", "%C3%BC"))
          .containsEntry("Cache-Control", "public, max-age=60");
      assertThat(stage.made()).isEmpty();
      assertThat(stage.get(now).status()).isEqualTo(200);
    }
  }

  static Stream<Arguments> layouts() {
    return Stream.of(
        layout("/acme/thumb/x/a.jpg", "acme/x/a.jpg", b -> new VariantFolderLayout(b.names())),
        layout("/acme/x/a.b-thumb.png", "acme/x/a.b.png", b -> new SuffixLayout(b.names())),
        layout("/acme/x/a.jpg-thumb.png", "acme/x/a.jpg", b -> new SuffixLayout(b.names())),
        layout(
            "/acme/prew/thumb/x/a.jpg",
            "acme/photo/x/a.jpg",
            b -> new RewriteLayout(b.names(), "photo", "prew")));
  }

  private static Arguments layout(
      String path, String original, Function<RecipeBook, KeyLayout> layout) {
    return Arguments.of(path, original, layout);
  }

  @ParameterizedTest
  @MethodSource("layouts")
  void everyLayoutLeadsBackToTheOriginal(
      String path, String original, Function<RecipeBook, KeyLayout> layout) throws IOException {
    try (Stage stage = Stage.with().layout(layout).open()) {
      assertThat(stage.get(path).status()).isEqualTo(404);
      stage.original(original, 0);
      Shot reply = stage.get(path);
      assertThat(reply.status()).isEqualTo(200);
      assertThat(reply.headers()).containsEntry("Cache-Control", Renditions.CACHE_BRIEFLY);
      assertThat(stage.made().keySet()).containsExactly(path.substring(1));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        MISSING,
        "/acme/a.jpg",
        "/acme/a.jpg/poster-0123456789abcdef.jpg",
        "/acme/thumb/a.jpg",
        "/acme/a.jpg/thumb-0123456789ABCDEF.png",
        "/globex/a.jpg/thumb-0123456789abcdef.png"
      })
  void whatNamesNoRenditionIsNotFoundAndNothingIsMade(String path) throws IOException {
    try (Stage stage = Stage.with().variable("RENDITION_FUNCTION_TENANTS", "acme").open()) {
      stage.original("globex/a.jpg", 0);
      Shot reply = stage.get(path);
      assertThat(reply.status()).isEqualTo(404);
      assertThat(reply.headers()).containsEntry("Cache-Control", "public, max-age=60");
      assertThat(stage.made()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/acme", "/acme/", "//a", "/acme/../b", "/acme/a\u0000b", "/.a/b"})
  void whatIsNoKeyIsABadRequest(String path) throws IOException {
    try (Stage stage = Stage.open()) {
      Shot reply = stage.get(path);
      assertThat(reply.status()).isEqualTo(400);
      assertThat(reply.text()).isEqualTo("MALFORMED\n");
    }
  }

  @Test
  void nobodyFillsTheStoreByWalkingThroughNames() throws IOException {
    try (Stage stage = Stage.open()) {
      stage.original("acme/a.jpg", 0);
      for (int i = 0; i < 50; i++) {
        stage.get(String.format("/acme/a.jpg/thumb-%016x.png", i));
        stage.get("/acme/a.jpg/w" + i + "-0123456789abcdef.png");
      }
      assertThat(stage.made()).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(FailureReason.class)
  void everyFailureHasItsStatusAndTellsNothingOfTheInside(FailureReason reason) throws IOException {
    for (ScriptedGenerator generator :
        List.of(ScriptedGenerator.failing(reason), ScriptedGenerator.refusing(reason))) {
      try (Stage stage = Stage.with().generator((in, out) -> generator).open()) {
        String path = path(stage, stage.original("acme/a.jpg", 0), "thumb");
        Shot reply = stage.get(path);
        assertThat(reply.status()).isEqualTo(reason.httpStatus());
        assertThat(reply.headers())
            .containsEntry("Content-Type", "text/plain; charset=us-ascii")
            .containsEntry(
                "Cache-Control",
                reason.retryable() || reason == FailureReason.INTERNAL
                    ? "no-store"
                    : "public, max-age=60");
        assertThat(reply.headers().containsKey("Retry-After")).isEqualTo(reason.retryable());
        assertThat(reply.text()).isEqualTo(reason + "\n");
        assertThat(reply.headers().toString()).doesNotContain("secret-bucket");
        assertThat(stage.made()).isEmpty();
      }
    }
  }

  @Test
  void aStoreThatFailsIsUnavailableAndNotAMissingPicture() throws IOException {
    FaultyStore[] faulty = new FaultyStore[1];
    try (Stage stage =
        Stage.with().aroundRenditions(store -> faulty[0] = FaultyStore.around(store)).open()) {
      String path = path(stage, stage.original("acme/a.jpg", 0), "thumb");
      faulty[0].setDown(true);
      assertThat(stage.get(path).status()).isEqualTo(503);
      assertThat(stage.call("HEAD", path, "").status()).isEqualTo(503);
      faulty[0].setDown(false);
      assertThat(stage.get(path).status()).isEqualTo(200);
    }
  }

  @Test
  void aDamagedOriginalIsUnprocessableAndNothingIsStored() throws IOException {
    try (Stage stage = Stage.open()) {
      byte[] cut = Arrays.copyOf(Stage.picture(0), 200);
      AssetInfo original =
          stage.originals.put(AssetKey.parse("acme/a.jpg"), AssetSource.ofBytes(cut, "image/jpeg"));
      assertThat(stage.get(path(stage, original, "thumb")).status()).isEqualTo(422);
      AssetInfo text =
          stage.originals.put(
              AssetKey.parse("acme/a.txt"), AssetSource.ofBytes(new byte[9], "text/plain"));
      assertThat(stage.get(path(stage, text, "thumb")).status()).isEqualTo(415);
      assertThat(stage.made()).isEmpty();
    }
  }

  @Test
  void noTimeLeftIsAGatewayTimeout() throws IOException {
    try (Stage stage = Stage.open()) {
      String path = path(stage, stage.original("acme/a.jpg", 0), "thumb");
      Shot reply = stage.ask("GET", path, "", Duration.ofMillis(100));
      assertThat(reply.status()).isEqualTo(504);
      assertThat(stage.made()).isEmpty();
    }
  }

  @Test
  void aGeneratorThatNeverAnswersIsLeftAtTheDeadline() throws IOException {
    CompletableFuture<RenditionReport> never = new CompletableFuture<>();
    try (Stage stage =
        Stage.with().generator((in, out) -> new ScriptedGenerator(request -> never)).open()) {
      String path = path(stage, stage.original("acme/a.jpg", 0), "thumb");
      Shot reply = stage.ask("GET", path, "", Duration.ofMillis(600));
      assertThat(reply.status()).isEqualTo(504);
      assertThat(never.isCancelled()).isTrue();
    }
  }

  @Test
  void errorPicturesAreShownWithTheHonestStatus() throws IOException {
    try (Stage stage =
        Stage.with()
            .variable("RENDITION_FUNCTION_NOT_FOUND_PICTURE", "acme/errors/404.png")
            .variable("RENDITION_FUNCTION_ERROR_PICTURE", "acme/errors/500.png")
            .open()) {
      assertThat(stage.get(MISSING).text()).contains("SOURCE_NOT_FOUND");
      put(stage, "acme/errors/404.png", "not found");
      put(stage, "acme/errors/500.png", "error");
      Shot missing = stage.get(MISSING);
      assertThat(missing.status()).isEqualTo(404);
      assertThat(missing.text()).isEqualTo("not found");
      assertThat(missing.headers()).containsEntry("Content-Type", "image/png");
      Shot bad = stage.get("/acme/..");
      assertThat(bad.status()).isEqualTo(400);
      assertThat(bad.text()).isEqualTo("error");
      stage.originals.delete(AssetKey.parse("acme/errors/404.png"));
      assertThat(stage.get(MISSING).text()).as("read once").isEqualTo("not found");
    }
  }

  @Test
  void aHugeErrorPictureIsNotShown() throws IOException {
    try (Stage stage =
        Stage.with().variable("RENDITION_FUNCTION_NOT_FOUND_PICTURE", "acme/404.png").open()) {
      put(stage, "acme/404.png", "x".repeat(2_000_000));
      assertThat(stage.get(MISSING).text()).contains("SOURCE_NOT_FOUND");
    }
  }

  @Test
  void aRenditionTooLargeForAnAnswerIsATypedRefusal() throws IOException {
    try (Stage stage = Stage.with().variable("RENDITION_FUNCTION_INLINE_LIMIT", "100").open()) {
      String answer = stage.route(urlEvent(path(stage, stage.original("acme/a.jpg", 0), "thumb")));
      assertThat(answer).contains("\"statusCode\":413", "\"Rendition-Problem\":\"LIMIT_EXCEEDED\"");
      assertThat(stage.made()).as("stored all the same").hasSize(1);
    }
  }

  @Test
  void aRenditionTooLargeForAnAnswerIsRedirectedToItsSignedLink() throws IOException {
    List<Duration> validities = new ArrayList<>();
    UrlSigner signer =
        (key, validity) -> {
          validities.add(validity);
          URI link = URI.create("https://store.example/" + key.path() + "?signature=x");
          return new SignedUrl(link, Instant.EPOCH);
        };
    try (Stage stage =
        Stage.with().variable("RENDITION_FUNCTION_INLINE_LIMIT", "100").signer(signer).open()) {
      String path = path(stage, stage.original("acme/a.jpg", 0), "thumb");
      for (String event : List.of(urlEvent(path), urlEvent(path).replace("\"GET\"", "\"HEAD\""))) {
        assertThat(stage.route(event))
            .contains(
                "\"statusCode\":302",
                "\"Cache-Control\":\"no-store\"",
                "\"Location\":\"https://store.example"
                    + path.substring("/acme".length())
                    + "?signature=x\"")
            .doesNotContain("\"body\"");
      }
      assertThat(stage.made()).as("it is where the link leads").containsKey(path.substring(1));
      assertThat(validities).containsOnly(Duration.ofMinutes(5)).hasSize(2);
      assertThat(stage.get(path).status()).as("the worker streams it").isEqualTo(200);
    }
  }

  @Test
  void aBodyThatBreaksOffIsNoAnswer() throws IOException {
    FaultyStore[] faulty = new FaultyStore[1];
    try (Stage stage =
        Stage.with().aroundRenditions(store -> faulty[0] = FaultyStore.around(store)).open()) {
      String path = path(stage, stage.original("acme/a.jpg", 0), "thumb");
      assertThat(stage.route(urlEvent(path))).startsWith("{\"statusCode\":200");
      faulty[0].on(FaultyStore.Call.OPEN).every().cutsTheStreamAfter(100);
      assertThat(stage.route(urlEvent(path)))
          .startsWith("{\"statusCode\":503")
          .contains("\"Cache-Control\":\"no-store\"")
          .doesNotContain("\"body\"");
    }
  }

  @Test
  void theEventOfAFunctionUrlIsAnsweredInItsForm() throws IOException {
    try (Stage stage = Stage.open()) {
      String path = path(stage, stage.original("acme/Z\u00fc rich+.jpg", 0), "thumb");
      String answer = stage.route(urlEvent(path));
      assertThat(answer)
          .startsWith("{\"statusCode\":200,\"headers\":{\"Cache-Control\":\"public")
          .doesNotContain("Content-Length")
          .contains("\"isBase64Encoded\":true");
      String body = answer.replaceAll(".*\"body\":\"([^\"]*)\".*", "$1");
      assertThat(Base64.getDecoder().decode(body)).isEqualTo(stage.get(path).body());
    }
  }

  private static String urlEvent(String path) {
    String place = "/acme/photos/beach.jpg/thumb-0123456789abcdef.png";
    return Stage.event("url-get").replace(place, encoded(path));
  }

  private static String encoded(String path) {
    return HttpQuestion.ofDecoded("GET", path, Map.of()).path();
  }

  @Test
  void theEventOfAnHttpApiHasItsPathDecodedAlready() throws IOException {
    try (Stage stage = Stage.open()) {
      AssetInfo original = stage.original("acme/100%25 Z\u00fcrich.jpg", 0);
      String event =
          Stage.event("api-get")
              .replace(
                  "/acme/photos/Z\u00fcrich am See.jpg/thumb-0123456789abcdef.png",
                  path(stage, original, "thumb"));
      assertThat(stage.route(event)).startsWith("{\"statusCode\":200");
      assertThat(stage.madeOf("acme/100%25 Z\u00fcrich.jpg")).containsExactly("thumb");
    }
  }

  @Test
  void aPathThatIsNotWellEncodedIsABadRequest() throws IOException {
    try (Stage stage = Stage.open()) {
      for (String path : List.of("/acme/%zz", "/acme/%", "/acme/%ff/a")) {
        String event =
            Stage.event("url-get")
                .replace("/acme/photos/beach.jpg/thumb-0123456789abcdef.png", path);
        assertThat(stage.route(event)).contains("\"statusCode\":400");
      }
    }
  }

  @Test
  void pathsMayHaveABeginningOfTheirOwn() throws IOException {
    try (Stage stage = Stage.with().base("/img/").open()) {
      String old = path(stage, stage.original("acme/a.jpg", 0), "thumb");
      String path = path(stage, stage.original("acme/a.jpg", 3), "thumb");
      assertThat(stage.get(path).status()).isEqualTo(404);
      assertThat(stage.get("/img" + path).status()).isEqualTo(200);
      assertThat(stage.get("/img" + old).headers()).containsEntry("Location", "/img" + path);
    }
  }

  @Test
  void thoseWhoAskAtTheSameTimeShareOneGeneration() throws Exception {
    int callers = 12;
    AtomicInteger generations = new AtomicInteger();
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    ExecutorService threads = Executors.newFixedThreadPool(callers);
    try (Stage stage =
        Stage.with()
            .generator(
                (in, out) -> {
                  var engine = LocalRenditionGenerator.builder(in, out).build();
                  return new ScriptedGenerator(
                      request -> {
                        generations.incrementAndGet();
                        begun.countDown();
                        return CompletableFuture.runAsync(() -> await(goOn))
                            .thenCompose(nothing -> engine.generate(request));
                      });
                })
            .open()) {
      String path = path(stage, stage.original("acme/a.jpg", 0), "thumb");
      List<Future<Shot>> answers = new ArrayList<>();
      answers.add(threads.submit(() -> stage.get(path)));
      await(begun);
      for (int i = 1; i < callers; i++) {
        answers.add(threads.submit(() -> stage.get(path)));
      }
      goOn.countDown();
      for (Future<Shot> answer : answers) {
        assertThat(answer.get().status()).isEqualTo(200);
      }
      // Who looked before it was stored and asks after it was made sees it made, or makes the same.
      assertThat(generations.get()).isBetween(1, 2);
      assertThat(stage.made()).hasSize(1);
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void aRecipeOfTheSourcesOwnKindIsFoundUnderItsExtension() throws IOException {
    try (Stage stage = Stage.with().recipes(NamedRecipe.of("small", "fit:10,same")).open()) {
      String path = path(stage, stage.original("acme/a.jpeg", 0), "small");
      assertThat(path).endsWith(".jpg");
      assertThat(stage.get(path).headers()).containsEntry("Content-Type", "image/jpeg");
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void put(Stage stage, String key, String text) throws IOException {
    stage.originals.put(
        AssetKey.parse(key),
        AssetSource.ofBytes(text.getBytes(StandardCharsets.UTF_8), "image/png"));
  }

  private static String path(Stage stage, AssetInfo original, String recipe) {
    return "/" + stage.library.target(original, stage.library.recipes(recipe).get(0));
  }
}
