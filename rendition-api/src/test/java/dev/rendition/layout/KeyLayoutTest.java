package dev.rendition.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.rendition.asset.AssetAttributes;
import dev.rendition.asset.AssetInfo;
import dev.rendition.asset.AssetKey;
import dev.rendition.recipe.FocalPoint;
import dev.rendition.recipe.NamedRecipe;
import dev.rendition.recipe.Recipe;
import dev.rendition.recipe.SomeRecipes;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyLayoutTest {
  private static final String VERSION = "0".repeat(64);

  /** Names that try to be each other's end; the suffix layout allows no more of them. */
  private static final Set<String> NAMES = Set.of("c", "b-d", "a_b", "jpg", "card", "card-2", "x1");

  private static final List<KeyLayout> LAYOUTS =
      List.of(
          new FingerprintLayout(NAMES),
          new VariantFolderLayout(NAMES),
          new SuffixLayout(NAMES),
          new RewriteLayout(NAMES, "photo", "prew"));
  private static final List<NamedRecipe> EVERY_NAME_AND_ENCODING =
      NAMES.stream()
          .flatMap(
              name ->
                  Stream.of("jpeg", "png", "gif", "webp", "avif")
                      .map(encoding -> named(name, encoding)))
          .toList();

  @ParameterizedTest
  @CsvSource({
    "photos/beach.jpg, jpeg, photos/beach-card.jpg",
    "photos/beach.jpg, png, photos/beach.jpg-card.png",
    "beach.png, jpeg, beach.png-card.jpg",
    "beach.jpeg, jpeg, beach.jpeg-card.jpg",
    "beach.JPG, jpeg, beach.JPG-card.jpg",
    "beach.jpg.jpg, jpeg, beach.jpg.jpg-card.jpg",
    "a.b/beach.tiff, same, a.b/beach.tiff-card.png",
    "beach.jfif, same, beach.jfif-card.jpg",
    "beach.gif, same, beach-card.gif"
  })
  void theSuffixStandsBeforeTheExtension(String source, String recipe, String target) {
    KeyLayout layout = new SuffixLayout(Set.of("card"));
    assertThat(layout.target(info(source, VERSION), named("card", recipe), FocalPoint.CENTER))
        .isEqualTo(AssetKey.of("t", target));
  }

  @Test
  void theOtherLayoutsFollowTheirPatterns() {
    AssetInfo beach = info("photo/2026/beach.jpg", VERSION);
    assertThat(LAYOUTS.get(1).target(beach, named("card", "png"), FocalPoint.CENTER).path())
        .isEqualTo("card/photo/2026/beach.jpg");
    assertThat(LAYOUTS.get(3).target(beach, named("card", "png"), FocalPoint.CENTER).path())
        .isEqualTo("prew/card/2026/beach.jpg");
    assertThat(LAYOUTS.get(0).target(beach, named("card", "png"), FocalPoint.CENTER).path())
        .matches("photo/2026/beach\\.jpg/card-[0-9a-f]{16}\\.png");
  }

  @Test
  void aSourceWithoutAPlaceInTheLayoutIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                LAYOUTS
                    .get(2)
                    .target(info("readme.txt", VERSION), named("c", "png"), FocalPoint.CENTER))
        .withMessageContaining("readme.txt");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                LAYOUTS
                    .get(3)
                    .target(info("other/a.jpg", VERSION), named("c", "png"), FocalPoint.CENTER))
        .withMessageContaining("does not begin with photo/");
    assertThat(LAYOUTS.get(3).prefixes(AssetKey.of("t", "other/a.jpg"))).isEmpty();
  }

  @Test
  void namesThatCannotBeToldApartAreRefusedAtOnce() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SuffixLayout(Set.of("b-c", "c")))
        .withMessageContaining("\"b-c\" and \"c\"");
    for (List<String> folders :
        List.of(List.of("a", "a"), List.of("a", "a/b"), List.of("a/b", "a"), List.of("", "a"))) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> new RewriteLayout(NAMES, folders.get(0), folders.get(1)));
    }
    assertThat(new RewriteLayout(NAMES, "photo", "photos").namesContent()).isFalse();
  }

  @Test
  void anUnknownRecipeNameGetsNoKey() {
    for (KeyLayout layout : LAYOUTS) {
      assertThatIllegalArgumentException()
          .as(layout.getClass().getSimpleName())
          .isThrownBy(
              () ->
                  layout.target(info("photo/a.jpg", VERSION), named("b", "png"), FocalPoint.CENTER))
          .withMessageContaining("\"b\"");
    }
  }

  @Test
  void anUploadNamedAlmostLikeARenditionIsStillASource() {
    assertThat(LAYOUTS.get(0).isTarget(AssetKey.of("t", "a/other-0123456789abcdef.jpg"))).isFalse();
    assertThat(LAYOUTS.get(0).isTarget(AssetKey.of("t", "a/card-0123456789abcde.jpg"))).isFalse();
    assertThat(LAYOUTS.get(0).isTarget(AssetKey.of("t", "card-0123456789abcdef.jpg"))).isFalse();
    assertThat(LAYOUTS.get(0).isTarget(AssetKey.of("t", "a/card-0123456789abcdef.jpg"))).isTrue();
    assertThat(LAYOUTS.get(1).isTarget(AssetKey.of("t", "card"))).isFalse();
    assertThat(LAYOUTS.get(1).isTarget(AssetKey.of("t", "cards/a.jpg"))).isFalse();
    assertThat(LAYOUTS.get(2).isTarget(AssetKey.of("t", "postcard.jpg"))).isFalse();
    assertThat(LAYOUTS.get(2).isTarget(AssetKey.of("t", "a-card.txt"))).isFalse();
    assertThat(LAYOUTS.get(3).isTarget(AssetKey.of("t", "prewar/a.jpg"))).isFalse();
  }

  @Property
  void twoPairsNeverShareAKey(
      @ForAll("layouts") KeyLayout layout,
      @ForAll("sources") String one,
      @ForAll("sources") String other,
      @ForAll("names") String name,
      @ForAll("names") String otherName,
      @ForAll("encodings") String encoding,
      @ForAll("encodings") String otherEncoding) {
    Assume.that(!one.equals(other) || !name.equals(otherName));
    AssetKey first = layout.target(info(one, VERSION), named(name, encoding), FocalPoint.CENTER);
    AssetKey second =
        layout.target(info(other, VERSION), named(otherName, otherEncoding), FocalPoint.CENTER);
    assertThat(first).isNotEqualTo(second);
  }

  @Property
  void aTargetIsKnownAsOneAndAsItsSourcesOnly(
      @ForAll("layouts") KeyLayout layout,
      @ForAll("sources") String source,
      @ForAll("sources") String other,
      @ForAll("names") String name,
      @ForAll("encodings") String encoding) {
    AssetInfo info = info(source, VERSION);
    AssetKey target = layout.target(info, named(name, encoding), FocalPoint.CENTER);
    assertThat(layout.isTarget(target)).isTrue();
    assertThat(layout.isTargetOf(target, info.key())).isTrue();
    assertThat(layout.prefixes(info.key())).anyMatch(target.path()::startsWith);
    assertThat(target.tenant()).isEqualTo("t");
    assertThat(layout.isTargetOf(target, AssetKey.of("u", source))).isFalse();
    if (!other.equals(source)) {
      assertThat(layout.isTargetOf(target, AssetKey.of("t", other))).isFalse();
    }
  }

  @Property
  void aRenditionOfAnotherVersionOrFocusIsStillItsSources(
      @ForAll("layouts") KeyLayout layout, @ForAll("sources") String source) {
    AssetKey old =
        layout.target(
            info(source, "1".repeat(64)),
            named("card", "cover:8x6:focus,png"),
            new FocalPoint(0.1, 0.9));
    assertThat(layout.isTargetOf(old, AssetKey.of("t", source))).isTrue();
  }

  /** Every other name must be refused: a purge deletes what {@code isTargetOf} says. */
  @Property
  void onlyWhatTheLayoutCanMakeIsATargetOfASource(
      @ForAll("sources") String source, @ForAll("strangers") String stranger) {
    AssetKey key = AssetKey.of("t", stranger);
    for (KeyLayout layout : LAYOUTS.subList(1, 4)) {
      boolean made =
          EVERY_NAME_AND_ENCODING.stream()
              .anyMatch(
                  recipe ->
                      layout.target(info(source, VERSION), recipe, FocalPoint.CENTER).equals(key));
      assertThat(layout.isTargetOf(key, AssetKey.of("t", source))).isEqualTo(made);
    }
  }

  @Property
  void anyEditOfARecipeMovesItsKeyAndNoOther(
      @ForAll("recipes") Recipe one, @ForAll("recipes") Recipe other) {
    Assume.that(!one.equals(other));
    assertThat(Fingerprint.of(one, VERSION, FocalPoint.CENTER))
        .isNotEqualTo(Fingerprint.of(other, VERSION, FocalPoint.CENTER))
        .isEqualTo(Fingerprint.of(Recipe.parse(one.toString()), VERSION, FocalPoint.CENTER));
  }

  @Provide
  Arbitrary<KeyLayout> layouts() {
    return Arbitraries.of(LAYOUTS);
  }

  @Provide
  Arbitrary<String> names() {
    return Arbitraries.of(NAMES);
  }

  @Provide
  Arbitrary<String> encodings() {
    return Arbitraries.of("jpeg", "png", "gif", "webp", "avif", "same");
  }

  @Provide
  Arbitrary<Recipe> recipes() {
    return SomeRecipes.any();
  }

  /** Below photo/, and named like a picture, so that every layout has a key for them. */
  @Provide
  Arbitrary<String> sources() {
    Arbitrary<String> part =
        Arbitraries.of(
            "a",
            "a-b",
            "a-c",
            "a-b-d",
            "a-card",
            "card",
            "c",
            "b-d",
            "a.jpg",
            "a.png-c",
            "a-c.jpg",
            "a.jpg-c",
            "-",
            ".a",
            "card-0123456789abcdef",
            "x.gif-card-2");
    Arbitrary<String> extension =
        Arbitraries.of(".jpg", ".jpeg", ".JPG", ".png", ".gif", ".webp", ".tif", ".jpg.jpg");
    return Combinators.combine(part.list().ofMinSize(1).ofMaxSize(3), extension)
        .as((parts, end) -> "photo/" + String.join("/", parts) + end);
  }

  @Provide
  Arbitrary<String> strangers() {
    return Combinators.combine(
            sources(),
            Arbitraries.of("", "card/", "c/", "prew/c/", "prew/card-2/"),
            Arbitraries.of("", "-c", "-card", "-b-d", "-b", ".png-c", "-"),
            Arbitraries.of(".jpg", ".JPG", ".png", ".bmp", ""))
        .as(
            (source, begin, suffix, end) ->
                begin.startsWith("prew")
                    ? begin + source.substring("photo/".length())
                    : begin
                        + (suffix.isEmpty()
                            ? source
                            : source.substring(0, source.lastIndexOf('.')) + suffix + end));
  }

  private static NamedRecipe named(String name, String recipe) {
    return NamedRecipe.of(name, recipe);
  }

  private static AssetInfo info(String path, String version) {
    return new AssetInfo(
        AssetKey.of("t", path), 1, "image/jpeg", version, Instant.EPOCH, AssetAttributes.NONE);
  }
}
