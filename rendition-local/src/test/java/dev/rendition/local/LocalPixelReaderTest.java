package dev.rendition.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.rendition.Renditions;
import dev.rendition.asset.AssetInfo;
import dev.rendition.asset.AssetKey;
import dev.rendition.asset.AssetSource;
import dev.rendition.asset.MemoryAssetStore;
import dev.rendition.deliver.Placeholder;
import dev.rendition.recipe.NamedRecipe;
import dev.rendition.recipe.RecipeBook;
import dev.rendition.spi.Pixels;
import dev.rendition.testkit.Charts;
import dev.rendition.testkit.Encoded;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.Base64;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class LocalPixelReaderTest {
  private final LocalPixelReader reader = new LocalPixelReader();

  @Test
  void pixelsAreThoseTheJdkReads() throws Exception {
    for (BufferedImage drawn :
        List.of(
            Charts.gradient(37, 21),
            Charts.alphaEdge(16, 16),
            Charts.plain(1, 1, Color.ORANGE),
            Charts.orientation(24, 18))) {
      byte[] png = Encoded.png(drawn);
      Pixels pixels = reader.read(png);
      BufferedImage expected = Encoded.decode(png);
      assertThat(pixels.size().width()).isEqualTo(drawn.getWidth());
      assertThat(pixels.argb())
          .isEqualTo(
              expected.getRGB(
                  0,
                  0,
                  drawn.getWidth(),
                  drawn.getHeight(),
                  new int[pixels.argb().length],
                  0,
                  drawn.getWidth()));
    }
  }

  @Test
  void whatIsLargeOrNoPictureIsRefused() {
    assertThatIOException()
        .isThrownBy(() -> reader.read(Encoded.png(Charts.gradient(257, 2))))
        .withMessageContaining("257");
    assertThatIOException().isThrownBy(() -> reader.read(new byte[0]));
    assertThatIOException()
        .isThrownBy(
            () -> reader.read("no picture".getBytes(java.nio.charset.StandardCharsets.US_ASCII)));
  }

  @Property(tries = 200)
  void anyDamageIsAnIoException(@ForAll int position, @ForAll byte value) {
    byte[] png = Encoded.png(Charts.gradient(24, 18));
    png[Math.floorMod(position, png.length)] = value;
    try {
      assertThat(reader.read(png).argb()).isNotEmpty();
    } catch (java.io.IOException e) {
      assertThat(e.getMessage()).isNotBlank();
    }
  }

  @Test
  void aPlaceholderComesFromTheSameRequestAsTheRenditions() throws Exception {
    MemoryAssetStore originals = new MemoryAssetStore();
    MemoryAssetStore made = new MemoryAssetStore();
    RecipeBook book =
        RecipeBook.of(List.of(NamedRecipe.of("card", "fit:300,jpeg"), Placeholder.RECIPE));
    try (Renditions renditions =
        Renditions.builder()
            .originals(originals)
            .renditions(made)
            .generator(LocalRenditionGenerator.builder(originals, made).build())
            .recipes(book)
            .build()) {
      AssetKey key = AssetKey.of("acme", "plain.jpg");
      AssetInfo original =
          renditions.store(
              key,
              AssetSource.ofBytes(
                  Encoded.jpeg(Charts.plain(640, 480, new Color(200, 40, 40)), 0.95),
                  "image/jpeg"));
      assertThat(renditions.generate(original, book.all()).join().stored()).hasSize(2);
      Placeholder placeholder;
      try (var content = made.open(renditions.target(original, Placeholder.RECIPE))) {
        placeholder = Placeholder.of(content, reader);
      }
      assertThat(placeholder.dataUri()).startsWith("data:image/png;base64,").hasSizeLessThan(2_000);
      BufferedImage shown =
          Encoded.decode(
              Base64.getDecoder()
                  .decode(placeholder.dataUri().substring("data:image/png;base64,".length())));
      assertThat(shown.getWidth()).isEqualTo(24);
      assertThat(shown.getHeight()).isEqualTo(18);
      assertThat(placeholder.dominant().red()).isBetween(196, 204);
      assertThat(placeholder.dominant().green()).isBetween(36, 44);
      assertThat(Base64.getDecoder().decode(placeholder.thumbHash())).hasSizeBetween(15, 25);
    }
  }
}
