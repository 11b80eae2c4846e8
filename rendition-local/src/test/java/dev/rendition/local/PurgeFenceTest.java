package dev.rendition.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rendition.Renditions;
import dev.rendition.asset.AssetInfo;
import dev.rendition.asset.AssetKey;
import dev.rendition.asset.AssetSource;
import dev.rendition.asset.AssetStore;
import dev.rendition.asset.MemoryAssetStore;
import dev.rendition.generate.FailureReason;
import dev.rendition.generate.RenditionOutcome;
import dev.rendition.generate.RenditionReport;
import dev.rendition.layout.KeyLayout;
import dev.rendition.layout.SuffixLayout;
import dev.rendition.recipe.NamedRecipe;
import dev.rendition.recipe.RecipeBook;
import dev.rendition.testkit.FaultyStore;
import dev.rendition.testkit.FaultyStore.Call;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Nothing that was deleted or replaced comes back by work that was under way. */
@Timeout(60)
class PurgeFenceTest {
  private static final AssetKey KEY = AssetKey.of("acme", "a.png");
  private static final RecipeBook BOOK =
      RecipeBook.of(
          List.of(
              NamedRecipe.of("one", "fit:4,png"),
              NamedRecipe.of("two", "fit:6,png"),
              NamedRecipe.of("three", "fit:8,png")));

  private final AssetStore originals = new MemoryAssetStore();
  private final FaultyStore targets = FaultyStore.around(new MemoryAssetStore());
  private final List<Renditions> open = new ArrayList<>();

  @AfterEach
  void close() throws IOException {
    for (Renditions each : open) {
      each.close();
    }
  }

  @Test
  void whatIsWrittenBehindAPurgeIsTakenBack() throws Exception {
    Renditions renditions = open(null);
    AssetInfo original = renditions.store(KEY, picture(1));
    AtomicBoolean once = new AtomicBoolean();
    // The purge runs to its end right before the second rendition is written.
    targets
        .on(Call.PUT_IF_ABSENT)
        .nth(2)
        .firstRuns(
            () -> {
              if (once.compareAndSet(false, true)) {
                assertThat(renditions.purge(KEY).renditions()).hasSize(1);
              }
            });
    RenditionReport report = renditions.generate(original, BOOK.all()).get(30, TimeUnit.SECONDS);
    assertThat(report.failed())
        .hasSize(3)
        .allMatch(failed -> failed.reason() == FailureReason.SOURCE_NOT_FOUND);
    assertThat(targets.list("acme", "")).isEmpty();
    assertThat(originals.stat(KEY)).isEmpty();
    assertThat(renditions.purge(KEY).renditions()).isEmpty();
  }

  @Test
  void aWriteWhoseAnswerWasLostIsTakenBackToo() throws Exception {
    Renditions renditions = open(null);
    AssetInfo original = renditions.store(KEY, picture(1));
    targets.on(Call.PUT_IF_ABSENT).nth(3).firstRuns(() -> originals.delete(KEY));
    targets.on(Call.PUT_IF_ABSENT).nth(2).losesTheAnswer();
    RenditionReport report = renditions.generate(original, BOOK.all()).get(30, TimeUnit.SECONDS);
    assertThat(report.failed()).hasSize(3);
    assertThat(targets.list("acme", "")).isEmpty();
  }

  @Test
  void aLateResultOfAReplacedOriginalDoesNotStay() throws Exception {
    Renditions renditions = open(new SuffixLayout(BOOK.names()));
    AssetInfo old = renditions.store(KEY, picture(1));
    AtomicBoolean once = new AtomicBoolean();
    AssetKey late = renditions.target(old, BOOK.find("two").orElseThrow());
    // Between two writes of the old one the new one comes, and all its renditions are made.
    targets
        .on(Call.PUT)
        .nth(2)
        .firstRuns(
            () -> {
              if (once.compareAndSet(false, true)) {
                originals.put(KEY, picture(2));
              }
            });
    RenditionReport report = renditions.generate(old, BOOK.all()).get(30, TimeUnit.SECONDS);
    assertThat(report.failed())
        .hasSize(3)
        .allMatch(failed -> failed.reason() == FailureReason.SOURCE_CHANGED);
    assertThat(targets.stat(late)).isEmpty();
    AssetInfo fresh = originals.stat(KEY).orElseThrow();
    assertThat(renditions.generate(fresh, BOOK.all()).get(30, TimeUnit.SECONDS).failed()).isEmpty();
    assertThat(renditions.plan(List.of(KEY)).isEmpty()).isTrue();
  }

  @Test
  void aFinishedRenditionOfTheNewOriginalIsNotTakenAway() throws Exception {
    Renditions renditions = open(new SuffixLayout(BOOK.names()));
    AssetInfo old = renditions.store(KEY, picture(1));
    AtomicBoolean once = new AtomicBoolean();
    Renditions other = open(new SuffixLayout(BOOK.names()));
    // After the last write of the old one, before the last look: the new ones replace it.
    FaultyStore looked = FaultyStore.around(originals);
    Renditions slow =
        Renditions.builder()
            .originals(looked)
            .renditions(targets)
            .generator(LocalRenditionGenerator.builder(looked, targets).threads(1).build())
            .recipes(BOOK)
            .layout(new SuffixLayout(BOOK.names()))
            .build();
    open.add(slow);
    looked
        .on(Call.STAT)
        .every()
        .firstRuns(
            () -> {
              if (once.compareAndSet(false, true)) {
                AssetInfo fresh = other.store(KEY, picture(2));
                assertThat(other.generate(fresh, BOOK.all()).join().failed()).isEmpty();
              }
            });
    RenditionReport report = slow.generate(old, BOOK.all()).get(30, TimeUnit.SECONDS);
    assertThat(report.failed()).hasSize(3);
    assertThat(renditions.plan(List.of(KEY)).isEmpty()).isTrue();
    assertThat(targets.list("acme", "").count()).isEqualTo(3);
  }

  @Test
  void aStoreThatCannotBeAskedLeavesWhatWasMade() throws Exception {
    FaultyStore silent = FaultyStore.around(originals);
    Renditions renditions =
        Renditions.builder()
            .originals(silent)
            .renditions(targets)
            .generator(LocalRenditionGenerator.builder(silent, targets).threads(1).build())
            .recipes(BOOK)
            .build();
    open.add(renditions);
    AssetInfo original = renditions.store(KEY, picture(1));
    silent.on(Call.STAT).every().fails();
    RenditionReport report = renditions.generate(original, BOOK.all()).get(30, TimeUnit.SECONDS);
    assertThat(report.stored()).hasSize(3);
    assertThat(report.stored().get(0).trace()).anyMatch(line -> line.contains("not known"));
  }

  @Test
  void purgesAndGenerationsRacingLeaveNothing(@TempDir Path folder) throws Exception {
    Path sources = Files.createDirectory(folder.resolve("o"));
    Path made = Files.createDirectory(folder.resolve("r"));
    try (FileAssetStore o = FileAssetStore.open(sources);
        FileAssetStore r = FileAssetStore.open(made);
        Renditions renditions =
            Renditions.builder()
                .originals(o)
                .renditions(r)
                .generator(LocalRenditionGenerator.builder(o, r).threads(4).build())
                .recipes(BOOK)
                .build()) {
      int late = 0;
      for (int round = 0; round < 40; round++) {
        AssetInfo original = renditions.store(KEY, picture(round));
        List<CompletableFuture<RenditionReport>> asked = new ArrayList<>();
        for (NamedRecipe recipe : BOOK.all()) {
          asked.add(renditions.generate(original, List.of(recipe)));
        }
        if (round % 3 > 0) {
          RenditionReport unused = asked.get(round % 3).get(30, TimeUnit.SECONDS);
        }
        renditions.purge(KEY);
        for (CompletableFuture<RenditionReport> each : asked) {
          try {
            for (RenditionOutcome.Failed failed : each.join().failed()) {
              assertThat(failed.reason())
                  .isIn(FailureReason.SOURCE_NOT_FOUND, FailureReason.STORE_FAILED);
              late++;
            }
          } catch (CompletionException e) {
            late++;
          }
        }
        assertThat(r.keys("acme", "")).as("round " + round).isEmpty();
      }
      assertThat(late).isPositive();
    }
  }

  private Renditions open(@Nullable KeyLayout layout) {
    Renditions.Builder builder =
        Renditions.builder()
            .originals(originals)
            .renditions(targets)
            .generator(LocalRenditionGenerator.builder(originals, targets).threads(1).build())
            .recipes(BOOK);
    Renditions made = (layout == null ? builder : builder.layout(layout)).build();
    open.add(made);
    return made;
  }

  private static AssetSource picture(int seed) {
    BufferedImage image = new BufferedImage(16, 16, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < 256; i++) {
      image.setRGB(i % 16, i / 16, i * 7919 * (seed + 1));
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      assertThat(ImageIO.write(image, "png", out)).isTrue();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return AssetSource.ofBytes(out.toByteArray(), "image/png");
  }
}
