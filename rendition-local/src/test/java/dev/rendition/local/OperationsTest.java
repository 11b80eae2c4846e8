package dev.rendition.local;

import static dev.rendition.testkit.ImageAssert.assertThatImage;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rendition.asset.AssetContent;
import dev.rendition.asset.AssetKey;
import dev.rendition.asset.AssetSource;
import dev.rendition.asset.MemoryAssetStore;
import dev.rendition.generate.FailureReason;
import dev.rendition.generate.RenditionOutcome;
import dev.rendition.generate.RenditionRequest;
import dev.rendition.generate.RenditionSpec;
import dev.rendition.local.engine.Scaler;
import dev.rendition.recipe.FocalPoint;
import dev.rendition.recipe.Operation;
import dev.rendition.recipe.Recipe;
import dev.rendition.spi.ImageOperation;
import dev.rendition.spi.Pixels;
import dev.rendition.testkit.Charts;
import dev.rendition.testkit.Encoded;
import dev.rendition.testkit.Orientations;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What each operation makes of a drawn picture, seen through the generator and decoded by the JDK.
 */
class OperationsTest {
  private static final AssetKey SOURCE = AssetKey.of("t", "chart.png");
  private static final AssetKey TARGET = AssetKey.of("t", "made/chart");
  private static final AssetKey LOGO = AssetKey.of("brand", "logo.png");

  private final MemoryAssetStore store = new MemoryAssetStore();
  private final LocalRenditionGenerator generator =
      LocalRenditionGenerator.builder(store, store).threads(1).operation(new Inverted()).build();

  @AfterEach
  void close() {
    generator.close();
    store.close();
  }

  @Test
  void rotateTurnsClockwise() throws IOException {
    BufferedImage made = make(Charts.orientation(80, 40), "rotate:90,png");
    assertThatImage(made).hasSize(40, 80).hasPixelNear(30, 70, Charts.UPPER_RIGHT, 0);
    assertThatImage(made).hasPixelNear(10, 10, Charts.LOWER_LEFT, 0);
  }

  @Test
  void flipMirrors() throws IOException {
    assertThatImage(make(Charts.orientation(80, 40), "flip:h,png"))
        .hasPixelNear(5, 35, Charts.LOWER_RIGHT, 0);
    assertThatImage(make(Charts.orientation(80, 40), "flip:v,png"))
        .hasPixelNear(5, 5, Charts.LOWER_LEFT, 0);
  }

  @Test
  void greyTakesTheLumaOfBt601() throws IOException {
    // 0.299 × 208 + 0.587 × 32 + 0.114 × 32 = 84.6
    assertThatImage(make(Charts.plain(20, 20, Charts.UPPER_LEFT), "grey,png"))
        .hasPixelNear(9, 9, new Color(85, 85, 85), 1);
  }

  @Test
  void containPadsWithTheBackgroundAndPngStaysTransparentWithoutOne() throws IOException {
    BufferedImage red =
        make(Charts.plain(40, 20, Color.BLUE), "contain:40x40,background:ff0000,png");
    assertThatImage(red)
        .hasSize(40, 40)
        .isOpaque()
        .hasPixelNear(20, 2, Color.RED, 0)
        .hasPixelNear(20, 20, Color.BLUE, 0);
    BufferedImage clear = make(Charts.plain(40, 20, Color.BLUE), "contain:40x40,png");
    assertThat(clear.getRGB(20, 2) >>> 24).isZero();
    BufferedImage white = make(Charts.plain(40, 20, Color.BLUE), "contain:40x40:n,jpeg:95:444");
    assertThatImage(white).hasPixelNear(20, 36, Color.WHITE, 3).hasPixelNear(20, 8, Color.BLUE, 6);
  }

  @Test
  void blurSpreadsAnEdgeAndSharpenSteepensIt() throws IOException {
    BufferedImage edge = Charts.plain(40, 20, new Color(60, 60, 60));
    for (int y = 0; y < 20; y++) {
      for (int x = 20; x < 40; x++) {
        edge.setRGB(x, y, 0xffb4b4b4);
      }
    }
    // A Gaussian of standard deviation 2 leaves Φ(±0.25) of the step one half pixel from it: 60 +
    // 120 × 0.4013 = 108.2
    assertThatImage(make(edge, "blur:2,png")).hasPixelNear(19, 10, new Color(108, 108, 108), 2);
    // One half pixel from the step a blur of 1 holds Φ(-0.5) = 0.3085 of it: 60 - 0.3085 × 120 = 23
    assertThatImage(make(edge, "sharpen:1,png")).hasPixelNear(19, 10, new Color(23, 23, 23), 4);
    assertThatImage(make(edge, "sharpen:1,png")).hasPixelNear(3, 10, new Color(60, 60, 60), 0);
  }

  @Test
  void entropyKeepsThePartWithDetail() throws IOException {
    BufferedImage picture = Charts.plain(300, 100, Color.WHITE);
    picture.getRaster().setRect(210, 0, Charts.photo(80, 100, 3).getRaster());
    BufferedImage made = make(picture, "cover:100x100:entropy,png");
    assertThatImage(made).hasSize(100, 100);
    long white =
        Arrays.stream(made.getRGB(0, 0, 100, 100, null, 0, 100))
            .filter(p -> p == 0xffffffff)
            .count();
    assertThat(white).isLessThan(3_000);
  }

  @Test
  void aWatermarkLiesInItsCornerAsWideAndAsOpaqueAsTold() throws IOException {
    store.put(LOGO, AssetSource.ofBytes(Encoded.png(Charts.plain(30, 10, Color.RED)), "image/png"));
    BufferedImage made =
        make(Charts.plain(200, 100, Color.WHITE), "watermark:brand!logo.png:se:50:30,png");
    // 30 % of 200 is 60 wide, so 20 high: from (140, 80) on
    assertThatImage(made).hasPixelNear(170, 90, new Color(255, 128, 128), 1);
    assertThatImage(made)
        .hasPixelNear(137, 90, Color.WHITE, 0)
        .hasPixelNear(170, 77, Color.WHITE, 0);
  }

  @Test
  void aWatermarkThatIsNotThereFailsItsSpecOnly() throws IOException {
    store.put(
        SOURCE, AssetSource.ofBytes(Encoded.png(Charts.plain(20, 20, Color.RED)), "image/png"));
    RenditionSpec broken =
        new RenditionSpec("broken", Recipe.parse("watermark:brand!none.png,png"), TARGET);
    RenditionSpec sound =
        new RenditionSpec("sound", Recipe.parse("png"), AssetKey.of("t", "made/sound"));
    List<RenditionOutcome> outcomes =
        generator.generate(RenditionRequest.of(SOURCE, List.of(broken, sound))).join().outcomes();
    assertThat(outcomes.get(0))
        .isInstanceOfSatisfying(
            RenditionOutcome.Failed.class,
            failed -> {
              assertThat(failed.reason()).isEqualTo(FailureReason.OPERATION_NOT_APPLICABLE);
              assertThat(failed.detail()).contains("brand/none.png");
            });
    assertThat(outcomes.get(1)).isInstanceOf(RenditionOutcome.Stored.class);
  }

  @Test
  void aCustomOperationIsFoundByItsName() throws IOException {
    assertThatImage(make(Charts.plain(20, 20, Color.RED), "x-invert:all,png"))
        .hasPixelNear(9, 9, Color.CYAN, 0);
  }

  @Test
  void anUnknownCustomOperationSaysWhichThereAre() throws IOException {
    RenditionOutcome outcome = outcome(Charts.plain(20, 20, Color.RED), "x-missing,png");
    assertThat(outcome)
        .isInstanceOfSatisfying(
            RenditionOutcome.Failed.class,
            failed -> assertThat(failed.detail()).contains("x-missing", "x-invert"));
  }

  @Test
  void maxLowersTheQualityUntilTheResultIsSmallEnough() throws IOException {
    RenditionOutcome outcome = outcome(Charts.photo(400, 300, 7), "jpeg:95,max:20k");
    assertThat(outcome)
        .isInstanceOfSatisfying(
            RenditionOutcome.Stored.class,
            stored -> assertThat(stored.bytes()).isBetween(15_000L, 20_000L));
  }

  @Test
  void aCeilingNobodyCanReachIsSaidWithTheNumbers() throws IOException {
    RenditionOutcome outcome = outcome(Charts.photo(400, 300, 7), "png,max:100");
    assertThat(outcome)
        .isInstanceOfSatisfying(
            RenditionOutcome.Failed.class,
            failed ->
                assertThat(failed.detail()).contains("may have 100", "make the picture smaller"));
  }

  @Test
  void geometryAfterAPixelOperationWorksOnItsResult() throws IOException {
    BufferedImage made =
        make(Charts.orientation(80, 40), "contain:80x80,rotate:90,crop:20,0,40,80,flip:h,png");
    assertThatImage(made).hasSize(40, 80).hasPixelNear(10, 70, Charts.UPPER_RIGHT, 0);
  }

  @Test
  void theFocalPointOfTheRequestIsKept() throws IOException {
    BufferedImage picture = Charts.plain(300, 100, Color.WHITE);
    picture.setRGB(250, 50, 0xff000000);
    store.put(SOURCE, AssetSource.ofBytes(Encoded.png(picture), "image/png"));
    RenditionSpec spec = new RenditionSpec("spot", Recipe.parse("aspect:1:1:focus,png"), TARGET);
    generator.generate(RenditionRequest.of(SOURCE, spec).around(new FocalPoint(0.8, 0.5))).join();
    assertThatImage(read()).hasSize(100, 100).hasPixelNear(60, 50, Color.BLACK, 0);
  }

  @ParameterizedTest
  @EnumSource(Scaler.class)
  void bothScalersMakeTheSamePictureUpright(Scaler scaler) throws IOException {
    try (LocalRenditionGenerator other =
        LocalRenditionGenerator.builder(store, store).threads(1).scaler(scaler).build()) {
      for (int orientation = 1; orientation <= 8; orientation++) {
        byte[] jpeg = Orientations.jpeg(Charts.orientation(240, 160), orientation, 0.95);
        store.put(SOURCE, AssetSource.ofBytes(jpeg, "image/jpeg"));
        RenditionSpec spec = new RenditionSpec("small", Recipe.parse("fit:120,png"), TARGET);
        assertThat(other.generate(RenditionRequest.of(SOURCE, spec)).join().failed()).isEmpty();
        assertThatImage(read()).hasSize(120, 80).isUprightOrientationChart(12);
      }
    }
  }

  /** Java 17 has no exhaustive pattern switch, so this test stands in for the compiler. */
  @Test
  void everyPermittedOperationHasAStep() throws IOException {
    store.put(LOGO, AssetSource.ofBytes(Encoded.png(Charts.plain(30, 10, Color.RED)), "image/png"));
    Recipe one =
        Recipe.parse(
            "fit:90,crop:0,0,80,40,aspect:3:2,rotate:90,flip:h,background:ffffff,sharpen:1,blur:1,grey,"
                + "watermark:brand!logo.png,x-invert:all,png");
    assertThat(one.operations().stream().map(Object::getClass).collect(Collectors.toSet()))
        .isEqualTo(Set.copyOf(Arrays.asList(Operation.class.getPermittedSubclasses())));
    assertThat(outcome(Charts.photo(120, 90, 1), one.toString()))
        .isInstanceOf(RenditionOutcome.Stored.class);
  }

  private BufferedImage make(BufferedImage picture, String recipe) throws IOException {
    assertThat(outcome(picture, recipe)).isInstanceOf(RenditionOutcome.Stored.class);
    return read();
  }

  private RenditionOutcome outcome(BufferedImage picture, String recipe) throws IOException {
    store.put(SOURCE, AssetSource.ofBytes(Encoded.png(picture), "image/png"));
    RenditionSpec spec = new RenditionSpec("tried", Recipe.parse(recipe), TARGET);
    return generator.generate(RenditionRequest.of(SOURCE, spec)).join().outcomes().get(0);
  }

  private BufferedImage read() throws IOException {
    try (AssetContent content = store.open(TARGET)) {
      return ImageIO.read(new ByteArrayInputStream(content.stream().readAllBytes()));
    }
  }

  /** Turns colours to their opposites. */
  private static final class Inverted implements ImageOperation {
    @Override
    public String name() {
      return "x-invert";
    }

    @Override
    public Pixels apply(Pixels picture, List<String> arguments) {
      for (int i = 0; i < picture.argb().length; i++) {
        picture.argb()[i] ^= 0xffffff;
      }
      return picture;
    }
  }
}
