package dev.rendition.local.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.rendition.generate.FailureReason;
import dev.rendition.local.resample.Orientation;
import dev.rendition.recipe.FocalPoint;
import dev.rendition.recipe.PixelSize;
import dev.rendition.recipe.Recipe;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GeometryTest {
  /** Windows and sizes worked out by hand for a picture of 4000 × 3000. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // operations | left | top | width | height of the window | size
        "fit:1600 | 0 | 0 | 4000 | 3000 | 1600x1200",
        "fit:x300 | 0 | 0 | 4000 | 3000 | 400x300",
        "fit:9000 | 0 | 0 | 4000 | 3000 | 4000x3000",
        "fit:8000:enlarge | 0 | 0 | 4000 | 3000 | 8000x6000",
        "cover:800x800 | 500 | 0 | 3000 | 3000 | 800x800",
        "cover:800x800:w | 0 | 0 | 3000 | 3000 | 800x800",
        "cover:800x800:se | 1000 | 0 | 3000 | 3000 | 800x800",
        "cover:1000x250:n | 0 | 0 | 4000 | 1000 | 1000x250",
        "cover:1000x250:s | 0 | 2000 | 4000 | 1000 | 1000x250",
        "fill:100x200 | 0 | 0 | 4000 | 3000 | 100x200",
        "aspect:1:1 | 500 | 0 | 3000 | 3000 | 3000x3000",
        "aspect:2:1:s | 0 | 1000 | 4000 | 2000 | 4000x2000",
        "crop:100,200,300,400 | 100 | 200 | 300 | 400 | 300x400",
        "crop:10p,20p,50p,25p | 400 | 600 | 2000 | 750 | 2000x750",
        "fit:400,crop:100,100,200,100 | 1000 | 1000 | 2000 | 1000 | 200x100",
        "crop:1000,1000,2000,1000,fit:200 | 1000 | 1000 | 2000 | 1000 | 200x100",
        "rotate:90,crop:0,0,100,200 | 0 | 0 | 100 | 200 | 100x200",
        "crop:0,0,100,200,rotate:90 | 2800 | 0 | 200 | 100 | 200x100",
        "crop:0,0,100,200,rotate:180 | 3900 | 2800 | 100 | 200 | 100x200",
        "crop:0,0,100,200,flip:h | 3900 | 0 | 100 | 200 | 100x200",
        "crop:0,0,100,200,rotate:90,rotate:270 | 0 | 0 | 100 | 200 | 100x200",
      })
  void foldsARunOfOperationsIntoOneWindow(
      String operations, double left, double top, double width, double height, String size) {
    Geometry geometry = fold(PixelSize.of(4000, 3000), FocalPoint.CENTER, operations);
    assertThat(geometry.window().left()).isCloseTo(left, within(1e-6));
    assertThat(geometry.window().top()).isCloseTo(top, within(1e-6));
    assertThat(geometry.window().width()).isCloseTo(width, within(1e-6));
    assertThat(geometry.window().height()).isCloseTo(height, within(1e-6));
    assertThat(geometry.size()).hasToString(size);
    assertThat(geometry.finish()).isEqualTo(new Geometry.Finish.None());
  }

  /** The focal point stays in the middle as long as the picture's edge allows. */
  @ParameterizedTest
  @CsvSource({"0.5, 500", "0.25, 0", "0.375, 0", "0.4, 100", "0.6, 900", "1, 1000"})
  void coverKeepsTheFocalPointInTheMiddle(double x, double left) {
    Geometry geometry =
        fold(PixelSize.of(4000, 3000), new FocalPoint(x, 0.5), "cover:300x300:focus");
    assertThat(geometry.window().left()).isCloseTo(left, within(1e-6));
  }

  @Test
  void theFocalPointTurnsWithThePicture() {
    Geometry geometry =
        fold(
            PixelSize.of(4000, 3000), new FocalPoint(0.25, 0.5), "rotate:90,cover:3000x2000:focus");
    // Turned, the picture is 3000 × 4000 and the point lies at half its width and a quarter of its
    // height: row 1000.
    assertThat(geometry.window().top()).isCloseTo(0, within(1e-6));
    assertThat(geometry.turn()).isEqualTo(Orientation.QUARTER_TURN);
  }

  @Test
  void containPadsToTheBoxAroundTheMiddle() {
    Geometry geometry = fold(PixelSize.of(4000, 3000), FocalPoint.CENTER, "contain:800x800");
    assertThat(geometry.size()).isEqualTo(PixelSize.of(800, 600));
    assertThat(geometry.finish())
        .isEqualTo(new Geometry.Finish.Pad(PixelSize.of(800, 800), 0, 100));
  }

  @Test
  void theFirstOperationThatNeedsPixelsEndsTheRun() {
    assertThat(fold(PixelSize.of(40, 30), FocalPoint.CENTER, "fit:20,blur:1,fit:10").next())
        .isEqualTo(1);
  }

  @Test
  void enlargingAfterReducingIsNotFoldedForItWouldKeepDetailThatIsGone() {
    assertThat(fold(PixelSize.of(40, 30), FocalPoint.CENTER, "fit:4,fit:40:enlarge").next())
        .isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"crop:0,0,4001,1", "crop:3999,0,2,1", "crop:0,3000,1,1", "fit:10,crop:0,0,11,1"})
  void aCropOutsideThePictureIsRefusedWithTheNumbers(String operations) {
    assertThatThrownBy(() -> fold(PixelSize.of(4000, 3000), FocalPoint.CENTER, operations))
        .isInstanceOfSatisfying(
            StepException.class,
            e -> assertThat(e.reason()).isEqualTo(FailureReason.OPERATION_NOT_APPLICABLE))
        .hasMessageContaining("does not lie in the picture of");
  }

  @Property
  void aTurnAndItsInverseDoNothing(
      @ForAll @IntRange(min = 1, max = 8) int one, @ForAll @IntRange(min = 1, max = 8) int two) {
    Orientation first = Orientation.of(one);
    Orientation second = Orientation.of(two);
    assertThat(first.then(first.inverse())).isEqualTo(Orientation.UPRIGHT);
    assertThat(first.then(second).then(second.inverse())).isEqualTo(first);
  }

  @Property
  void theWindowNeverLeavesThePicture(
      @ForAll @IntRange(min = 1, max = 5000) int width,
      @ForAll @IntRange(min = 1, max = 5000) int height,
      @ForAll @IntRange(min = 1, max = 3000) int boxWidth,
      @ForAll @IntRange(min = 1, max = 3000) int boxHeight,
      @ForAll @IntRange(min = 0, max = 100) int x,
      @ForAll @IntRange(min = 0, max = 100) int y) {
    PixelSize picture = PixelSize.of(width, height);
    String operations = "cover:" + boxWidth + "x" + boxHeight + ":focus";
    Geometry geometry = fold(picture, new FocalPoint(x / 100.0, y / 100.0), operations);
    assertThat(geometry.window().left() + geometry.window().width())
        .isLessThanOrEqualTo(width + 1e-6);
    assertThat(geometry.window().top() + geometry.window().height())
        .isLessThanOrEqualTo(height + 1e-6);
    assertThat(geometry.size().width()).isLessThanOrEqualTo(boxWidth);
    assertThat(geometry.size().height()).isLessThanOrEqualTo(boxHeight);
  }

  private static Geometry fold(PixelSize picture, FocalPoint focus, String operations) {
    return Geometry.fold(
        picture, focus, List.copyOf(Recipe.parse(operations + ",png").operations()), 0);
  }
}
