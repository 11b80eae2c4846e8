package dev.rendition.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.rendition.asset.AssetContent;
import dev.rendition.asset.AssetKey;
import dev.rendition.asset.AssetSource;
import dev.rendition.asset.MemoryAssetStore;
import dev.rendition.generate.RenditionRequest;
import dev.rendition.generate.RenditionSpec;
import dev.rendition.recipe.Recipe;
import dev.rendition.testkit.Encoded;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Sources of kinds that are seldom seen, through the generator. */
class RareSourcesTest {
  private static byte[] jpeg(String name) throws IOException {
    try (InputStream in = RareSourcesTest.class.getResourceAsStream("jpeg/arithmetic.txt")) {
      assertThat(in).isNotNull();
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> line.startsWith(name + " "))
          .map(line -> Base64.getDecoder().decode(line.substring(name.length() + 1)))
          .findFirst()
          .orElseThrow();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"sequential", "progressive", "restarts", "apart", "conditioned"})
  void anArithmeticJpegMakesTheSameBytesAsItsHuffmanCodedTwin(String name) throws IOException {
    List<String> recipes = List.of("png", "jpeg:80", "fit:20,jpeg:80", "fit:9,png");
    assertThat(made(jpeg(name), recipes)).isEqualTo(made(jpeg("huffman"), recipes));
  }

  /** The JDK's decoder interpolates chroma linearly too; it is an independent one. */
  @ParameterizedTest
  @CsvSource({"5, 5", "7, 7", "40, 30", "61, 47"})
  void chromaAtHalfTheSizeIsEnlargedAsOtherDecodersDoIt(int width, int height) throws IOException {
    BufferedImage drawn = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        boolean left = 2 * x < width;
        drawn.setRGB(x, y, left == 2 * y < height ? 0xd02010 + 3 * x : 0x1040e0 + 0x300 * y);
      }
    }
    byte[] jpeg = Encoded.jpeg(drawn, 0.95);
    BufferedImage expected = ImageIO.read(new ByteArrayInputStream(jpeg));
    byte[] png = Base64.getDecoder().decode(made(jpeg, List.of("png")).get(0));
    BufferedImage found = ImageIO.read(new ByteArrayInputStream(png));
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        for (int shift = 0; shift <= 16; shift += 8) {
          assertThat(found.getRGB(x, y) >> shift & 0xff)
              .as("%s, %s", x, y)
              .isCloseTo(expected.getRGB(x, y) >> shift & 0xff, within(3));
        }
      }
    }
  }

  private static List<String> made(byte[] source, List<String> recipes) throws IOException {
    AssetKey key = AssetKey.of("t", "source");
    try (MemoryAssetStore store = new MemoryAssetStore();
        LocalRenditionGenerator generator = LocalRenditionGenerator.builder(store, store).build()) {
      store.put(key, AssetSource.ofBytes(source, "image/jpeg"));
      List<RenditionSpec> specs =
          recipes.stream()
              .map(
                  text ->
                      new RenditionSpec(
                          text,
                          Recipe.parse(text),
                          AssetKey.of("t", "made/" + recipes.indexOf(text))))
              .toList();
      assertThat(generator.generate(RenditionRequest.of(key, specs)).join().failed()).isEmpty();
      List<String> bytes = new java.util.ArrayList<>();
      for (RenditionSpec spec : specs) {
        try (AssetContent content = store.open(spec.target())) {
          bytes.add(Base64.getEncoder().encodeToString(content.stream().readAllBytes()));
        }
      }
      return bytes;
    }
  }
}
