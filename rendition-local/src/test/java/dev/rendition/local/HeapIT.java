package dev.rendition.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rendition.asset.AssetKey;
import dev.rendition.asset.AssetSource;
import dev.rendition.local.jpeg.JpegAttachments;
import dev.rendition.local.jpeg.JpegEncoder;
import dev.rendition.local.jpeg.JpegSettings;
import dev.rendition.local.raster.Plane;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How little heap suffices for five renditions: each claim in a Java machine of its own. */
class HeapIT {
  private static final int TILE = 64;

  @TempDir private Path folder;

  @ParameterizedTest(name = "{0} x {1}, progressive {2}, in {3} MiB")
  @CsvSource({
    "12000, 8000, false, 48",
    "4000, 3000, false, 32",
    "6000, 4000, true, 160",
  })
  void fiveRenditionsFitIntoTheHeap(int width, int height, boolean progressive, int mebibytes)
      throws IOException, InterruptedException {
    Path file = folder.resolve("big.jpg");
    write(file, width, height, progressive);
    Path store = Files.createDirectory(folder.resolve("store"));
    try (FileAssetStore originals = FileAssetStore.open(store)) {
      originals.put(AssetKey.of("t", "big.jpg"), AssetSource.ofFile(file));
    }
    Process child =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xmx" + mebibytes + "m",
                    "-Djava.awt.headless=true",
                    "-cp",
                    System.getProperty("java.class.path"),
                    HeapChild.class.getName(),
                    store.toString(),
                    "big.jpg"))
            .inheritIO()
            .start();
    try {
      assertThat(child.waitFor(120, TimeUnit.SECONDS)).as("ended in time").isTrue();
      assertThat(child.exitValue()).isZero();
    } finally {
      child.destroyForcibly();
    }
  }

  /** Draws one row of tiles and repeats it: slopes with a little noise. */
  private static void write(Path file, int width, int height, boolean progressive)
      throws IOException {
    JpegSettings settings =
        JpegSettings.ofQuality(85)
            .with(JpegSettings.Tables.STANDARD)
            .with(progressive ? JpegSettings.Layout.PROGRESSIVE : JpegSettings.Layout.BASELINE);
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
      JpegEncoder.of(settings)
          .encode(
              tiles(width, height, 0),
              tiles((width + 1) / 2, (height + 1) / 2, 1),
              tiles((width + 1) / 2, (height + 1) / 2, 2),
              JpegAttachments.NONE,
              out);
    }
  }

  private static Plane tiles(int width, int height, int kind) {
    Plane plane = Plane.ofSize(width, height);
    byte[] samples = plane.samples();
    int noise = kind;
    int drawn = Math.min(TILE, height);
    for (int y = 0; y < drawn; y++) {
      for (int x = 0; x < width; x++) {
        noise = noise * 1_664_525 + 1_013_904_223;
        samples[y * width + x] = (byte) (80 + x % 97 / 2 + y + (noise >>> 28));
      }
    }
    for (int y = drawn; y < height; y++) {
      System.arraycopy(samples, (y - drawn) * width, samples, y * width, width);
    }
    return plane;
  }
}
