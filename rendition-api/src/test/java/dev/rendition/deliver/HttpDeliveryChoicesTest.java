package dev.rendition.deliver;

import static dev.rendition.deliver.Setting.BEACH;
import static dev.rendition.deliver.Setting.BOOK;
import static dev.rendition.deliver.Setting.CARD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.rendition.ScriptedGenerator;
import dev.rendition.asset.AssetAttributes;
import dev.rendition.asset.AssetInfo;
import dev.rendition.asset.AssetKey;
import dev.rendition.asset.AssetSource;
import dev.rendition.generate.FailureReason;
import dev.rendition.layout.VariantFolderLayout;
import dev.rendition.recipe.FocalPoint;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a delivery does only where it was asked to. */
class HttpDeliveryChoicesTest {
  private static final String CARD_OF_BEACH = "/card/acme/photos/beach.jpg";
  private static final int CARD_BYTES = "fit:300,png".length();

  private final Setting setting = new Setting();
  private final UrlScheme presets = UrlScheme.presets(BOOK).build();
  private final UrlScheme keys =
      UrlScheme.keys(BOOK, setting.layout).base(URI.create("https://img.example.com/i/")).build();

  @AfterEach
  void close() throws IOException {
    setting.close();
  }

  private HttpDelivery.Builder byRecipe() {
    return HttpDelivery.builder(setting.readThrough, presets);
  }

  private HttpDelivery.Builder byKey() {
    return HttpDelivery.builder(setting.readThrough, keys);
  }

  private static HttpAnswer ask(HttpDelivery delivery, String method, String path) {
    return delivery.answer(new HttpQuestion(method, path, Map.of()));
  }

  private static HttpAnswer get(HttpDelivery.Builder delivery, String path) {
    return ask(delivery.build(), "GET", path);
  }

  private static String body(HttpAnswer answer) throws IOException {
    try (answer) {
      return new String(answer.body().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private String path(AssetInfo original) {
    return keys.format(original, CARD, FocalPoint.CENTER).getRawPath();
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "HEAD"})
  void aKeyOfAFormerVersionLeadsToTheOneThereIs(String method) throws Exception {
    String former = path(setting.upload(BEACH, "beach"));
    AssetInfo fresh = setting.upload(BEACH, "another beach");
    HttpDelivery delivery =
        byKey().redirectFormer(true).refusalMaxAge(Duration.ofSeconds(60)).build();
    HttpAnswer moved = ask(delivery, method, former);
    assertThat(moved.status()).isEqualTo(302);
    assertThat(moved.headers())
        .containsEntry("Location", "https://img.example.com" + path(fresh))
        .containsEntry("Cache-Control", "public, max-age=60")
        .containsEntry("Content-Length", "0");
    assertThat(body(moved)).isEmpty();
    assertThat(setting.generator.requests()).as("nothing is made on the way").isEmpty();
    assertThat(body(ask(delivery, "GET", path(fresh)))).isEqualTo("fit:300,png");
    assertThat(get(byKey(), former).status()).as("unless asked to").isEqualTo(404);
    setting.originals.store.delete(BEACH);
    setting.readThrough.forget(BEACH);
    assertThat(ask(delivery, method, former).status()).as("no original").isEqualTo(404);
  }

  @Test
  void aStoredRenditionOfAFormerVersionIsShownAsItIs() throws Exception {
    String former = path(setting.upload(BEACH, "beach"));
    HttpDelivery delivery = byKey().redirectFormer(true).build();
    assertThat(body(ask(delivery, "GET", former))).isEqualTo("fit:300,png");
    setting.upload(BEACH, "another beach");
    assertThat(body(ask(delivery, "GET", former))).isEqualTo("fit:300,png");
  }

  /** Another machine replaced the original, and this one has looked at it a moment ago. */
  @Test
  void aKeyNewerThanTheVersionThatIsRememberedIsMade() throws Exception {
    String former = path(setting.upload(BEACH, "beach"));
    HttpDelivery delivery = byKey().redirectFormer(true).build();
    assertThat(ask(delivery, "HEAD", former).status()).isEqualTo(200);
    AssetInfo fresh = setting.upload(BEACH, "another beach");
    assertThat(body(ask(delivery, "GET", path(fresh)))).isEqualTo("fit:300,png");
  }

  @Test
  void nothingMovesWhereKeysDoNotNameTheirContent() throws Exception {
    try (Setting folder = new Setting(new VariantFolderLayout(BOOK.names()), with -> with)) {
      folder.upload(AssetKey.parse("acme/beach.jpg"), "beach");
      UrlScheme places = UrlScheme.keys(BOOK, folder.layout).build();
      HttpDelivery delivery =
          HttpDelivery.builder(folder.readThrough, places).redirectFormer(true).build();
      assertThat(ask(delivery, "GET", "/acme/card/beach.jpg").status()).isEqualTo(200);
      assertThat(ask(delivery, "GET", "/acme/card/none.jpg").status()).isEqualTo(404);
    }
  }

  @ParameterizedTest
  @EnumSource(FailureReason.class)
  void refusalsThatStayAreKeptForAWhileWhereWanted(FailureReason reason) throws Exception {
    setting.upload(BEACH, "beach");
    setting.generator.refusing(reason);
    HttpAnswer answer =
        get(byRecipe().refusalMaxAge(Duration.ofSeconds(60)), "/card/acme/photos/beach.jpg");
    boolean stays =
        switch (reason) {
          case REQUEST_INVALID,
              SOURCE_IS_RENDITION,
              SOURCE_NOT_FOUND,
              RECIPE_UNKNOWN,
              LIMIT_EXCEEDED,
              FORMAT_UNKNOWN,
              FORMAT_NOT_SUPPORTED,
              ENCODING_NOT_SUPPORTED,
              SOURCE_DAMAGED,
              OPERATION_NOT_APPLICABLE ->
              true;
          default -> false;
        };
    assertThat(answer.headers())
        .containsEntry("Cache-Control", stays ? "public, max-age=60" : "no-store");
  }

  @Test
  void refusedAddressesAreKeptForAWhileAndRefusedMethodsAreNot() {
    HttpDelivery delivery = byRecipe().refusalMaxAge(Duration.ofSeconds(60)).build();
    for (String path : List.of("/813/acme/a.jpg", "/card/acme/%zz", "/card/acme/none.jpg")) {
      assertThat(ask(delivery, "GET", path).headers())
          .containsEntry("Cache-Control", "public, max-age=60");
    }
    assertThat(ask(delivery, "POST", CARD_OF_BEACH).headers())
        .containsEntry("Cache-Control", "no-store");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> byRecipe().refusalMaxAge(Duration.ofSeconds(-1)));
  }

  @Test
  void whatIsNotVisibleIsAnsweredAsIfItWereNotThereAndNoStoreIsAsked() throws Exception {
    setting.upload(BEACH, "beach");
    HttpDelivery.Builder own = byRecipe().visible(source -> source.tenant().equals("globex"));
    HttpAnswer hidden = get(own, CARD_OF_BEACH);
    assertThat(setting.originals.calls).isEmpty();
    assertThat(setting.stored.calls).isEmpty();
    HttpAnswer absent = get(own, "/card/globex/none.jpg");
    assertThat(hidden.status()).isEqualTo(404);
    assertThat(hidden.headers()).isEqualTo(absent.headers());
    assertThat(body(hidden)).isEqualTo(body(absent));
    assertThat(get(byRecipe().visible(source -> source.equals(BEACH)), CARD_OF_BEACH).status())
        .isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "HEAD"})
  void aBodyTooLargeIsRedirectedToALinkNobodyKeeps(String method) throws Exception {
    AssetInfo original = setting.upload(BEACH, "beach");
    AssetKey target = setting.layout.target(original, CARD, FocalPoint.CENTER);
    URI link = URI.create("https://store.example/\u00fc?signature=x");
    HttpDelivery delivery =
        byRecipe()
            .refusalMaxAge(Duration.ofSeconds(60))
            .largest(
                CARD_BYTES - 1, key -> key.equals(target) ? Optional.of(link) : Optional.empty())
            .build();
    HttpAnswer answer = ask(delivery, method, CARD_OF_BEACH);
    assertThat(answer.status()).isEqualTo(302);
    assertThat(answer.headers())
        .containsEntry("Location", "https://store.example/%C3%BC?signature=x")
        .containsEntry("Cache-Control", "no-store");
    assertThat(body(answer)).isEmpty();
    assertThat(setting.stored.store.stat(target)).as("where the link leads").isPresent();
    String tag = '"' + setting.stored.store.stat(target).orElseThrow().version() + '"';
    HttpQuestion again = new HttpQuestion(method, CARD_OF_BEACH, Map.of("if-none-match", tag));
    assertThat(delivery.answer(again).status()).as("who has it needs no body").isEqualTo(304);
  }

  @Test
  void aBodyTooLargeWithoutALinkIsRefusedAndOneThatFitsIsSent() throws Exception {
    setting.upload(BEACH, "beach");
    HttpAnswer refused =
        get(byRecipe().largest(CARD_BYTES - 1, key -> Optional.empty()), CARD_OF_BEACH);
    assertThat(refused.status()).isEqualTo(413);
    assertThat(body(refused)).isEqualTo("LIMIT_EXCEEDED\n");
    assertThat(get(byRecipe().largest(CARD_BYTES, key -> Optional.empty()), CARD_OF_BEACH).status())
        .isEqualTo(200);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> byRecipe().largest(0, key -> Optional.empty()));
  }

  @Test
  void noLinkIsGivenToWhatIsNotInTheStore() throws Exception {
    setting.upload(BEACH, "beach");
    setting.stored.broken.addAll(List.of("put", "putIfAbsent"));
    URI link = URI.create("https://store.example/");
    HttpAnswer answer = get(byRecipe().largest(1, key -> Optional.of(link)), CARD_OF_BEACH);
    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.headers()).doesNotContainKey("Location");
  }

  @Test
  void theOriginalAsLastResortIsNoLargerThanABody() throws Exception {
    setting.upload(BEACH, "beach");
    setting.generator.refusing(FailureReason.BACKEND_FAILED);
    HttpDelivery.Builder last = byRecipe().fallback(Fallback.NONE.originalUpTo(100));
    assertThat(get(last.largest(5, key -> Optional.empty()), CARD_OF_BEACH).status())
        .isEqualTo(200);
    assertThat(get(last.largest(4, key -> Optional.empty()), CARD_OF_BEACH).status())
        .isEqualTo(503);
  }

  @Test
  void whoHasNoTimeIsToldSoAndNoStoreIsAsked() throws Exception {
    setting.upload(BEACH, "beach");
    HttpQuestion question = new HttpQuestion("GET", CARD_OF_BEACH, Map.of());
    for (Duration time : List.of(Duration.ZERO, Duration.ofMillis(-1))) {
      HttpAnswer answer = byRecipe().build().answer(question, time);
      assertThat(answer.status()).isEqualTo(504);
      assertThat(answer.headers()).containsEntry("Retry-After", "2");
    }
    assertThat(setting.stored.calls).isEmpty();
  }

  @Test
  void theShorterOfLimitAndTimeCounts() throws Exception {
    setting.upload(BEACH, "beach");
    setting.generator.script(request -> new CompletableFuture<>());
    HttpQuestion question = new HttpQuestion("GET", CARD_OF_BEACH, Map.of());
    Duration little = Duration.ofMillis(50);
    Duration much = Duration.ofMinutes(10);
    assertThat(byRecipe().limit(much).build().answer(question, little).status()).isEqualTo(504);
    assertThat(byRecipe().limit(little).build().answer(question, much).status()).isEqualTo(504);
  }

  @Test
  void aPictureOfAStoreIsShownOnceItIsThereAndReadOnce() throws Exception {
    AssetKey picture = AssetKey.parse("acme/errors/404.png");
    HttpDelivery delivery =
        byRecipe().fallback(with -> with.notFound(setting.originals, picture)).build();
    assertThat(body(ask(delivery, "GET", "/813/acme/a.jpg"))).isEqualTo("RECIPE_UNKNOWN\n");
    putPicture(picture, Fallback.MAX_PICTURE + 1, "image/png");
    assertThat(body(ask(delivery, "GET", "/813/acme/a.jpg"))).isEqualTo("RECIPE_UNKNOWN\n");
    putPicture(picture, 9, "text/html");
    assertThat(body(ask(delivery, "GET", "/813/acme/a.jpg"))).isEqualTo("RECIPE_UNKNOWN\n");
    putPicture(picture, 9, "image/png");
    for (int i = 0; i < 2; i++) {
      HttpAnswer shown = ask(delivery, "GET", "/813/acme/a.jpg");
      assertThat(shown.status()).isEqualTo(404);
      assertThat(shown.headers()).containsEntry("Content-Type", "image/png");
      assertThat(body(shown)).hasSize(9);
      setting.originals.store.delete(picture);
    }
    HttpAnswer head = ask(delivery, "HEAD", "/813/acme/a.jpg");
    assertThat(head.headers()).containsEntry("Content-Length", "9");
    assertThat(body(head)).isEmpty();
  }

  @Test
  void aPictureOfAStoreForEveryOtherFailureKeepsTheStatusHonest() throws Exception {
    AssetKey picture = AssetKey.parse("acme/errors/500.png");
    putPicture(picture, 3, "image/png");
    setting.upload(BEACH, "beach");
    setting.generator.script(
        request ->
            CompletableFuture.completedFuture(
                ScriptedGenerator.fail(request, FailureReason.SOURCE_DAMAGED)));
    HttpAnswer answer =
        get(byRecipe().fallback(with -> with.failed(setting.originals, picture)), CARD_OF_BEACH);
    assertThat(answer.status()).isEqualTo(422);
    assertThat(body(answer)).hasSize(3);
  }

  @Test
  void aPathThatIsDecodedAlreadyAsksForTheSame() throws Exception {
    AssetKey key = AssetKey.parse("acme/100%25 Z\u00fcrich+\ud83d\ude00.jpg");
    setting.upload(key, "beach");
    HttpDelivery delivery = byRecipe().build();
    HttpQuestion question = HttpQuestion.ofDecoded("GET", "/card/" + key, Map.of());
    assertThat(question.path()).isEqualTo("/card/acme/100%2525%20Z%C3%BCrich%2B%F0%9F%98%80.jpg");
    assertThat(delivery.answer(question).status()).isEqualTo(200);
    HttpQuestion half = HttpQuestion.ofDecoded("GET", "/card/acme/a\ud83d.jpg", Map.of());
    assertThat(delivery.answer(half).status()).isEqualTo(404);
  }

  private void putPicture(AssetKey key, int bytes, String mediaType) throws IOException {
    setting.originals.store.put(
        key, AssetSource.ofBytes(new byte[bytes], mediaType), AssetAttributes.NONE);
  }
}
