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
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The chunks of a PNG that say what its numbers mean as colours. */
class PngColoursTest {
  private static final int[] DRAWN = {
    0xc83c1e, 0x1ea05a, 0x404040, 0x808080, 0x1428dc, 0xfaf00a, 0x080808, 0xffffff
  };
  private static final int PATCH = 8;
  private static final long[] SRGB = {31270, 32900, 64000, 33000, 30000, 60000, 15000, 6000};
  private static final long[] ADOBE = {31270, 32900, 64000, 33000, 21000, 71000, 15000, 6000};
  private static final long[] PROPHOTO = {34567, 35850, 73469, 26531, 15956, 84040, 3660, 10};

  /** What Chromium 156 draws on a canvas of sRGB. */
  @ParameterizedTest
  @CsvSource({
    "SRGB, 100000, e58560 60d0a0 898989 bcbcbc 4f6eef fdf838 323232 ffffff",
    "SRGB, 62500, d75933 32b778 5d5d5d 9c9c9c 2340e6 fbf411 0d0d0d ffffff",
    "ADOBE, 45455, e73915 00a155 3e3e3e 818181 0023e1 fef000 020202 ffffff",
    "PROPHOTO, 55556, ff0016 00c05e 515151 929292 0038f2 fff100 060606 ffffff"
  })
  void gammaAndChromaticitiesAreAppliedAsABrowserDoes(String space, long gamma, String expected)
      throws IOException {
    long[] points = space.equals("SRGB") ? SRGB : space.equals("ADOBE") ? ADOBE : PROPHOTO;
    assertColours(made(with(drawn(), gama(gamma), chrm(points))), expected, 3);
  }

  @Test
  void theNumbersOfSrgbLeaveTheSamplesAlone() throws IOException {
    assertThat(made(with(drawn(), gama(45_455), chrm(SRGB)))).isEqualTo(DRAWN);
  }

  @Test
  void gammaAloneLeavesTheSamplesAlone() throws IOException {
    assertThat(made(with(drawn(), gama(100_000)))).isEqualTo(DRAWN);
    assertThat(made(with(drawn(), chrm(ADOBE)))).isEqualTo(DRAWN);
  }

  @Test
  void anSrgbChunkCountsMoreThanNumbers() throws IOException {
    byte[] srgb = chunk("sRGB", new byte[1]);
    assertThat(made(with(drawn(), gama(100_000), chrm(ADOBE), srgb))).isEqualTo(DRAWN);
  }

  @ParameterizedTest
  @CsvSource({"0, 31270, 32900", "4294967295, 31270, 32900", "55556, 31270, 0", "55556, 0, 0"})
  void coloursThatCannotBeAreIgnored(long gamma, long whiteX, long whiteY) throws IOException {
    long[] points = SRGB.clone();
    points[0] = whiteX;
    points[1] = whiteY;
    assertThat(made(with(drawn(), gama(gamma), chrm(points)))).isEqualTo(DRAWN);
  }

  @Test
  void primariesOnOneLineAreIgnored() throws IOException {
    long[] line = {31270, 32900, 10000, 10000, 20000, 20000, 30000, 30000};
    assertThat(made(with(drawn(), gama(55_556), chrm(line)))).isEqualTo(DRAWN);
  }

  /** The light of a grey is its value to the power of 1/0.625, in the curve of sRGB. */
  @Test
  void aGreyPictureHasTheToneCurveAlone() throws IOException {
    BufferedImage grey = new BufferedImage(PATCH, PATCH, BufferedImage.TYPE_BYTE_GRAY);
    for (int i = 0; i < PATCH * PATCH; i++) {
      grey.getRaster().setSample(i % PATCH, i / PATCH, 0, 64);
    }
    BufferedImage found = png(with(Encoded.png(grey), gama(62_500), chrm(ADOBE)));
    assertThat(found.getRGB(3, 3) & 0xff).isCloseTo(0x5d, within(1));
  }

  private static byte[] drawn() {
    BufferedImage image =
        new BufferedImage(PATCH * DRAWN.length, PATCH, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < image.getWidth() * PATCH; i++) {
      int x = i % image.getWidth();
      image.setRGB(x, i / image.getWidth(), DRAWN[x / PATCH]);
    }
    return Encoded.png(image);
  }

  /** Puts chunks behind the header, which ends at byte 33. */
  private static byte[] with(byte[] png, byte[]... chunks) {
    int size = png.length;
    for (byte[] each : chunks) {
      size += each.length;
    }
    ByteBuffer out = ByteBuffer.allocate(size).put(png, 0, 33);
    for (byte[] each : chunks) {
      out.put(each);
    }
    return out.put(png, 33, png.length - 33).array();
  }

  private static byte[] gama(long gamma) {
    return chunk("gAMA", ByteBuffer.allocate(4).putInt((int) gamma).array());
  }

  private static byte[] chrm(long[] points) {
    ByteBuffer data = ByteBuffer.allocate(32);
    for (long point : points) {
      data.putInt((int) point);
    }
    return chunk("cHRM", data.array());
  }

  private static byte[] chunk(String type, byte[] data) {
    byte[] name = type.getBytes(StandardCharsets.US_ASCII);
    CRC32 crc = new CRC32();
    crc.update(name);
    crc.update(data);
    return ByteBuffer.allocate(12 + data.length)
        .putInt(data.length)
        .put(name)
        .put(data)
        .putInt((int) crc.getValue())
        .array();
  }

  private static int[] made(byte[] png) throws IOException {
    BufferedImage picture = png(png);
    int[] found = new int[DRAWN.length];
    for (int i = 0; i < found.length; i++) {
      found[i] = picture.getRGB(i * PATCH + PATCH / 2, PATCH / 2) & 0xffffff;
    }
    return found;
  }

  private static BufferedImage png(byte[] source) throws IOException {
    AssetKey key = AssetKey.of("t", "source.png");
    AssetKey target = AssetKey.of("t", "made.png");
    RenditionSpec spec = new RenditionSpec("own", Recipe.parse("png"), target);
    try (MemoryAssetStore store = new MemoryAssetStore();
        LocalRenditionGenerator generator =
            LocalRenditionGenerator.builder(store, store).threads(1).build()) {
      store.put(key, AssetSource.ofBytes(source, "image/png"));
      assertThat(generator.generate(RenditionRequest.of(key, List.of(spec))).join().failed())
          .isEmpty();
      try (AssetContent content = store.open(target)) {
        return ImageIO.read(content.stream());
      }
    }
  }

  private static void assertColours(int[] found, String expected, int off) {
    List<Integer> wanted = new ArrayList<>();
    for (String hex : expected.split(" ", -1)) {
      wanted.add(Integer.parseInt(hex, 16));
    }
    assertThat(found).hasSize(wanted.size());
    for (int i = 0; i < found.length; i++) {
      for (int shift = 0; shift <= 16; shift += 8) {
        assertThat(found[i] >> shift & 0xff)
            .as("patch %s, expected %06x, found %06x", i, wanted.get(i), found[i])
            .isCloseTo(wanted.get(i) >> shift & 0xff, within(off));
      }
    }
  }
}
