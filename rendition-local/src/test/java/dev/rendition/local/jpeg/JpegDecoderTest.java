package dev.rendition.local.jpeg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import dev.rendition.local.raster.Plane;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JpegDecoderTest {
  @ParameterizedTest
  @CsvSource({
    "320, 240, false, false, 0.9",
    "333, 211, false, false, 0.5",
    "333, 211, true, false, 0.9",
    "333, 211, false, true, 0.9",
    "97, 401, true, true, 0.3",
    "1, 1, false, true, 0.9",
    "2300, 40, false, false, 0.99",
  })
  void drawnPicturesComeOutAsTheJdkDecodesThem(
      int width, int height, boolean grey, boolean progressive, float quality) throws IOException {
    byte[] stream = DrawnJpegs.of(width, height, grey, progressive, quality);
    Decoded decoded = Decoded.of(stream, JpegLimits.DEFAULT.refusingDamage(), 1);
    Plane first = decoded.planes.get(0);
    assertThat(decoded.header.progressive()).isEqualTo(progressive);
    assertThat(Exact.psnr(first, DrawnJpegs.firstPlaneByJdk(stream))).isGreaterThan(50);
    for (int scale : new int[] {2, 4, 8}) {
      Plane reduced = Decoded.of(stream, scale).planes.get(0);
      assertThat(Exact.psnr(reduced, Exact.shrunk(first, scale)))
          .as("1/%s", scale)
          .isGreaterThan(width < 8 ? 20 : 26);
    }
  }

  @Test
  void aCutProgressiveStreamShowsTheScansThatCame() throws IOException {
    byte[] stream = DrawnJpegs.of(320, 240, false, true, 0.9f);
    Plane whole = Decoded.of(stream, 1).planes.get(0);
    double before = 0;
    for (int percent : new int[] {15, 40, 70, 100}) {
      byte[] cut = Arrays.copyOf(stream, stream.length * percent / 100);
      double psnr = Exact.psnr(Decoded.of(cut, 1).planes.get(0), whole);
      assertThat(psnr).as("%s %%", percent).isGreaterThanOrEqualTo(before);
      before = psnr;
    }
    assertThat(before).isEqualTo(99);
  }

  @Test
  void theBytesMayComeInAnyPieces() throws IOException {
    byte[] stream = DrawnJpegs.of(400, 300, false, false, 0.95f);
    byte[] whole = Decoded.of(stream, 1).planes.get(0).samples();
    byte[] pieces = new byte[whole.length];
    try (InputStream in = new Trickle(new ByteArrayInputStream(stream))) {
      JpegDecoder.open(in, JpegLimits.DEFAULT)
          .decode(
              1,
              (plane, first, count, samples, offset, stride) -> {
                for (int row = 0; plane == 0 && row < count; row++) {
                  System.arraycopy(
                      samples, offset + row * stride, pieces, (first + row) * 400, 400);
                }
              },
              () -> false);
    }
    assertThat(pieces).isEqualTo(whole);
  }

  @ParameterizedTest
  @CsvSource({"1, false", "2, false", "8, false", "1, true", "2, true", "4, true", "8, true"})
  void theMemoryNeededIsAnUpperBound(int scale, boolean progressive) throws IOException {
    byte[] stream = DrawnJpegs.of(2000, 1500, false, progressive, 0.9f);
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long needed = 0;
    long used = 0;
    for (int i = 0; i < 3; i++) {
      long before = threads.getCurrentThreadAllocatedBytes();
      JpegDecoder decoder = JpegDecoder.open(new ByteArrayInputStream(stream), JpegLimits.DEFAULT);
      decoder.decode(scale, (p, f, c, s, o, t) -> {}, () -> false);
      used = threads.getCurrentThreadAllocatedBytes() - before;
      needed = decoder.memoryNeeded(scale);
    }
    assertThat(used).isLessThanOrEqualTo(needed);
    assertThat(needed).isLessThan(used * 4);
  }

  @Test
  void tooManyScansAreRefused() throws IOException {
    byte[] stream = DrawnJpegs.of(64, 64, true, true, 0.9f);
    ByteArrayOutputStream many = new ByteArrayOutputStream();
    many.write(stream, 0, stream.length - 2);
    byte[] scan = {(byte) 0xff, (byte) 0xda, 0, 8, 1, 1, 0, 0, 0, 0x10, 0};
    for (int i = 0; i < 600; i++) {
      many.writeBytes(scan);
    }
    assertThatThrownBy(() -> Decoded.of(many.toByteArray(), 1))
        .isInstanceOfSatisfying(
            JpegException.class,
            e -> assertThat(e.kind()).isEqualTo(JpegException.Kind.OVER_LIMIT));
  }

  /** Gives a few bytes at a time. */
  private static final class Trickle extends FilterInputStream {
    private int turn;

    Trickle(InputStream in) {
      super(in);
    }

    @Override
    public int read(byte[] to, int offset, int length) throws IOException {
      turn++;
      return super.read(to, offset, Math.min(length, 1 + turn % 13));
    }
  }
}
