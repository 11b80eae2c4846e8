package dev.rendition.local.jpeg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Arithmetic coding, against coefficients known and streams that libjpeg-turbo coded. */
class JpegArithmeticTest {
  private static final int[] ONE = {1, 1};
  private static final int[] TWO = {2, 2};

  /** Streams of {@link #picture()} that libjpeg-turbo coded, by what is special about them. */
  static Map<String, byte[]> fixtures() throws IOException {
    Map<String, byte[]> fixtures = new LinkedHashMap<>();
    try (InputStream in = JpegArithmeticTest.class.getResourceAsStream("arithmetic.txt")) {
      assertThat(in).isNotNull();
      new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .map(line -> line.split(" ", 2))
          .forEach(line -> fixtures.put(line[0], Base64.getDecoder().decode(line[1])));
    }
    return fixtures;
  }

  private static JpegStream picture() {
    return new JpegStream(45, 37, TWO, ONE, ONE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sequential",
        "progressive",
        "restarts",
        "apart",
        "conditioned",
        "progressive-restarts"
      })
  void whatLibjpegCodedComesOutAsTheTransformDefinesIt(String name) throws IOException {
    JpegStream stream = picture();
    byte[] bytes = fixtures().get(name);
    for (int scale : new int[] {1, 2, 4, 8}) {
      Decoded decoded = Decoded.of(bytes, JpegLimits.DEFAULT.refusingDamage(), scale);
      assertThat(decoded.header.process()).startsWith("arithmetic");
      assertThat(decoded.result.warnings()).isEmpty();
      assertThat(decoded.result.share()).isEqualTo(1);
      for (int i = 0; i < 3; i++) {
        assertThat(
                Exact.largestDifference(decoded.planes.get(i), Exact.plane(stream, i, 8 / scale)))
            .as("plane %s at 1/%s", i, scale)
            .isLessThanOrEqualTo(1);
      }
    }
  }

  @Test
  void recodedStreamsHaveTheSameSamples(@TempDir Path folder) throws Exception {
    assumeTrue(ArithmeticRecoder.isInstalled(), "jpegtran is not installed");
    List<byte[]> streams =
        List.of(
            DrawnJpegs.of(333, 211, false, false, 0.9f),
            DrawnJpegs.of(97, 401, true, false, 0.3f),
            DrawnJpegs.of(640, 200, false, true, 0.99f),
            new JpegStream(77, 59, new int[] {3, 2}, new int[] {2, 1}, new int[] {1, 2}).build(),
            new JpegStream(9, 7, new int[] {4, 1}, TWO, ONE).build(),
            new JpegStream(1, 300, TWO).withWideQuant().build());
    for (byte[] stream : streams) {
      for (List<String> options :
          List.of(
              List.<String>of(),
              List.of("-progressive"),
              List.of("-restart", "3B"),
              List.of("-progressive", "-restart", "1"))) {
        byte[] recoded = ArithmeticRecoder.recode(stream, folder, options.toArray(String[]::new));
        for (int scale : new int[] {1, 4}) {
          assertSame(
              Decoded.of(recoded, JpegLimits.DEFAULT.refusingDamage(), scale), stream, scale);
        }
      }
    }
  }

  private static void assertSame(Decoded decoded, byte[] stream, int scale) throws IOException {
    assertThat(decoded.header.process()).startsWith("arithmetic");
    Decoded expected = Decoded.of(stream, scale);
    for (int i = 0; i < expected.planes.size(); i++) {
      assertThat(decoded.planes.get(i).samples()).isEqualTo(expected.planes.get(i).samples());
    }
  }

  @Test
  void aCutStreamShowsWhatCame() throws IOException {
    for (String name : List.of("sequential", "progressive", "restarts")) {
      byte[] whole = fixtures().get(name);
      byte[] cut = Arrays.copyOf(whole, whole.length * 6 / 10);
      Decoded decoded = Decoded.of(cut, 1);
      assertThat(decoded.result.warnings()).as(name).isNotEmpty();
      assertThat(decoded.result.share()).as(name).isBetween(0.1, 1.0);
      byte[] expected = Decoded.of(whole, 1).planes.get(0).samples();
      byte[] found = decoded.planes.get(0).samples();
      if (!name.equals("progressive")) {
        assertThat(decoded.result.share()).as(name).isLessThan(0.9);
        assertThat(Arrays.copyOf(found, 45 * 8)).isEqualTo(Arrays.copyOf(expected, 45 * 8));
      }
      assertThatThrownBy(() -> Decoded.of(cut, JpegLimits.DEFAULT.refusingDamage(), 1))
          .isInstanceOf(JpegException.class);
    }
  }

  @Test
  void zerosThatTheCoderLeftOutAreNoDamage() throws IOException {
    // A white picture: nearly all its decisions are the probable ones, whose code is zeros.
    byte[] white = fixtures().get("white");
    Decoded decoded = Decoded.of(white, JpegLimits.DEFAULT.refusingDamage(), 1);
    assertThat(decoded.result.share()).isEqualTo(1);
    for (byte sample : decoded.planes.get(0).samples()) {
      assertThat(sample & 0xff).isEqualTo(255);
    }
  }

  @Test
  void aMissingEndMarkerIsToldButLosesNothing() throws IOException {
    byte[] whole = fixtures().get("sequential");
    Decoded decoded = Decoded.of(Arrays.copyOf(whole, whole.length - 2), 1);
    assertThat(decoded.result.share()).isEqualTo(1);
    assertThat(decoded.result.warnings()).hasSize(1);
    assertThat(decoded.planes.get(0).samples())
        .isEqualTo(Decoded.of(whole, 1).planes.get(0).samples());
  }

  @ParameterizedTest
  @ValueSource(strings = {"0410", "00", "0001ff", "1000", "1040", "2005"})
  void conditioningAgainstTheRulesIsRefused(String payload) throws IOException {
    byte[] bytes = new byte[payload.length() / 2];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) Integer.parseInt(payload.substring(2 * i, 2 * i + 2), 16);
    }
    byte[] stream = picture().withFrameMarker(0xc9).withSegment(0xcc, "", bytes).build();
    assertThatThrownBy(() -> JpegHeader.read(new ByteArrayInputStream(stream), JpegLimits.DEFAULT))
        .isInstanceOf(JpegException.class)
        .hasMessageContaining("conditioning");
  }

  @Test
  void losslessAndHierarchicalArithmeticCodingIsLeftToOthers() throws IOException {
    for (int marker : new int[] {0xcb, 0xcd, 0xce, 0xcf}) {
      byte[] stream = picture().withFrameMarker(marker).build();
      JpegHeader header = JpegHeader.read(new ByteArrayInputStream(stream), JpegLimits.DEFAULT);
      assertThat(header.unsupportedBecause()).isPresent();
    }
  }
}
