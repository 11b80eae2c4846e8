package dev.rendition.deliver;

import static dev.rendition.deliver.Setting.BEACH;
import static dev.rendition.deliver.Setting.BOOK;
import static dev.rendition.deliver.Setting.CARD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.rendition.asset.AssetAttributes;
import dev.rendition.asset.AssetInfo;
import dev.rendition.asset.AssetKey;
import dev.rendition.layout.FingerprintLayout;
import dev.rendition.layout.KeyLayout;
import dev.rendition.layout.RewriteLayout;
import dev.rendition.layout.SuffixLayout;
import dev.rendition.layout.VariantFolderLayout;
import dev.rendition.recipe.FocalPoint;
import dev.rendition.recipe.NamedRecipe;
import dev.rendition.recipe.Recipe;
import dev.rendition.recipe.RecipeBook;
import dev.rendition.recipe.SomeRecipes;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UrlSchemeTest {
  private static final byte[] SECRET =
      "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
  private static final Recipe FREE = Recipe.parse("cover:320x200:focus,jpeg:70");

  private final MovingClock clock = new MovingClock();
  private final UrlScheme presets =
      UrlScheme.presets(BOOK)
          .base(URI.create("https://img.example.com/i/"))
          .key("k2", SECRET)
          .clock(clock)
          .build();

  @ParameterizedTest
  @CsvSource({
    "photos/beach.jpg, /i/card/acme/photos/beach.jpg",
    "'a b+c,d.jpg', /i/card/acme/a%20b%2Bc%2Cd.jpg",
    "ümläut/f..jpg, /i/card/acme/%C3%BCml%C3%A4ut/f..jpg",
    "100%/#1?.jpg, /i/card/acme/100%25/%231%3F.jpg"
  })
  void aPresetIsNameTenantAndPath(String path, String expected) {
    URI address = presets.format(AssetKey.of("acme", path), CARD);
    assertThat(address).hasToString("https://img.example.com" + expected);
    assertThat(presets.parse(expected))
        .isEqualTo(new Address.Preset(AssetKey.of("acme", path), CARD));
  }

  @ParameterizedTest
  @CsvSource({
    "/i/813/acme/beach.jpg, RECIPE_UNKNOWN",
    "/i/card813/acme/beach.jpg, RECIPE_UNKNOWN",
    "/i/CARD/acme/beach.jpg, RECIPE_UNKNOWN",
    "'/i/fit:813,png/acme/beach.jpg', RECIPE_UNKNOWN",
    "/i/adhoc/acme/beach.jpg, RECIPE_UNKNOWN",
    "/i/signed/acme/beach.jpg, MALFORMED",
    "/i/card, RECIPE_UNKNOWN",
    "/i/, RECIPE_UNKNOWN",
    "/, RECIPE_UNKNOWN",
    "'', RECIPE_UNKNOWN",
    "/j/card/acme/beach.jpg, RECIPE_UNKNOWN",
    "/i/card/acme, MALFORMED",
    "/i/card/acme/, MALFORMED",
    "/i/card//beach.jpg, MALFORMED",
    "/i/card/acme/../other/beach.jpg, MALFORMED",
    "/i/card/acme/%2e%2e/other/beach.jpg, MALFORMED",
    "/i/card/acme/..%2fother/beach.jpg, MALFORMED",
    "/i/card/acme%2Fx/beach.jpg, MALFORMED",
    "/i/card/acme/a%00.jpg, MALFORMED",
    "/i/card/acme/a%0d%0aSet-Cookie:x.jpg, MALFORMED",
    "/i/card/acme/a%5cb.jpg, MALFORMED",
    "/i/card/acme/a%.jpg, MALFORMED",
    "/i/card/acme/a%4, MALFORMED",
    "/i/card/acme/a%4g.jpg, MALFORMED",
    "/i/card/acme/a%ff.jpg, MALFORMED",
    "/i/card/acme/a%c0%ae.jpg, MALFORMED",
    "/i/card/.acme/a.jpg, MALFORMED",
    "/i/card/acme/ä.jpg, MALFORMED"
  })
  void whatIsNoAddressIsRefusedWithItsReason(String path, Address.Problem problem) {
    assertThat(presets.parse(path))
        .isInstanceOfSatisfying(
            Address.Refused.class, refused -> assertThat(refused.problem()).isEqualTo(problem));
  }

  @Test
  void nobodyWalksTheWidths() {
    for (int width = 1; width <= 9_000; width++) {
      assertThat(presets.parse("/i/" + width + "/acme/beach.jpg"))
          .isInstanceOfSatisfying(
              Address.Refused.class,
              refused -> assertThat(refused.problem().httpStatus()).isEqualTo(404));
    }
  }

  @Property(tries = 500)
  void parsingNeverThrows(@ForAll String path) {
    assertThat(presets.parse(path)).isNotNull();
    assertThat(presets.parse("/i/" + path)).isNotNull();
    assertThat(presets.parse("/i/card/" + path)).isNotNull();
    assertThat(presets.parse("/i/signed/" + path)).isNotNull();
  }

  @Property(tries = 500)
  void presetsRoundTrip(@ForAll("keys") AssetKey key) {
    String path = presets.format(key, CARD).getRawPath();
    assertThat(presets.parse(path)).isEqualTo(new Address.Preset(key, CARD));
  }

  @Property(tries = 500)
  void signedAddressesRoundTrip(@ForAll("keys") AssetKey key, @ForAll("recipes") Recipe recipe) {
    String path = presets.sign(key, recipe, Duration.ofHours(1)).getRawPath();
    assertThat(presets.parse(path))
        .isInstanceOfSatisfying(
            Address.Signed.class,
            signed -> {
              assertThat(signed.source()).isEqualTo(key);
              assertThat(signed.recipe().recipe()).isEqualTo(recipe);
            });
  }

  @Property(tries = 300)
  void everyLayoutRoundTrips(@ForAll("keys") AssetKey some) {
    AssetKey key = some.withPath("photo/" + some.path());
    for (KeyLayout layout :
        List.of(
            new FingerprintLayout(BOOK.names()),
            new VariantFolderLayout(BOOK.names()),
            new SuffixLayout(BOOK.names()),
            new RewriteLayout(BOOK.names(), "photo", "prew"))) {
      UrlScheme scheme = UrlScheme.keys(BOOK, layout).build();
      for (NamedRecipe recipe : BOOK.all()) {
        AssetInfo info = info(key);
        AssetKey target;
        try {
          target = layout.target(info, recipe, FocalPoint.CENTER);
        } catch (IllegalArgumentException e) {
          continue; // the layout has no key for such a name
        }
        String path = scheme.format(info, recipe, FocalPoint.CENTER).getRawPath();
        assertThat(scheme.parse(path)).isEqualTo(new Address.Target(target, key, recipe));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "variant-folder, photo/a.jpg, /card/photo/a.jpg",
    "suffix, photo/a.jpg, /photo/a.jpg-card.png",
    "suffix, photo/a.png, /photo/a-card.png",
    "rewrite, photo/a.jpg, /prew/card/a.jpg"
  })
  void theAddressesOfTheFoundingSchemesNameOneTenantOnly(
      String name, String path, String expected) {
    KeyLayout layout =
        switch (name) {
          case "variant-folder" -> new VariantFolderLayout(BOOK.names());
          case "suffix" -> new SuffixLayout(BOOK.names());
          default -> new RewriteLayout(BOOK.names(), "photo", "prew");
        };
    UrlScheme scheme = UrlScheme.keys(BOOK, layout).tenant("acme").build();
    AssetKey source = AssetKey.of("acme", path);
    assertThat(scheme.format(source, CARD)).hasToString(expected);
    assertThat(scheme.parse(expected))
        .isInstanceOfSatisfying(
            Address.Target.class, target -> assertThat(target.source()).isEqualTo(source));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> scheme.format(AssetKey.of("other", path), CARD));
    assertThat(scheme.parse("/" + path))
        .as("an original has no address here")
        .isInstanceOfSatisfying(
            Address.Refused.class,
            refused -> assertThat(refused.problem()).isEqualTo(Address.Problem.RECIPE_UNKNOWN));
  }

  @Test
  void aSignedAddressHoldsUntilItExpires() {
    String path = presets.sign(BEACH, FREE, Duration.ofSeconds(90)).getRawPath();
    Address asked = presets.parse(path);
    assertThat(asked)
        .isEqualTo(
            new Address.Signed(
                BEACH, new NamedRecipe("adhoc", FREE), Instant.parse("2026-11-21T10:01:30Z")));
    clock.move(Duration.ofSeconds(89));
    assertThat(presets.parse(path)).isEqualTo(asked);
    clock.move(Duration.ofSeconds(1));
    refused(presets.parse(path), Address.Problem.EXPIRED);
    String forEver = presets.sign(BEACH, FREE).getRawPath();
    clock.move(Duration.ofDays(100_000));
    assertThat(presets.parse(forEver)).isInstanceOf(Address.Signed.class);
  }

  @Test
  void everySingleBitChangeOfASignedAddressIsRefused() {
    List<String> samples =
        List.of(
            presets.sign(BEACH, FREE, Duration.ofDays(1)).getRawPath(),
            presets.sign(BEACH, FREE).getRawPath(),
            presets
                .sign(
                    AssetKey.of("acme", "ü b/1.jpg"),
                    Recipe.parse("fit:300,watermark:acme!logo.png:nw:40,same"),
                    Duration.ofDays(9))
                .getRawPath());
    int changes = 0;
    for (String path : samples) {
      assertThat(presets.parse(path)).isInstanceOf(Address.Signed.class);
      for (int i = 0; i < path.length(); i++) {
        for (int bit = 0; bit < 16; bit++) {
          String other =
              path.substring(0, i) + (char) (path.charAt(i) ^ (1 << bit)) + path.substring(i + 1);
          assertThat(presets.parse(other)).as(other).isInstanceOf(Address.Refused.class);
          changes++;
        }
      }
      for (int i = 0; i < path.length(); i++) {
        assertThat(presets.parse(path.substring(0, i) + path.substring(i + 1)))
            .as("without the character at " + i)
            .isInstanceOf(Address.Refused.class);
        assertThat(presets.parse(path.substring(0, i))).isInstanceOf(Address.Refused.class);
      }
    }
    assertThat(changes).isGreaterThan(5_000);
  }

  @Test
  void keysChangeWithoutBreakingAddresses() {
    byte[] fresh = "fedcba9876543210fedcba9876543210".getBytes(StandardCharsets.US_ASCII);
    UrlScheme both = scheme().key("k3", fresh).key("k2", SECRET).build();
    UrlScheme onlyNew = scheme().key("k3", fresh).build();
    String old = presets.sign(BEACH, FREE).getRawPath();
    String now = both.sign(BEACH, FREE).getRawPath();
    assertThat(now).contains("/k3.");
    assertThat(both.parse(old)).isInstanceOf(Address.Signed.class);
    assertThat(onlyNew.parse(now)).isInstanceOf(Address.Signed.class);
    refused(onlyNew.parse(old), Address.Problem.KEY_UNKNOWN);
    UrlScheme samesId = scheme().key("k2", fresh).build();
    refused(samesId.parse(old), Address.Problem.SIGNATURE_WRONG);
    assertThat(both.toString()).doesNotContain("fedc");
  }

  @Test
  void aSignatureIsTheHmacOfAnIndependentTool() {
    // printf 'rendition address 1\nk2\n0\nfit:300,png/acme/a.jpg' |
    //   openssl dgst -sha256 -hmac 0123456789abcdef0123456789abcdef -binary | base64
    assertThat(presets.sign(AssetKey.of("acme", "a.jpg"), Recipe.parse("fit:300,png")))
        .hasToString(
            "https://img.example.com/i/signed/k2.0.QrtsxuQudKlSY8-WpUpWvwew8UzACGtRlF5719u3B-8/fit:300,png/acme/a.jpg");
  }

  @Test
  void aSignedRecipeStaysWithItsTenant() {
    Recipe foreign = Recipe.parse("fit:300,watermark:rival!secret.png,png");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> presets.sign(BEACH, foreign))
        .withMessageContaining("own tenant");
    Recipe own = Recipe.parse("fit:300,watermark:acme!logo.png,png");
    assertThat(presets.parse(presets.sign(BEACH, own).getRawPath()))
        .isInstanceOf(Address.Signed.class);
    AddressKeys keys = new AddressKeys();
    keys.add("k2", SECRET);
    String rest = foreign + "/" + BEACH;
    refused(
        presets.parse("/i/signed/k2.0." + keys.sign("k2", 0, rest) + "/" + rest),
        Address.Problem.FOREIGN_TENANT);
    String nonsense = "fit:0,png/" + BEACH;
    refused(
        presets.parse("/i/signed/k2.0." + keys.sign("k2", 0, nonsense) + "/" + nonsense),
        Address.Problem.RECIPE_INVALID);
  }

  @ParameterizedTest
  @CsvSource({
    "'fit:811,png', 'fit:828,png'",
    "'fit:828,png', 'fit:828,png'",
    "'fit:1,png', 'fit:640,png'",
    "'fit:9000,png', 'fit:1200,png'",
    "'fit:x700,png', 'fit:x750,png'",
    "'cover:400x300,png', 'cover:640x480,png'",
    "'cover:1999x3,png', 'cover:1200x2,png'",
    "'crop:1,2,33,44,png', 'crop:1,2,33,44,png'"
  })
  void signedSizesStandOnTheLadder(String asked, String made) {
    UrlScheme stepped = scheme().key("k2", SECRET).sizes(List.of(1_200, 640, 750, 828)).build();
    assertThat(stepped.sign(BEACH, Recipe.parse(asked)).getRawPath())
        .contains("/" + made + "/acme/");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"img", "https://h/x?y/", "https://h/#/", "https://h", "http://u@h/", "mailto:a/"})
  void aBaseIsAnAddressOrAPath(String base) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> UrlScheme.presets(BOOK).base(URI.create(base)));
  }

  @Test
  void mistakesOfTheSetUpAreToldAtOnce() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> UrlScheme.presets(RecipeBook.of(List.of(NamedRecipe.of("signed", "png")))));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> UrlScheme.presets(RecipeBook.of(List.of(NamedRecipe.of("adhoc", "png")))));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> scheme().key("k", new byte[15]))
        .withMessageContaining("16 bytes");
    assertThatIllegalArgumentException().isThrownBy(() -> scheme().key("a.b", SECRET));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> scheme().key("k", SECRET).key("k", SECRET));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> presets.format(BEACH, NamedRecipe.of("card", "fit:301,png")));
    assertThatIllegalStateException().isThrownBy(() -> scheme().build().sign(BEACH, FREE));
    UrlScheme content = UrlScheme.keys(BOOK, new FingerprintLayout(BOOK.names())).build();
    assertThatIllegalStateException().isThrownBy(() -> content.format(BEACH, CARD));
  }

  @Provide
  Arbitrary<AssetKey> keys() {
    Arbitrary<String> segment =
        Arbitraries.strings()
            .withChars("abcXYZ019 .-_~+,;:@&=$%#?!'()*[]äß日\uD83D\uDE00é")
            .ofMinLength(1)
            .ofMaxLength(20)
            .filter(text -> !text.equals(".") && !text.equals(".."));
    Arbitrary<String> path =
        Combinators.combine(
                segment.list().ofMinSize(1).ofMaxSize(3),
                Arbitraries.of(".jpg", ".png", ".JPG", ".tiff", ".png-card.jpg", ""))
            .as((segments, end) -> String.join("/", segments) + end);
    return path.filter(UrlSchemeTest::isPath).map(text -> AssetKey.of("acme", text));
  }

  @Provide
  Arbitrary<Recipe> recipes() {
    return SomeRecipes.any()
        .filter(
            recipe ->
                recipe.operations().stream()
                    .noneMatch(dev.rendition.recipe.Operation.Watermark.class::isInstance));
  }

  private static boolean isPath(String text) {
    try {
      return AssetKey.of("acme", text).path().length() < 300;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private UrlScheme.Builder scheme() {
    return UrlScheme.presets(BOOK).base(URI.create("https://img.example.com/i/")).clock(clock);
  }

  private static void refused(Address address, Address.Problem problem) {
    assertThat(address)
        .isInstanceOfSatisfying(
            Address.Refused.class, refused -> assertThat(refused.problem()).isEqualTo(problem));
  }

  private static AssetInfo info(AssetKey key) {
    return new AssetInfo(
        key, 5, "image/jpeg", "ab".repeat(32), Instant.EPOCH, AssetAttributes.NONE);
  }
}
