package dev.rendition.recipe;

import dev.rendition.asset.AssetKey;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Draws recipes with every operation, encoding and setting. */
public final class SomeRecipes {
  private static final Gravity[] PLACES =
      Arrays.stream(Gravity.values())
          .filter(gravity -> gravity != Gravity.FOCUS && gravity != Gravity.ENTROPY)
          .toArray(Gravity[]::new);

  private SomeRecipes() {}

  public static Arbitrary<Recipe> any() {
    Arbitrary<Long> ceiling =
        Arbitraries.oneOf(
            Arbitraries.just(0L),
            Arbitraries.longs().between(100, Integer.MAX_VALUE),
            Arbitraries.longs().between(1, 2_000).map(n -> n * 1_000),
            Arbitraries.longs().between(1, 2_000).map(n -> n * 1_000_000));
    return Combinators.combine(
            operations(),
            encodings(),
            ceiling,
            Arbitraries.of(true, false),
            Arbitraries.of(Frames.values()))
        .as(Recipe::new);
  }

  private static Arbitrary<List<Operation>> operations() {
    return operation()
        .list()
        .ofMaxSize(5)
        .filter(list -> list.stream().filter(Operation.Background.class::isInstance).count() <= 1);
  }

  public static Arbitrary<Encoding> encodings() {
    Arbitrary<Integer> quality = Arbitraries.integers().between(1, 100);
    return Arbitraries.oneOf(
        Combinators.combine(quality, Arbitraries.of(true, false), Arbitraries.of(true, false))
            .as(Encoding.Jpeg::new),
        quality.map(Encoding.Webp::new),
        quality.map(Encoding.Avif::new),
        Arbitraries.of(new Encoding.Png(), new Encoding.Gif(), new Encoding.Same()));
  }

  static Arbitrary<Operation> operation() {
    return Arbitraries.oneOf(
        List.of(
            resizes(),
            crops(),
            Combinators.combine(side(1_000), side(1_000), Arbitraries.of(Gravity.values()))
                .as(Operation.Aspect::new),
            Arbitraries.of(90, 180, 270).map(Operation.Rotate::new),
            Arbitraries.of(true, false).map(Operation.Flip::new),
            Combinators.combine(part(), part(), part())
                .as((r, g, b) -> new Operation.Background(new Rgb(r, g, b))),
            Arbitraries.doubles().between(0.001, 10).ofScale(6).map(Operation.Sharpen::new),
            Arbitraries.doubles().between(0.1, 100).ofScale(6).map(Operation.Blur::new),
            Arbitraries.just(new Operation.Grey()),
            watermarks(),
            customs()));
  }

  private static Arbitrary<Operation> resizes() {
    Arbitrary<Box> boxes =
        Combinators.combine(side(PixelSize.MAX), side(PixelSize.MAX)).as(Box::new);
    Arbitrary<Boolean> enlarge = Arbitraries.of(true, false);
    return Arbitraries.oneOf(
        Combinators.combine(
                Arbitraries.oneOf(
                    boxes,
                    side(PixelSize.MAX).map(width -> new Box(width, 0)),
                    side(PixelSize.MAX).map(height -> new Box(0, height))),
                enlarge)
            .as((box, more) -> new Operation.Resize(box, Fit.FIT, Gravity.CENTER, more)),
        Combinators.combine(boxes, Arbitraries.of(Gravity.values()), enlarge)
            .as((box, gravity, more) -> new Operation.Resize(box, Fit.COVER, gravity, more)),
        Combinators.combine(boxes, Arbitraries.of(PLACES), enlarge)
            .as((box, gravity, more) -> new Operation.Resize(box, Fit.CONTAIN, gravity, more)),
        Combinators.combine(boxes, enlarge)
            .as((box, more) -> new Operation.Resize(box, Fit.FILL, Gravity.CENTER, more)));
  }

  private static Arbitrary<Operation> crops() {
    Arbitrary<Operation> pixels =
        Combinators.combine(
                Arbitraries.integers().between(0, PixelSize.MAX),
                Arbitraries.integers().between(0, PixelSize.MAX),
                side(PixelSize.MAX),
                side(PixelSize.MAX))
            .as(Operation::crop);
    Arbitrary<Double> percent = Arbitraries.doubles().between(0.001, 49.9).ofScale(6);
    Arbitrary<Operation> percents =
        Combinators.combine(percent, percent, percent, percent)
            .as((x, y, width, height) -> new Operation.Crop(x, y, width, height, true));
    return Arbitraries.oneOf(pixels, percents);
  }

  private static Arbitrary<Operation> watermarks() {
    Arbitrary<AssetKey> keys =
        Arbitraries.strings()
            .withCharRange('a', 'e')
            .withChars(" !~,:%+é海".toCharArray())
            .ofMinLength(1)
            .ofMaxLength(10)
            .map(name -> AssetKey.of("acme", "marks/" + name));
    return Combinators.combine(keys, Arbitraries.of(PLACES), side(100), side(100))
        .as(Operation.Watermark::new);
  }

  private static Arbitrary<Operation> customs() {
    return Combinators.combine(
            Arbitraries.strings().withCharRange('a', 'z').ofMinLength(1).ofMaxLength(38),
            Arbitraries.strings()
                .withCharRange('a', 'z')
                .withCharRange('0', '9')
                .withChars("._-".toCharArray())
                .ofMinLength(1)
                .ofMaxLength(8)
                .list()
                .ofMaxSize(8))
        .as((name, arguments) -> new Operation.Custom("x-" + name, arguments));
  }

  private static Arbitrary<Integer> side(int most) {
    return Arbitraries.integers().between(1, most);
  }

  private static Arbitrary<Integer> part() {
    return Arbitraries.integers().between(0, 255);
  }
}
