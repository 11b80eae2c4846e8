package dev.rendition.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.rendition.asset.AssetContent;
import dev.rendition.asset.AssetKey;
import dev.rendition.asset.AssetSource;
import dev.rendition.asset.MemoryAssetStore;
import dev.rendition.generate.FailureReason;
import dev.rendition.generate.RenditionOutcome;
import dev.rendition.generate.RenditionRequest;
import dev.rendition.generate.RenditionSpec;
import dev.rendition.local.engine.SourceLimits;
import dev.rendition.recipe.Recipe;
import dev.rendition.testkit.Charts;
import dev.rendition.testkit.Encoded;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Sources that are damaged but partly readable: made the best of, or refused, as is configured. */
class DamagedSourcesTest {
  private static final AssetKey KEY = AssetKey.of("t", "source");
  private static final AssetKey TARGET = AssetKey.of("t", "made");
  private static final int WIDTH = 320;
  private static final int HEIGHT = 240;

  private static final BufferedImage CHART = Charts.orientation(WIDTH, HEIGHT);

  /** A file, and what the remark about its damage contains. */
  record Damaged(String name, AssetSource file, String remark) {
    static Damaged of(String name, byte[] file, String remark) {
      return new Damaged(name, AssetSource.ofBytes(file, "application/octet-stream"), remark);
    }

    @Override
    public String toString() {
      return name;
    }
  }

  static List<Damaged> damaged() throws IOException {
    byte[] jpeg = Encoded.jpeg(CHART, 0.9);
    byte[] gif = twoFrames();
    return List.of(
        Damaged.of("cut", Arrays.copyOf(jpeg, jpeg.length * 2 / 3), "end early"),
        Damaged.of("no end marker", Arrays.copyOf(jpeg, jpeg.length - 2), "end marker"),
        Damaged.of("a hole", hole(jpeg), "at byte"),
        Damaged.of("GIF cut", Arrays.copyOf(gif, gif.length - 9), "truncated"),
        Damaged.of("GIF with a stray byte", stray(gif), "GIF block"));
  }

  @ParameterizedTest
  @MethodSource("damaged")
  void isMadeTheBestOfAndSaidSo(Damaged damaged) throws IOException {
    try (MemoryAssetStore store = new MemoryAssetStore()) {
      RenditionOutcome outcome = make(store, damaged.file(), SourceLimits.DEFAULT, "png");
      assertThat(outcome).isInstanceOf(RenditionOutcome.Stored.class);
      assertThat(outcome.trace()).anySatisfy(line -> assertThat(line).contains(damaged.remark()));
      try (AssetContent content = store.open(TARGET)) {
        BufferedImage made = ImageIO.read(content.stream());
        assertThat(made.getWidth()).isEqualTo(WIDTH);
        assertThat(made.getHeight()).isEqualTo(HEIGHT);
        assertColour(made, WIDTH / 4, HEIGHT / 4, Charts.UPPER_LEFT);
        assertColour(made, WIDTH * 3 / 4, HEIGHT / 4, Charts.UPPER_RIGHT);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("damaged")
  void isRefusedWhereDamageIs(Damaged damaged) throws IOException {
    try (MemoryAssetStore store = new MemoryAssetStore()) {
      SourceLimits strict = SourceLimits.DEFAULT.refusingDamage();
      RenditionOutcome outcome = make(store, damaged.file(), strict, "png");
      assertThat(outcome).isInstanceOf(RenditionOutcome.Failed.class);
      RenditionOutcome.Failed failed = (RenditionOutcome.Failed) outcome;
      assertThat(failed.reason()).isEqualTo(FailureReason.SOURCE_DAMAGED);
      assertThat(failed.detail()).contains(damaged.remark());
      assertThat(store.stat(TARGET)).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"png", "gif,frames:all"})
  void aSoundAnimationPassesWhereDamageIsRefused(String recipe) throws IOException {
    try (MemoryAssetStore store = new MemoryAssetStore()) {
      SourceLimits strict = SourceLimits.DEFAULT.refusingDamage();
      assertThat(make(store, AssetSource.ofBytes(twoFrames(), "image/gif"), strict, recipe))
          .isInstanceOf(RenditionOutcome.Stored.class);
    }
  }

  @Test
  void aPngCutOffIsRefusedEitherWay() throws IOException {
    byte[] png = Encoded.png(Charts.gradient(WIDTH, HEIGHT));
    byte[] cut = Arrays.copyOf(png, png.length / 2);
    for (SourceLimits limits :
        List.of(SourceLimits.DEFAULT, SourceLimits.DEFAULT.refusingDamage())) {
      try (MemoryAssetStore store = new MemoryAssetStore()) {
        assertThat(make(store, AssetSource.ofBytes(cut, "image/png"), limits, "jpeg"))
            .isInstanceOfSatisfying(
                RenditionOutcome.Failed.class,
                failed -> assertThat(failed.reason()).isEqualTo(FailureReason.SOURCE_DAMAGED));
      }
    }
  }

  private static RenditionOutcome make(
      MemoryAssetStore store, AssetSource source, SourceLimits limits, String recipe)
      throws IOException {
    store.put(KEY, source);
    RenditionSpec spec = new RenditionSpec("best", Recipe.parse(recipe), TARGET);
    try (LocalRenditionGenerator generator =
        LocalRenditionGenerator.builder(store, store).limits(limits).threads(1).build()) {
      return generator.generate(RenditionRequest.of(KEY, List.of(spec))).join().outcomes().get(0);
    }
  }

  /** Returns the file with the coded data of its last quarter made zero. */
  private static byte[] hole(byte[] jpeg) {
    byte[] spoilt = jpeg.clone();
    Arrays.fill(spoilt, spoilt.length * 3 / 4, spoilt.length - 2, (byte) 0);
    return spoilt;
  }

  /** Returns the file with something else where its trailer should be. */
  private static byte[] stray(byte[] gif) {
    byte[] spoilt = gif.clone();
    spoilt[spoilt.length - 1] = 0x7f;
    return spoilt;
  }

  private static byte[] twoFrames() throws IOException {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("gif").next();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
      writer.setOutput(out);
      writer.prepareWriteSequence(writer.getDefaultStreamMetadata(writer.getDefaultWriteParam()));
      for (int i = 0; i < 2; i++) {
        writer.writeToSequence(
            new IIOImage(
                CHART,
                null,
                writer.getDefaultImageMetadata(
                    ImageTypeSpecifier.createFromRenderedImage(CHART),
                    writer.getDefaultWriteParam())),
            null);
      }
      writer.endWriteSequence();
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }

  private static void assertColour(BufferedImage picture, int x, int y, Color expected) {
    Color found = new Color(picture.getRGB(x, y));
    assertThat(found.getRed()).isCloseTo(expected.getRed(), within(12));
    assertThat(found.getGreen()).isCloseTo(expected.getGreen(), within(12));
    assertThat(found.getBlue()).isCloseTo(expected.getBlue(), within(12));
  }
}
