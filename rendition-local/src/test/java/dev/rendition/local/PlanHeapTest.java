package dev.rendition.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rendition.asset.AssetAttributes;
import dev.rendition.asset.AssetInfo;
import dev.rendition.asset.AssetKey;
import dev.rendition.layout.FingerprintLayout;
import dev.rendition.recipe.FocalPoint;
import dev.rendition.recipe.NamedRecipe;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A library is planned in a small heap: a Java machine of its own. */
class PlanHeapTest {
  private static final NamedRecipe CARD = NamedRecipe.of("card", "fit:80,jpeg");

  @TempDir private Path folder;

  @Test
  void someOriginalsArePlanned() throws Exception {
    write(200);
    assertThat(plan(32).get(0)).isEqualTo("200 originals, 300 missing, 20 stale, 0 orphans");
  }

  @Test
  @Tag("proof")
  void aHundredThousandOriginalsArePlannedInAMinuteWithLittleHeap() throws Exception {
    write(100_000);
    // The first look at files it did not write takes them into the store's books.
    List<String> unused = plan(48);
    List<String> said = plan(48);
    assertThat(said.get(0)).isEqualTo("100000 originals, 150000 missing, 10000 stale, 0 orphans");
    System.err.println("MiB held, milliseconds, estimate: " + said.subList(1, 4));
    assertThat(Long.parseLong(said.get(1))).as("MiB held by the plan").isLessThan(24);
    assertThat(Long.parseLong(said.get(2))).as("milliseconds").isLessThan(60_000);
  }

  /** Half of the originals have one of two renditions, each tenth one that is of no use now. */
  private void write(int originals) throws IOException {
    Path sources = Files.createDirectory(folder.resolve("originals"));
    Path made = Files.createDirectory(folder.resolve("renditions"));
    FingerprintLayout layout = new FingerprintLayout(Set.of("card", "hero"));
    FileAssetStore.open(sources).close();
    FileAssetStore.open(made).close();
    for (int i = 0; i < originals; i++) {
      write(sources, made, layout, i);
    }
  }

  private List<String> plan(int heap) throws Exception {
    Process child =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xmx" + heap + "m",
                    "-cp",
                    System.getProperty("java.class.path"),
                    PlanChild.class.getName(),
                    folder.resolve("originals").toString(),
                    folder.resolve("renditions").toString()))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try {
      String said = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(child.waitFor(1_800, TimeUnit.SECONDS)).as("ended in time").isTrue();
      assertThat(child.exitValue()).isZero();
      return said.lines().toList();
    } finally {
      child.destroyForcibly();
    }
  }

  /** Puts plain files into the folders, so that nobody waits for the disk. */
  private static void write(Path sources, Path made, FingerprintLayout layout, int i)
      throws IOException {
    AssetKey key = AssetKey.of("acme", "library/" + i % 100 + "/photo-" + i + ".jpg");
    byte[] bytes = ("photo " + i).getBytes(StandardCharsets.UTF_8);
    place(sources, key.toString(), bytes);
    AssetInfo info =
        new AssetInfo(
            key,
            bytes.length,
            "image/jpeg",
            HexFormat.of().formatHex(Hashes.sha256().digest(bytes)),
            Instant.EPOCH,
            AssetAttributes.NONE);
    if (i % 2 == 0) {
      place(made, layout.target(info, CARD, FocalPoint.CENTER).toString(), bytes);
    }
    if (i % 10 == 0) {
      place(made, key + "/card-0123456789abcdef.jpg", bytes);
    }
  }

  private static void place(Path folder, String name, byte[] bytes) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.write(file, bytes);
  }
}
