package dev.rendition.local.engine;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.rendition.asset.AssetAttributes;
import dev.rendition.asset.AssetContent;
import dev.rendition.asset.AssetInfo;
import dev.rendition.asset.AssetKey;
import dev.rendition.generate.RenditionSpec;
import dev.rendition.local.icc.ToSrgb;
import dev.rendition.local.raster.Plane;
import dev.rendition.recipe.FocalPoint;
import dev.rendition.recipe.Recipe;
import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tag;

/**
 * Damaged sources of every format, read alone and through the whole engine: a picture or a typed
 * refusal, soon, within what was announced; never anything else.
 */
class CodecMutantTest {
  private static final int FORMATS = 7;
  private static final int FEW = 2_000;
  private static final int MANY = 100_000;
  private static final long MOST_NANOS = 2_000_000_000L;
  private static final SourceLimits LIMITS =
      new SourceLimits(300_000, 1 << 20, 50, 30, 5_000, false);

  /** Exceptions, strings and the like. */
  private static final long SLACK = 4 << 20;

  /** What foreign readers throw away while they read, and do not hold. */
  private static final long FOREIGN_SLACK = 16 << 20;

  private static final long BUDGET = 64 << 20;
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final AssetKey KEY = AssetKey.of("t", "mutant");
  private static final List<RenditionSpec> SPECS =
      List.of(
          new RenditionSpec("jpeg", Recipe.parse("fit:16,jpeg:80,keep:copyright"), KEY),
          new RenditionSpec("png", Recipe.parse("cover:9x7,png,keep:copyright"), KEY),
          new RenditionSpec("gif", Recipe.parse("fit:12,gif,frames:all"), KEY));

  private static final StreamingEngine ENGINE =
      new StreamingEngine(
          new EngineSettings(
              LIMITS,
              Path.of(System.getProperty("java.io.tmpdir")),
              new CustomOperations(List.of()),
              Scaler.OURS,
              CodecMutantTest.class.getClassLoader()));

  private static final List<byte[]> ICC = Seeds.icc();

  /** Also makes the tables of sRGB, with 3 MB of garbage, before any profile is blamed for it. */
  private static final long SOUND_PROFILES = ICC.stream().filter(CodecMutantTest::sound).count();

  private static final Map<Format, List<byte[]>> SEEDS =
      Map.of(
          Format.PNG, Seeds.png(),
          Format.GIF, Seeds.gif(),
          Format.BMP, Seeds.bmp(),
          Format.PSD, Seeds.psd(),
          Format.WEBP, Seeds.webp(),
          Format.TIFF, Seeds.tiff(),
          Format.JPEG, Seeds.jpeg());

  /** What is damaged. */
  enum Format {
    PNG,
    GIF,
    BMP,
    PSD,
    WEBP,
    TIFF,
    JPEG
  }

  @Property(tries = FORMATS * FEW, seed = "11", shrinking = ShrinkingMode.OFF)
  void aDamagedSourceIsReadOrRefused(@ForAll Format format, @ForAll long seed) throws IOException {
    check(seeds(format), seed);
  }

  @Property(tries = FEW, seed = "18", shrinking = ShrinkingMode.OFF)
  void aDamagedProfileIsReadOrIgnored(@ForAll long seed) {
    profile(seed);
  }

  @Example
  void undamagedSeedsAreRead() throws IOException {
    assertThat(Format.values()).hasSize(FORMATS);
    for (Format format : Format.values()) {
      for (byte[] seed : seeds(format)) {
        read(seed);
        render(seed);
      }
    }
    assertThat(SOUND_PROFILES).isEqualTo(ICC.size());
  }

  private static boolean sound(byte[] seed) {
    int channels = seed[16] == 'C' ? 4 : seed[16] == 'G' ? 1 : 3;
    return ToSrgb.of(ByteBuffer.wrap(seed), channels).isPresent();
  }

  @Tag("proof")
  @Property(tries = FORMATS * MANY, shrinking = ShrinkingMode.OFF)
  void manyDamagedSourcesAreReadOrRefused(@ForAll Format format, @ForAll long seed)
      throws IOException {
    check(seeds(format), seed);
  }

  @Tag("proof")
  @Property(tries = MANY, shrinking = ShrinkingMode.OFF)
  void manyDamagedProfilesAreReadOrIgnored(@ForAll long seed) {
    profile(seed);
  }

  private static List<byte[]> seeds(Format format) {
    return requireNonNull(SEEDS.get(format));
  }

  private static void check(List<byte[]> seeds, long seed) throws IOException {
    Random random = new Random(seed);
    byte[] mutant = Mutants.of(seeds.get(random.nextInt(seeds.size())), random);
    boolean whole = random.nextInt(4) == 0;
    long start = System.nanoTime();
    try {
      if (whole) {
        render(mutant);
      } else {
        read(mutant);
      }
    } catch (StepException e) {
      assertThat(e.detail()).isNotBlank();
    }
    assertThat(System.nanoTime() - start).as("nanoseconds").isLessThan(MOST_NANOS);
  }

  private static void read(byte[] mutant) throws IOException {
    SourceBytes source = SourceBytes.of(mutant);
    long before = THREADS.getCurrentThreadAllocatedBytes();
    long announced = 0;
    try {
      SourceHeader header = SourceProbe.probe(source);
      LIMITS.check(header);
      boolean foreign = List.of(SourceFormat.JPEG, SourceFormat.TIFF).contains(header.format());
      announced = SourceReader.memoryNeeded(header) + (foreign ? FOREIGN_SLACK : 0);
      Picture picture = SourceReader.read(source, header, Cancellation.NONE);
      assertThat(picture.width()).isEqualTo(header.width());
      assertThat(picture.height()).isEqualTo(header.height());
    } finally {
      assertThat(THREADS.getCurrentThreadAllocatedBytes() - before)
          .as("bytes allocated")
          .isLessThan(announced + SLACK);
    }
  }

  private static void render(byte[] mutant) throws IOException {
    AssetInfo info =
        new AssetInfo(
            KEY,
            mutant.length,
            "application/octet-stream",
            "0".repeat(64),
            Instant.EPOCH,
            AssetAttributes.NONE);
    EngineTask task =
        new EngineTask(
            AssetContent.of(info, new ByteArrayInputStream(mutant)),
            SPECS,
            FocalPoint.CENTER,
            key -> {
              throw new FileNotFoundException(key.toString());
            },
            bytes -> assertThat(bytes).as("bytes asked for").isBetween(1L, BUDGET),
            Cancellation.NONE);
    ENGINE.render(
        task,
        new EngineSink() {
          @Override
          public void made(int spec, Encoded encoded) {
            assertThat(encoded.length()).isPositive();
          }

          @Override
          public void failed(int spec, StepException problem) {
            assertThat(problem.detail()).isNotBlank();
          }
        });
  }

  private static void profile(long seed) {
    Random random = new Random(seed);
    byte[] mutant = Mutants.of(ICC.get(random.nextInt(ICC.size())), random);
    int channels = new int[] {1, 3, 4}[random.nextInt(3)];
    long before = THREADS.getCurrentThreadAllocatedBytes();
    long start = System.nanoTime();
    Supplier<byte[]> plane = () -> new byte[] {0, 1, 64, (byte) 128, (byte) 200, (byte) 255};
    ToSrgb.of(ByteBuffer.wrap(mutant), channels)
        .ifPresent(
            way -> {
              List<Plane> planes = new ArrayList<>();
              for (int i = 0; i < channels; i++) {
                planes.add(new Plane(3, 2, plane.get()));
              }
              way.apply(planes);
            });
    // Before anything is asserted: the first assertion loads the library that makes it.
    long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
    assertThat(System.nanoTime() - start).as("nanoseconds").isLessThan(MOST_NANOS);
    assertThat(allocated)
        .as("bytes allocated")
        .isLessThan(ToSrgb.BYTES_PER_PROFILE_BYTE * mutant.length + SLACK);
  }
}
