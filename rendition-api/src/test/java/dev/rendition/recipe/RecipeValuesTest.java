package dev.rendition.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecipeValuesTest {
  @Test
  void aBookFindsRecipesByNameAndKeepsTheirOrder() {
    RecipeBook book =
        RecipeBook.of(List.of(NamedRecipe.of("z", "png"), NamedRecipe.of("a", "gif")));
    assertThat(book.all()).extracting(NamedRecipe::name).containsExactly("z", "a");
    assertThat(book.find("a").orElseThrow().recipe()).isEqualTo(Recipe.parse("gif"));
    assertThat(book.find("b")).isEmpty();
    assertThat(book.names()).containsExactlyInAnyOrder("a", "z");
  }

  @Test
  void aBookRefusesOneNameTwiceAndTooManyRecipes() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> RecipeBook.of(List.of(NamedRecipe.of("a", "png"), NamedRecipe.of("a", "gif"))))
        .withMessageContaining("two recipes are named \"a\"");
    List<NamedRecipe> many = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      many.add(NamedRecipe.of("r" + i, "png"));
    }
    assertThat(RecipeBook.of(many).all()).hasSize(1_000);
    many.add(NamedRecipe.of("one-more", "png"));
    assertThatIllegalArgumentException().isThrownBy(() -> RecipeBook.of(many));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "A", "-a", "_a", "a.b", "a/b", "a b", "a\n", "ä"})
  void whatIsNoNameIsRefused(String name) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> NamedRecipe.of(name, "png"))
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n"));
  }

  @Test
  void aNameHasAtMost64Characters() {
    assertThat(NamedRecipe.of("a".repeat(64), "png").name()).hasSize(64);
    assertThatIllegalArgumentException().isThrownBy(() -> NamedRecipe.of("a".repeat(65), "png"));
  }

  @Test
  void aFocalPointIsRoundedToFourDecimals() {
    assertThat(new FocalPoint(0.123449, 1)).hasToString("0.1234,1");
    assertThat(new FocalPoint(0.25, 0.5)).hasToString("0.25,0.5");
    assertThat(new FocalPoint(-0.0, 0.00001)).isEqualTo(new FocalPoint(0, 0)).hasToString("0,0");
    assertThat(FocalPoint.CENTER).hasToString("0.5,0.5");
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.0001, 1.0001, Double.NaN, Double.POSITIVE_INFINITY, -5})
  void aFocalPointLiesInThePicture(double part) {
    assertThatIllegalArgumentException().isThrownBy(() -> new FocalPoint(part, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> new FocalPoint(0, part));
  }

  @Property
  void aRoundedFocalPointStaysAsItIs(
      @ForAll @DoubleRange(min = 0, max = 1) double x,
      @ForAll @DoubleRange(min = 0, max = 1) double y) {
    FocalPoint point = new FocalPoint(x, y);
    assertThat(new FocalPoint(point.x(), point.y())).isEqualTo(point);
    String[] parts = point.toString().split(",", -1);
    assertThat(new FocalPoint(Double.parseDouble(parts[0]), Double.parseDouble(parts[1])))
        .isEqualTo(point);
    assertThat(Math.abs(point.x() - x)).isLessThan(0.000051);
  }

  @Test
  void sidesLieBetween1And65535() {
    assertThat(PixelSize.of(65_535, 65_535).pixels()).isEqualTo(4_294_836_225L);
    assertThat(PixelSize.of(1, 2)).hasToString("1x2");
    for (int side : new int[] {0, -1, 65_536, Integer.MIN_VALUE}) {
      assertThatIllegalArgumentException().isThrownBy(() -> PixelSize.of(side, 1));
      assertThatIllegalArgumentException().isThrownBy(() -> PixelSize.of(1, side));
    }
    assertThatIllegalArgumentException().isThrownBy(() -> new Box(0, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> new Box(-1, 5));
  }

  @Test
  void aColourHasPartsFrom0To255() {
    assertThat(new Rgb(0, 10, 255)).hasToString("000aff");
    for (int part : new int[] {-1, 256, Integer.MAX_VALUE, Integer.MIN_VALUE}) {
      assertThatIllegalArgumentException().isThrownBy(() -> new Rgb(part, 0, 0));
      assertThatIllegalArgumentException().isThrownBy(() -> new Rgb(0, 0, part));
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1, 10.001, Double.NaN, Double.POSITIVE_INFINITY})
  void anAmountOutsideItsRangeIsRefused(double amount) {
    assertThatIllegalArgumentException().isThrownBy(() -> new Operation.Sharpen(amount));
  }
}
