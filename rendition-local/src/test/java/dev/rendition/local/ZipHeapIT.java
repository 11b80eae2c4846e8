package dev.rendition.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.CRC32;
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
    byte[] photo = photo(560);
    byte[] large = photo(2_000);
    assertThat(large.length).isGreaterThan(2 << 20);
    Path archive = folder.resolve("photos.zip");
    try (ZipOutputStream zip =
        new ZipOutputStream(new BufferedOutputStream(Files.newOutputStream(archive)))) {
      zip.setLevel(1);
      for (int i = 0; i < PHOTOS; i++) {
        byte[] bytes = numbered(i % 50 == 0 ? large : photo, i);
        ZipEntry entry = new ZipEntry("album/" + i % 10 + "/" + i + ".jpg");
        if (i % 4 > 0) {
          CRC32 crc = new CRC32();
          crc.update(bytes);
          entry.setMethod(ZipEntry.STORED);
          entry.setSize(bytes.length);
          entry.setCrc(crc.getValue());
        }
        zip.putNextEntry(entry);
        zip.write(bytes);
      }
    }
    assertThat(Files.size(archive)).isGreaterThan(200L << 20);
    Path temp = Files.createDirectory(folder.resolve("temp"));
    Process child =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xmx128m",
                    "-cp",
                    System.getProperty("java.class.path"),
                    ZipChild.class.getName(),
                    archive.toString(),
                    temp.toString()))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try {
      String said = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(child.waitFor(120, TimeUnit.SECONDS)).as("ended in time").isTrue();
      assertThat(child.exitValue()).isZero();
      assertThat(said).startsWith("1000 of 1000 stored, 1000 different, in a heap of 128 MiB");
    } finally {
      child.destroyForcibly();
    }
    try (Stream<Path> left = Files.list(temp)) {
      assertThat(left).isEmpty();
    }
  }

  /** Returns a photo with a comment of its own behind its first marker. */
  private static byte[] numbered(byte[] photo, int number) {
    return ByteBuffer.allocate(photo.length + 8)
        .put(photo, 0, 2)
        .putInt(0xfffe_0006)
        .putInt(number)
        .put(photo, 2, photo.length - 2)
        .array();
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
