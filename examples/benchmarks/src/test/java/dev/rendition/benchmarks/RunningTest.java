package dev.rendition.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.rendition.benchmarks.candidate.Workload;
import dev.rendition.benchmarks.picture.Cutout;
import dev.rendition.benchmarks.picture.Pictures;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunningTest {
  @TempDir Path folder;

  private Running engine() throws IOException {
    return new Running(
        Contender.ours(Contender.OURS, "ours").with("-Xmx64m"), 1, folder.resolve("log"));
  }

  @Test
  void aChildTellsWhatItSpentAndMade() throws IOException {
    Path source =
        Files.write(
            folder.resolve("a.jpg"),
            Pictures.jpeg(Pictures.scaled(Cutout.draw(500, 400), 500, 400), false));
    try (Running running = engine()) {
      running.load(List.of(source));
      Sample sample = running.round(Workload.W1);
      assertThat(sample.cpu()).isPositive();
      assertThat(sample.wall()).isPositive();
      assertThat(sample.peakHeap()).isBetween(1L, 64L << 20);
      running.save(Workload.W1, 0, folder.resolve("made"));
      assertThat(folder.resolve("made/400.jpg")).hasSize(sample.bytes());
    }
  }

  @Test
  void theFloorIsMeasuredWithoutTheStartOfItsPrograms() throws IOException {
    assumeFalse(
        Machine.version("bash", "-c", "type djpeg cjpeg").equals("not installed"),
        "djpeg and cjpeg of libjpeg-turbo are not installed");
    BufferedImage drawing = Pictures.scaled(Cutout.draw(3200, 2400), 3200, 2400);
    Path source = Files.write(folder.resolve("a.jpg"), Pictures.jpeg(drawing, false));
    Files.write(folder.resolve("a.jpg.400.ppm"), Pictures.ppm(Pictures.scaled(drawing, 400, 300)));
    BufferedImage block = Pictures.scaled(drawing, 8, 8);
    Files.write(folder.resolve("tiny.jpg"), Pictures.jpeg(block, false));
    Files.write(folder.resolve("tiny.ppm"), Pictures.ppm(block));
    try (Running running =
        new Running(Contender.floor(Path.of("floor")), 1, folder.resolve("log"))) {
      running.load(List.of(source));
      assertThat(running.round(Workload.W1).cpu()).isBetween(0.002, 2.0);
      assertThatThrownBy(() -> running.round(Workload.W4))
          .hasMessageContaining("the floor does not know W4");
    }
  }

  @Test
  void aChildThatFailsSaysWhy() throws IOException {
    Path source = Files.write(folder.resolve("a.jpg"), new byte[] {1, 2, 3});
    try (Running running = engine()) {
      running.load(List.of(source));
      assertThatThrownBy(() -> running.round(Workload.W1))
          .isInstanceOf(IOException.class)
          .hasMessageStartingWith("engine answered error\t");
    }
  }
}
