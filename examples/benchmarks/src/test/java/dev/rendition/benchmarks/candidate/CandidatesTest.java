package dev.rendition.benchmarks.candidate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rendition.benchmarks.picture.Cutout;
import dev.rendition.benchmarks.picture.Lanczos;
import dev.rendition.benchmarks.picture.Luma;
import dev.rendition.benchmarks.picture.Pictures;
import java.awt.image.BufferedImage;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CandidatesTest {
  private static final BufferedImage DRAWING = Cutout.draw(810, 648);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "engine",
        "generator",
        "generator-all-cores",
        "thumbnailator-once",
        "thumbnailator-each",
        "imgscalr",
        "scrimage",
        "jdk-bicubic",
        "jdk-bilinear",
        "twelvemonkeys"
      })
  void everyCandidateMakesThePictureItIsAskedFor(String name) throws IOException {
    byte[] source = Pictures.jpeg(Pictures.scaled(DRAWING, 500, 400), false);
    Target target = Workload.W1.targets().get(0);
    try (Candidate candidate = Candidates.named(name)) {
      byte[] made = candidate.make(Workload.W1, source).getOrDefault(target, new byte[0]);
      Luma reference = Lanczos.scaled(Luma.of(Pictures.read(source)), 400, 320);
      assertThat(Luma.of(Pictures.read(made)).psnr(reference)).isGreaterThan(28);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"engine", "thumbnailator-once", "scrimage", "jdk-bicubic"})
  void transparencyLiesOnWhiteInAJpegAndStaysInAPng(String name) throws IOException {
    byte[] source = Pictures.png(DRAWING);
    Luma reference = Lanczos.scaled(Luma.of(DRAWING), 800, 640);
    try (Candidate candidate = Candidates.named(name)) {
      var made = candidate.make(Workload.W3, source);
      assertThat(made).containsOnlyKeys(Workload.W3.targets());
      for (byte[] file : made.values()) {
        assertThat(Luma.of(Pictures.read(file)).psnr(reference)).isGreaterThan(25);
      }
    }
  }

  @Test
  void anUnknownCandidateIsRefused() {
    assertThatThrownBy(() -> Candidates.named("nobody"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("there is no candidate nobody");
  }
}
