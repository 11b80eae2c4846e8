package dev.rendition.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rendition.asset.AssetInfo;
import dev.rendition.asset.AssetKey;
import java.awt.image.BufferedImage;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An archive many times the size of the heap, in a Java machine of its own. */
class ZipHeapIT {
  private static final int PHOTOS = 1_000;

  @TempDir private Path folder;

  @Test
  void aThousandPhotosAreTakenInWithLittleHeap() throws Exception {
    byte[] photo = photo(700);
    byte[] large = photo(1_900);
    assertThat(large.length).isGreaterThan(2 << 20);
    Path archive = folder.resolve("photos.zip");
    try (ZipOutputStream zip =
        new ZipOutputStream(new BufferedOutputStream(Files.newOutputStream(archive)))) {
      zip.setLevel(1);
      for (int i = 0; i < PHOTOS; i++) {
        zip.putNextEntry(new ZipEntry("album/" + i % 10 + "/" + i + ".jpg"));
        write(zip, i % 50 == 0 ? large : photo, i);
      }
    }
    assertThat(Files.size(archive)).isGreaterThan(256L << 20);
    Path store = Files.createDirectory(folder.resolve("store"));
    Path temp = Files.createDirectory(folder.resolve("temp"));
    Process child =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xmx128m",
                    "-cp",
                    System.getProperty("java.class.path"),
                    ZipChild.class.getName(),
                    store.toString(),
                    archive.toString(),
                    temp.toString()))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try {
      String said = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(child.waitFor(120, TimeUnit.SECONDS)).as("ended in time").isTrue();
      assertThat(child.exitValue()).isZero();
      assertThat(said).startsWith("1000 of 1000 stored in a heap of 128 MiB");
    } finally {
      child.destroyForcibly();
    }
    Set<String> versions = new HashSet<>();
    try (FileAssetStore there = FileAssetStore.open(store);
        Stream<AssetInfo> listed = there.list("t", "in/album/")) {
      listed.forEach(info -> versions.add(info.version()));
      assertThat(there.stat(AssetKey.of("t", "in/album/3/3.jpg")).orElseThrow().length())
          .isEqualTo(photo.length + 8);
    }
    assertThat(versions).hasSize(PHOTOS);
    try (Stream<Path> left = Files.list(temp)) {
      assertThat(left).isEmpty();
    }
  }

  /** Writes a photo with a comment of its own behind its first marker. */
  private static void write(OutputStream out, byte[] photo, int number) throws IOException {
    out.write(photo, 0, 2);
    out.write(
        new byte[] {
          (byte) 0xff,
          (byte) 0xfe,
          0,
          6,
          (byte) (number >> 24),
          (byte) (number >> 16),
          (byte) (number >> 8),
          (byte) number
        });
    out.write(photo, 2, photo.length - 2);
  }

  private static byte[] photo(int side) throws IOException {
    BufferedImage image = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
    Random random = new Random(side);
    for (int i = 0; i < side * side; i++) {
      image.setRGB(i % side, i / side, random.nextInt(1 << 24));
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    assertThat(ImageIO.write(image, "jpg", out)).isTrue();
    return out.toByteArray();
  }
}
