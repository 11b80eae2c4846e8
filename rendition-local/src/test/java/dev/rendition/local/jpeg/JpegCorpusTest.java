package dev.rendition.local.jpeg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.rendition.local.raster.Plane;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Compares with the JDK's decoder over real files: the folder named by the system property or the
 * environment variable {@code RENDITION_CORPUS}, and {@code RENDITION_PHOTOS} for large photos.
 */
class JpegCorpusTest {
  private static final long MOST_NANOS = 2_000_000_000L;

  private static Path folder(String name) {
    Optional<String> value =
        Optional.ofNullable(System.getProperty(name))
            .or(() -> Optional.ofNullable(System.getenv(name)));
    assumeTrue(value.isPresent(), name + " names no folder");
    return Path.of(value.orElseThrow());
  }

  private static List<Path> jpegs(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(f -> f.toString().toLowerCase(Locale.ROOT).matches(".*\\.jpe?g"))
          .sorted()
          .toList();
    }
  }

  /** Returns the column {@code expectation} of the corpus' manifest by path. */
  private static Map<String, String> expectations(Path corpus) throws IOException {
    Map<String, String> expectations = new TreeMap<>();
    for (String line : Files.readAllLines(corpus.resolve("MANIFEST.tsv"))) {
      String[] columns = line.split("\t", -1);
      expectations.put(columns[0], columns[11]);
    }
    return expectations;
  }

  @Test
  void soundFilesComeOutAsTheJdkDecodesThem() throws IOException {
    Path corpus = folder("RENDITION_CORPUS");
    Map<String, String> expectations = expectations(corpus);
    List<String> poor = new ArrayList<>();
    int compared = 0;
    for (Path file : jpegs(corpus)) {
      String name = corpus.relativize(file).toString().replace('\\', '/');
      byte[] bytes = Files.readAllBytes(file);
      if (!"ok".equals(expectations.get(name)) || !decodable(bytes)) {
        continue;
      }
      Decoded decoded = Decoded.of(bytes, 1);
      Plane expected;
      try {
        expected = DrawnJpegs.firstPlaneByJdk(bytes);
      } catch (IOException e) {
        continue;
      }
      Plane first = decoded.planes.get(0);
      boolean fullSize =
          first.width() == decoded.header.width() && first.height() == decoded.header.height();
      // An incomplete progressive file is smoothed by the other decoder, not by this one.
      if (fullSize && !name.contains("progressive.scan")) {
        compared++;
        double psnr = Exact.psnr(first, expected);
        if (psnr < 45) {
          poor.add(name + " " + psnr);
        }
      }
    }
    assertThat(poor).isEmpty();
    assertThat(compared).isGreaterThan(100);
  }

  private static boolean decodable(byte[] bytes) throws IOException {
    return JpegHeader.read(new java.io.ByteArrayInputStream(bytes), JpegLimits.DEFAULT)
        .unsupportedBecause()
        .isEmpty();
  }

  @Test
  void noFileCausesAnotherExceptionOrTakesLong() throws IOException {
    Path corpus = folder("RENDITION_CORPUS");
    for (Path file : jpegs(corpus)) {
      byte[] bytes = Files.readAllBytes(file);
      for (int scale : new int[] {1, 2, 8}) {
        for (JpegLimits limits : List.of(JpegLimits.DEFAULT, JpegLimits.DEFAULT.refusingDamage())) {
          long start = System.nanoTime();
          try {
            assertThat(Decoded.of(bytes, limits, scale).planes).isNotEmpty();
          } catch (JpegException e) {
            assertThat(e.getMessage()).isNotEmpty();
          }
          assertThat(System.nanoTime() - start).as("%s", file).isLessThan(MOST_NANOS);
        }
      }
    }
  }

  @Test
  @Tag("proof")
  void filesRecodedArithmeticallyHaveTheSameSamples(@TempDir Path scratch) throws Exception {
    Path corpus = folder("RENDITION_CORPUS");
    assumeTrue(ArithmeticRecoder.isInstalled(), "jpegtran is not installed");
    Map<String, String> expectations = expectations(corpus);
    int compared = 0;
    for (Path file : jpegs(corpus)) {
      byte[] bytes = Files.readAllBytes(file);
      String name = corpus.relativize(file).toString().replace('\\', '/');
      if (!"ok".equals(expectations.get(name)) || bytes.length > 400_000 || !decodable(bytes)) {
        continue;
      }
      for (String layout : List.of("-optimize", "-progressive")) {
        byte[] recoded = ArithmeticRecoder.recode(bytes, scratch, layout);
        if (recoded.length > 0) {
          compared++;
          List<Plane> expected = Decoded.of(bytes, 1).planes;
          List<Plane> found = Decoded.of(recoded, 1).planes;
          for (int i = 0; i < expected.size(); i++) {
            assertThat(found.get(i).samples())
                .as("%s %s, plane %s", name, layout, i)
                .isEqualTo(expected.get(i).samples());
          }
        }
      }
    }
    assertThat(compared).isGreaterThan(100);
  }

  @Test
  void photosAreTheSameAtEveryScale() throws IOException {
    for (Path file : jpegs(folder("RENDITION_PHOTOS"))) {
      byte[] bytes = Files.readAllBytes(file);
      Plane first = Decoded.of(bytes, 1).planes.get(0);
      assertThat(Exact.psnr(first, DrawnJpegs.firstPlaneByJdk(bytes)))
          .as("%s", file)
          .isGreaterThan(45);
      for (int scale : new int[] {2, 4, 8}) {
        Plane reduced = Decoded.of(bytes, scale).planes.get(0);
        assertThat(Exact.psnr(reduced, Exact.shrunk(first, scale)))
            .as("%s at 1/%s", file, scale)
            .isGreaterThan(35);
      }
    }
  }
}
