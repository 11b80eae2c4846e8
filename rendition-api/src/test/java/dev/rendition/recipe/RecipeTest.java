package dev.rendition.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.rendition.asset.AssetKey;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
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

class RecipeTest {
  /** One of each, so that a new operation without a text form is noticed. */
  private static final List<Operation> ONE_OF_EACH =
      List.of(
          Operation.fit(1, 1),
          Operation.crop(0, 0, 1, 1),
          new Operation.Aspect(4, 3, Gravity.CENTER),
          new Operation.Rotate(90),
          new Operation.Flip(true),
          new Operation.Background(Rgb.WHITE),
          new Operation.Sharpen(1),
          new Operation.Blur(1),
          new Operation.Grey(),
          new Operation.Watermark(AssetKey.of("t", "a"), Gravity.SE, 100, 20),
          new Operation.Custom("x-a", List.of()));

  private static final List<Encoding> EACH_ENCODING =
      List.of(
          new Encoding.Jpeg(1),
          new Encoding.Png(),
          new Encoding.Gif(),
          new Encoding.Webp(1),
          new Encoding.Avif(1),
          new Encoding.Same());

  @Test
  void theExampleOfTheDesignMeansWhatItSays() {
    Recipe recipe = Recipe.parse("cover:800x600:focus,sharpen:0.5,jpeg:80:progressive");
    assertThat(recipe)
        .isEqualTo(
            Recipe.of(
                List.of(Operation.cover(800, 600, Gravity.FOCUS), new Operation.Sharpen(0.5)),
                new Encoding.Jpeg(80, true, false)));
    assertThat(recipe.usesFocus()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "png",
        "gif",
        "same",
        "jpeg",
        "jpeg:80",
        "jpeg:80:progressive:444",
        "webp:75",
        "avif:40",
        "cover:800x600:focus,jpeg:80:progressive",
        "fit:800,jpeg",
        "fit:x600,jpeg",
        "fit:800x600:enlarge,png",
        "contain:800x600:nw:enlarge,background:ff8800,png",
        "fill:10x20:enlarge,png",
        "cover:1x65535:entropy,png",
        "crop:0,40,1600,900,png",
        "crop:12.5p,0p,75p,99.999p,png",
        "aspect:4:3,png",
        "aspect:1000:1:focus,png",
        "rotate:270,flip:h,flip:v,grey,blur:0.1,sharpen:10,png",
        "watermark:acme!marks!logo.png,png",
        "watermark:acme!marks!logo.png:ne,png",
        "watermark:acme!marks!logo.png:se:50,png",
        "watermark:acme!marks!logo.png:se:100:5,png",
        "watermark:acme!caf~c3~a9~21.png,png",
        "x-duotone:ff0000:0.5,png",
        "x-a,png",
        "jpeg,max:200k,keep:copyright,frames:all",
        "jpeg,max:1m",
        "jpeg,max:1001",
        "gif,frames:all"
      })
  void canonicalTextsAreReadBackAsTheyAre(String text) {
    assertThat(Recipe.parse(text)).hasToString(text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "jpeg:82|jpeg",
        "jpeg:082|jpeg",
        "webp:80|webp",
        "avif:50|avif",
        "jpeg:444:progressive|jpeg:progressive:444",
        "jpeg:70:444:progressive|jpeg:70:progressive:444",
        "fit:0800x0600,png|fit:800x600,png",
        "cover:8x6:center,png|cover:8x6,png",
        "cover:8x6:enlarge:n,png|cover:8x6:n:enlarge,png",
        "aspect:4:3:center,png|aspect:4:3,png",
        "sharpen:0.50,png|sharpen:0.5,png",
        "sharpen:1.0,png|sharpen:1,png",
        "sharpen:0.0014,png|sharpen:0.001,png",
        "blur:10.000,png|blur:10,png",
        "crop:0.0,0,010,10,png|crop:0,0,10,10,png",
        "crop:10%,10%,50.50%,5%,png|crop:10p,10p,50.5p,5p,png",
        "background:FFaa00,png|background:ffaa00,png",
        "watermark:t!a:se,png|watermark:t!a,png",
        "watermark:t!a:se:100:20,png|watermark:t!a,png",
        "watermark:t!a:50,png|watermark:t!a:se:50,png",
        "watermark:t!a:100:5,png|watermark:t!a:se:100:5,png",
        "watermark:t!~41~C3~A9,png|watermark:t!A~c3~a9,png",
        "watermark:t!(a),png|watermark:t!~28a~29,png",
        "max:1000k,jpeg|jpeg,max:1m",
        "frames:first,keep:copyright,max:200000,jpeg|jpeg,max:200k,keep:copyright",
        "frames:first,gif|gif"
      })
  void otherSpellingsHaveOneCanonicalText(String text, String canonical) {
    assertThat(Recipe.parse(text)).hasToString(canonical).isEqualTo(Recipe.parse(canonical));
  }

  /** The position is counted from 0 here, and from 1 in the message. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\u0001',
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "|0|the recipe is empty",
        "fit:800|7|a recipe ends with an encoding: one of [avif, gif, jpeg, png, same, webp]",
        "jpeg,|5|there is nothing between two commas",
        ",jpeg|0|there is nothing between two commas",
        "jpg|0|\"jpg\" is no operation, encoding or setting; there are [",
        "JPEG|0|\"JPEG\" is no operation",
        " jpeg|0|\" jpeg\" is no operation",
        "jpeg,png|5|a recipe has one encoding, \"png\" is another",
        "png,fit:800|4|operations come before the encoding, \"fit\" comes after",
        "png,x-a|4|operations come before the encoding, \"x-a\" comes after",
        "fit,png|3|\"fit\" needs a box: 800x600, 800 or x600",
        "fit:,png|4|expected a box: 800x600, 800 or x600, found \"\"",
        "fit:800x,png|4|expected a box: 800x600, 800 or x600, found \"800x\"",
        "fit:-1,png|4|expected a box: 800x600, 800 or x600, found \"-1\"",
        "fit:0,png|4|a side of a box is 1..65535, was 0",
        "fit:x0,png|4|a side of a box is 1..65535, was 0",
        "fit:8x0,png|4|a side of a box is 1..65535, was 0",
        "fit:65536,png|4|a box has sides 1..65535, one of which may be free, was 65536 x 0",
        "fit:800:n,png|0|fit takes no gravity, was n",
        "cover:800,png|0|cover needs a width and a height, was 800",
        "contain:8x6:focus,png|0|contain takes a place as gravity, was focus",
        "fit:8x6:cover,png|8|\"fit\" does not take \"cover\" here",
        "fit:8x6:enlarge:enlarge,png|16|\"fit\" does not take \"enlarge\" here",
        "crop:1,2,3,png|11|expected a number, found \"png\"",
        "crop:1,2,3|5|crop takes x,y,width,height, had 3 numbers",
        "crop:1,2,3,4p,png|0|crop takes four numbers of pixels or four of percent (12.5p), not both",
        "crop:1,2,x,4,png|9|expected a number, found \"x\"",
        "crop:1,2,0,4,png|0|crop width must be 1..65535, was 0.0",
        "crop:1.5,2,1,4,png|0|a crop in pixels has whole numbers; write 12.5p for percent",
        "crop:50p,0p,50.001p,1p,png|0|a crop in percent ends at 100 or before, was 100.001 x 1",
        "png,crop:1,2,3,4|4|operations come before the encoding, \"crop\" comes after",
        "aspect:4,png|8|\"aspect\" needs a height",
        "aspect:4:0,png|0|aspect height must be 1..1000, was 0",
        "rotate:45,png|0|rotate takes 90, 180 or 270, was 45",
        "rotate:-90,png|7|expected 90, 180 or 270, found \"-90\"",
        "flip:x,png|5|expected h or v, found \"x\"",
        "background:red,png|11|expected a colour: rrggbb, found \"red\"",
        "png,background:ffffff|4|operations come before",
        "background:ffffff,background:000000,png|18|a recipe has at most one background",
        "sharpen:0,png|0|sharpen amount must be 0.001..10, was 0.0",
        "sharpen:1e3,png|8|expected an amount, found \"1e3\"",
        "sharpen:.5,png|8|expected an amount, found \".5\"",
        "blur:101,png|0|blur sigma must be 0.1..100, was 101.0",
        "grey:1,png|5|\"grey\" does not take \"1\" here",
        "watermark:logo.png,png|10|a key is written tenant/path, and there is no '/' in \"logo.png\"",
        "watermark:t!..,png|10|a path segment is neither '.' nor '..', was \"..\"",
        "watermark:t!a~g0,png|13|after '~' come two hex digits",
        "watermark:t!a~0,png|13|after '~' come two hex digits",
        "watermark:t!~ff,png|10|the bytes of the key are not UTF-8",
        "watermark:t!é,png|12|a key is written in ASCII, other bytes as ~hh",
        "watermark:t!a:focus,png|0|a watermark takes a place as gravity, was focus",
        "watermark:t!a:se:0,png|0|watermark opacity must be 1..100, was 0",
        "x-A,png|0|a custom operation's name is x- and letters, digits or '-', was \"x-A\"",
        "x-a:,png|0|an argument is 1 to 64 letters, digits, '.', '_' or '-', was \"\"",
        "jpeg:0|0|quality must be 1..100, was 0",
        "jpeg:101|0|quality must be 1..100, was 101",
        "jpeg:|5|\"jpeg\" does not take \"\" here",
        "jpeg:80:progresive|8|\"jpeg\" does not take \"progresive\" here",
        "jpeg:progressive:444:progressive|21|\"jpeg\" does not take \"progressive\" here",
        "png:80|4|\"png\" does not take \"80\" here",
        "jpeg,max:99|5|max must be 100..2147483647 bytes, was 99",
        "jpeg,max:3000m|5|max must be 100..2147483647 bytes, was 3000000000",
        "jpeg,max:1g|9|expected a size: 200k, 1m or bytes, found \"1g\"",
        "jpeg,max:1k,max:2k|12|\"max\" is set twice",
        "jpeg,keep:exif|10|expected copyright, found \"exif\"",
        "gif,frames:3|11|expected first or all, found \"3\""
      })
  void aMistakeIsToldWithItsPosition(String text, int position, String problem) {
    String given = text == null ? "" : text;
    try {
      assertThat(Recipe.parse(given)).as("must be refused").isNull();
    } catch (RecipeException e) {
      assertThat(e.getMessage()).startsWith(problem);
      assertThat(e.position()).isEqualTo(position);
      assertThat(e.getMessage()).contains("(at position " + (position + 1) + " of \"");
    }
  }

  @Test
  void hostileTextForgesNoLogLine() {
    for (String text :
        List.of(
            "x-\n2026 ERROR forged",
            "png,x-\n\u202eforged",
            "x-a:\r\nb,png",
            "\u0000",
            "watermark:t!a~0a~0aERROR,png",
            "fit:\n,png")) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Recipe.parse(text))
          .satisfies(
              e -> assertThat(e.getMessage()).doesNotContain("\n", "\r", "\u202e", "\u0000"));
    }
  }

  @Test
  void aTextOrARecipeHasAtMost1000Characters() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Recipe.parse("x".repeat(10_000_000)))
        .withMessageContaining("at most 1000 characters, was 10000000")
        .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(300));
    List<Operation> many =
        Collections.nCopies(
            32, new Operation.Custom("x-long", Collections.nCopies(8, "a".repeat(64))));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Recipe.of(many, new Encoding.Png()))
        .withMessageContaining("1000 characters");
    // Short as written, too long when its brackets are escaped.
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                Recipe.parse(
                    "watermark:t!"
                        + "(".repeat(250)
                        + "/".repeat(0)
                        + "!"
                        + "(".repeat(250)
                        + ",png"))
        .withMessageContaining("1000 characters");
  }

  @Test
  void aRecipeHasAtMost32Operations() {
    assertThat(Recipe.parse("grey,".repeat(32) + "png").operations()).hasSize(32);
    try {
      Recipe.parse("grey,".repeat(33) + "png");
      assertThat(true).as("must be refused").isFalse();
    } catch (RecipeException e) {
      assertThat(e.position()).isEqualTo(32 * 5);
    }
  }

  @Test
  void everyPermittedOperationHasATextForm() {
    assertThat(classes(ONE_OF_EACH))
        .isEqualTo(Set.copyOf(Arrays.asList(Operation.class.getPermittedSubclasses())));
    for (Operation operation : ONE_OF_EACH) {
      Recipe recipe = Recipe.of(List.of(operation), new Encoding.Png());
      assertThat(Recipe.parse(recipe.toString())).isEqualTo(recipe);
    }
  }

  @Test
  void everyPermittedEncodingHasATextForm() {
    assertThat(classes(EACH_ENCODING))
        .isEqualTo(Set.copyOf(Arrays.asList(Encoding.class.getPermittedSubclasses())));
    for (Encoding encoding : EACH_ENCODING) {
      Recipe recipe = Recipe.of(List.of(), encoding);
      assertThat(Recipe.parse(recipe.toString())).isEqualTo(recipe);
    }
  }

  @Test
  void theFocalPointMattersOnlyToTheGravityFocus() {
    assertThat(Recipe.parse("cover:8x6:focus,png").usesFocus()).isTrue();
    assertThat(Recipe.parse("aspect:4:3:focus,png").usesFocus()).isTrue();
    assertThat(Recipe.parse("cover:8x6:entropy,aspect:4:3,fit:8,png").usesFocus()).isFalse();
  }

  @Test
  void theBackgroundIsWhiteUnlessSaid() {
    assertThat(Recipe.parse("png").background()).isEqualTo(new Rgb(255, 255, 255));
    assertThat(Recipe.parse("background:102030,png").background()).isEqualTo(new Rgb(16, 32, 48));
  }

  @Property
  void everyRecipeIsReadBackFromItsText(@ForAll("recipes") Recipe recipe) {
    String text = recipe.toString();
    assertThat(Recipe.parse(text)).isEqualTo(recipe);
    assertThat(Recipe.parse(text)).hasToString(text);
  }

  /** RFC 3986, section 3.3: pchar without percent-encoding. */
  @Property
  void everyTextIsLegalInAUrlPathSegment(@ForAll("recipes") Recipe recipe) {
    assertThat(recipe.toString()).matches("[A-Za-z0-9._~!$&'()*+,;=:@-]+").hasSizeLessThan(1_001);
  }

  @Property
  void equalTextsMeanEqualRecipes(@ForAll("recipes") Recipe one, @ForAll("recipes") Recipe other) {
    assertThat(one.toString().equals(other.toString())).isEqualTo(one.equals(other));
  }

  @Property
  void anyTextIsARecipeOrARefusalWithAPositionInside(@ForAll("hostile") String text) {
    try {
      Recipe recipe = Recipe.parse(text);
      assertThat(Recipe.parse(recipe.toString())).isEqualTo(recipe);
    } catch (RecipeException e) {
      assertThat(e.position()).isBetween(0, text.length());
      assertThat(e.getMessage()).matches("[ -~…]+").hasSizeLessThan(700);
    }
  }

  @Provide
  Arbitrary<Recipe> recipes() {
    return SomeRecipes.any();
  }

  @Provide
  Arbitrary<String> hostile() {
    Arbitrary<String> word =
        Arbitraries.of(
            "fit",
            "cover",
            "crop",
            "aspect",
            "rotate",
            "flip",
            "background",
            "sharpen",
            "blur",
            "grey",
            "watermark",
            "x-a",
            "x-",
            "jpeg",
            "png",
            "webp",
            "same",
            "max",
            "keep",
            "frames",
            "800x600",
            "x6",
            "99999",
            "0",
            "444",
            "80",
            "focus",
            "enlarge",
            "1.5p",
            "t!a",
            "~c3",
            "~",
            "%",
            "ffffff",
            "200k",
            "all",
            "copyright",
            "\n",
            "é",
            "٣");
    Arbitrary<String> separator = Arbitraries.of(":", ",", "", ":", ",");
    Arbitrary<String> words =
        Combinators.combine(word, separator)
            .as((one, after) -> one + after)
            .list()
            .ofMaxSize(12)
            .map(parts -> String.join("", parts));
    // A good recipe with one character exchanged.
    Arbitrary<String> nearly =
        Combinators.combine(
                SomeRecipes.any(), Arbitraries.integers().between(0, 999), Arbitraries.chars())
            .as(
                (recipe, at, c) -> {
                  StringBuilder text = new StringBuilder(recipe.toString());
                  text.setCharAt(at % text.length(), c);
                  return text.toString();
                });
    return Arbitraries.oneOf(Arbitraries.strings().ofMaxLength(60), words, nearly);
  }

  private static Set<Class<?>> classes(List<?> values) {
    return values.stream().map(Object::getClass).collect(Collectors.toSet());
  }
}
