package dev.rendition.local.jpeg;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tag;

/** Damaged streams: nothing but {@link JpegException}, all rows given, and soon. */
class JpegMutantTest {
  private static final long MOST_NANOS = 2_000_000_000L;
  private static final JpegLimits LIMITS = new JpegLimits(4_000_000, 100, 1 << 20, false);
  private static final List<byte[]> SEEDS = seeds();

  private static List<byte[]> seeds() {
    int[] one = {1, 1};
    try {
      List<byte[]> seeds = new ArrayList<>();
      seeds.add(DrawnJpegs.of(96, 64, false, false, 0.8f));
      seeds.add(DrawnJpegs.of(96, 64, false, true, 0.8f));
      seeds.add(DrawnJpegs.of(40, 30, true, true, 0.5f));
      seeds.add(new JpegStream(50, 40, new int[] {2, 2}, one, one).withRestartInterval(2).build());
      seeds.add(new JpegStream(50, 40, new int[] {3, 1}, one, one).withScansApart().build());
      seeds.add(new JpegStream(30, 40, one).withHeightAfterFirstScan().build());
      seeds.add(new JpegStream(30, 40, one, one, new int[] {2, 4}).withWideQuant().build());
      seeds.addAll(JpegArithmeticTest.fixtures().values());
      return seeds;
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Property(tries = 2_000, seed = "20240229", shrinking = ShrinkingMode.OFF)
  void mutantsAreDecodedOrRefused(@ForAll long seed) throws IOException {
    check(seed);
  }

  @Tag("proof")
  @Property(tries = 100_000, shrinking = ShrinkingMode.OFF)
  void manyMutantsAreDecodedOrRefused(@ForAll long seed) throws IOException {
    check(seed);
  }

  private static void check(long seed) throws IOException {
    Random random = new Random(seed);
    byte[] mutant = mutate(SEEDS.get(random.nextInt(SEEDS.size())), random);
    int scale = 1 << random.nextInt(4);
    long start = System.nanoTime();
    try {
      Decoded decoded = Decoded.of(mutant, random.nextBoolean() ? LIMITS : strict(), scale);
      assertThat(decoded.result.share()).isBetween(0.0, 1.0);
    } catch (JpegException e) {
      assertThat(e).hasMessageContaining("at byte");
      assertThat(e.offset()).isBetween(0L, (long) mutant.length);
    }
    assertThat(System.nanoTime() - start).isLessThan(MOST_NANOS);
  }

  private static JpegLimits strict() {
    return LIMITS.refusingDamage();
  }

  private static byte[] mutate(byte[] seed, Random random) {
    byte[] bytes = seed.clone();
    for (int n = 1 + random.nextInt(8); n > 0 && bytes.length > 4; n--) {
      int at = random.nextInt(4) == 0 ? random.nextInt(bytes.length) : header(bytes, random);
      switch (random.nextInt(6)) {
        case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
        case 1 -> bytes[at] = (byte) random.nextInt(256);
        case 2 -> bytes[at] = (byte) (random.nextBoolean() ? 0xff : 0);
        case 3 -> bytes = Arrays.copyOf(bytes, bytes.length - random.nextInt(bytes.length / 2));
        case 4 -> bytes = moved(bytes, at, random.nextInt(bytes.length), random.nextInt(64));
        default -> bytes[at] = (byte) (0xc0 + random.nextInt(0x30));
      }
    }
    return bytes;
  }

  private static int header(byte[] bytes, Random random) {
    return random.nextInt(Math.min(bytes.length, 700));
  }

  /** Copies some bytes to elsewhere, which moves the rest. */
  private static byte[] moved(byte[] bytes, int from, int to, int count) {
    int length = Math.min(count, bytes.length - from);
    byte[] out = new byte[bytes.length + length];
    System.arraycopy(bytes, 0, out, 0, to);
    System.arraycopy(bytes, from, out, to, length);
    System.arraycopy(bytes, to, out, to + length, bytes.length - to);
    return out;
  }
}
