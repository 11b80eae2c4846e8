package dev.rendition.local.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.ThreadMXBean;
import dev.rendition.asset.AssetAttributes;
import dev.rendition.asset.AssetContent;
import dev.rendition.asset.AssetInfo;
import dev.rendition.asset.AssetKey;
import dev.rendition.generate.RenditionSpec;
import dev.rendition.recipe.FocalPoint;
import dev.rendition.recipe.Recipe;
import dev.rendition.testkit.Charts;
import dev.rendition.testkit.Encoded;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a task asks for before it begins covers what it takes. All that a thread allocates is more
 * than it holds at any moment, so these tests are stricter than the promise; where an operation
 * throws away as much as it keeps, a factor says so.
 */
class EngineNeedTest {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final AssetKey KEY = AssetKey.of("t", "source");
  private static final AssetKey LOGO = AssetKey.of("t", "logo");
  private static final long SMALL = 3 << 20;
  private static final int WIDTH = 1_200;
  private static final int HEIGHT = 900;

  /** What a task asked for at most, and what its thread allocated. */
  private record Taken(long asked, long allocated, int made) {}

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jpeg:80",
        "jpeg:100:444",
        "jpeg:100:progressive",
        "fit:600,jpeg:80",
        "rotate:90,jpeg:80",
        "png",
        "fit:600,png",
        "gif",
        "fit:300,gif",
        "contain:1500x1500,jpeg:90",
      })
  void noTaskTakesMoreThanItAskedFor(String recipe) throws IOException {
    for (byte[] source : sources()) {
      run(source, recipe);
      Taken taken = run(source, recipe);
      assertThat(taken.made()).isOne();
      // A spool doubles as it grows, and is gone before pixels are allocated if it goes to a file.
      long spool = 2L * Math.min(source.length, Spool.IN_MEMORY);
      assertThat(taken.allocated())
          .as("of %d", source.length)
          .isLessThan(taken.asked() + spool + SMALL);
    }
  }

  /** Floats are made anew for each plane: three times what is held at a time. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "blur:1,png",
        "sharpen:1,jpeg:80",
        "blur:1,contain:1500x1500,png",
        "grey,png",
        "cover:300x300:entropy,png",
        "background:ff0000,png",
        "watermark:t!logo:se:50:30,png"
      })
  void pixelOperationsTakeNoMoreThanThreeTimesWhatTheyHold(String recipe) throws IOException {
    for (byte[] source : sources()) {
      run(source, recipe);
      Taken taken = run(source, recipe);
      assertThat(taken.made()).isOne();
      assertThat(taken.allocated()).isLessThan(3 * taken.asked() + SMALL);
    }
  }

  @Test
  void aWatermarkIsAskedForBesideItsPicture() throws IOException {
    byte[] source = Encoded.png(Charts.photo(60, 40, 1));
    Taken without = run(source, "png");
    Taken with = run(source, "watermark:t!logo:se:50:30,png");
    // The logo has 800 x 800 pixels and streams; a JPEG or PNG of it takes some rows.
    assertThat(with.asked()).isGreaterThan(without.asked() + (800L * 64 * 3));
  }

  @Test
  @Tag("proof")
  void theWholeCorpusIsAdmittedInAHeapOfHalfAGibibyteAndTakesNoMore() throws IOException {
    Optional<Corpus> corpus = Corpus.find();
    assumeTrue(corpus.isPresent(), "RENDITION_CORPUS is not set: its needs are not measured");
    List<String> over = new ArrayList<>();
    int measured = 0;
    for (Corpus.Entry entry : corpus.get().entries()) {
      if (!entry.expectation().equals("ok") || entry.category().equals("archives")) {
        continue;
      }
      try {
        Taken taken = run(corpus.get().bytes(entry), "png");
        if (exceeds(taken)) {
          // The first of a kind pays for classes and their tables too.
          taken = run(corpus.get().bytes(entry), "png");
        }
        measured++;
        if (exceeds(taken)) {
          over.add(
              String.format(
                  Locale.ROOT,
                  "%s asked %d took %d",
                  entry.path(),
                  taken.asked(),
                  taken.allocated()));
        }
      } catch (StepException e) {
        assertThat(e.detail()).as(entry.path()).doesNotContain("memory");
      }
    }
    assertThat(over).as("of %d", measured).isEmpty();
    assertThat(measured).isGreaterThan(500);
  }

  private static boolean exceeds(Taken taken) {
    return taken.asked() > 128 << 20 || taken.allocated() > 2 * taken.asked() + SMALL;
  }

  private static List<byte[]> sources() {
    Random random = new Random(4);
    BufferedImage noise = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_ARGB);
    for (int y = 0; y < HEIGHT; y++) {
      for (int x = 0; x < WIDTH; x++) {
        noise.setRGB(x, y, random.nextInt());
      }
    }
    BufferedImage photo = Charts.photo(WIDTH, HEIGHT, 1);
    return List.of(
        Encoded.jpeg(photo, 0.8),
        Encoded.jpeg(noise, 0.99),
        Encoded.png(photo),
        Encoded.png(noise),
        Encoded.gif(photo),
        Encoded.png(Charts.photo(30, 20, 1)));
  }

  private static Taken run(byte[] source, String recipe) throws IOException {
    byte[] logo = Encoded.png(Charts.photo(800, 800, 2));
    long[] asked = {0};
    int[] made = {0};
    EngineTask task =
        new EngineTask(
            AssetContent.of(info(KEY, source.length), new ByteArrayInputStream(source)),
            List.of(new RenditionSpec("one", Recipe.parse(recipe), KEY)),
            FocalPoint.CENTER,
            key -> AssetContent.of(info(LOGO, logo.length), new ByteArrayInputStream(logo)),
            bytes -> asked[0] = Math.max(asked[0], bytes),
            Cancellation.NONE);
    StreamingEngine engine =
        new StreamingEngine(
            new EngineSettings(
                SourceLimits.DEFAULT,
                Path.of(System.getProperty("java.io.tmpdir")),
                new CustomOperations(List.of()),
                Scaler.OURS,
                EngineNeedTest.class.getClassLoader()));
    long before = THREADS.getCurrentThreadAllocatedBytes();
    engine.render(
        task,
        new EngineSink() {
          @Override
          public void made(int spec, dev.rendition.local.engine.Encoded encoded) {
            made[0]++;
          }

          @Override
          public void failed(int spec, StepException problem) {
            throw problem;
          }
        });
    return new Taken(asked[0], THREADS.getCurrentThreadAllocatedBytes() - before, made[0]);
  }

  private static AssetInfo info(AssetKey key, int length) {
    return new AssetInfo(
        key, length, "image/png", "0".repeat(64), Instant.EPOCH, AssetAttributes.NONE);
  }
}
