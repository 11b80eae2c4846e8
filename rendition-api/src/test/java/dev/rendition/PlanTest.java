package dev.rendition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.rendition.asset.AssetInfo;
import dev.rendition.asset.AssetKey;
import dev.rendition.asset.AssetSource;
import dev.rendition.asset.AssetStore;
import dev.rendition.asset.MemoryAssetStore;
import dev.rendition.generate.FailureReason;
import dev.rendition.generate.RenditionOutcome;
import dev.rendition.generate.WriteMode;
import dev.rendition.layout.SuffixLayout;
import dev.rendition.lifecycle.PlanUnit;
import dev.rendition.lifecycle.Rate;
import dev.rendition.lifecycle.RegenerationPlan;
import dev.rendition.recipe.FocalPoint;
import dev.rendition.recipe.NamedRecipe;
import dev.rendition.recipe.RecipeBook;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class PlanTest {
  private static final AssetKey A = AssetKey.of("acme", "a.jpg");
  private static final AssetKey B = AssetKey.of("acme", "b.jpg");

  private final AssetStore originals = new MemoryAssetStore();
  private final AssetStore renditionStore = new MemoryAssetStore();
  private final ScriptedGenerator generator = new ScriptedGenerator(renditionStore);

  @Test
  void whatIsMissingIsMadeAndASecondPlanIsEmpty() throws IOException {
    Renditions renditions = with("card", "png", "hero", "jpeg");
    store(A, 1);
    store(B, 2);
    RegenerationPlan plan = renditions.plan(List.of(A, B, A));
    assertThat(plan.missingRenditions()).isEqualTo(4);
    assertThat(plan.missing()).hasSize(2);
    assertThat(plan.isEmpty()).isFalse();
    assertThat(plan)
        .hasToString(
            "4 renditions of 2 originals are missing, 0 are stale (0 bytes), 0 originals are"
                + " absent");
    assertThat(generator.requests()).isEmpty();
    assertThat(plan.execute(Rate.UNLIMITED))
        .hasSize(4)
        .allMatch(RenditionOutcome.Stored.class::isInstance);
    assertThat(renditions.plan(List.of(A, B)).isEmpty()).isTrue();
  }

  @Test
  void aChangedPresetMovesExactlyItsRenditions() throws IOException {
    AssetInfo info = store(A, 1);
    Renditions before = with("card", "png", "hero", "jpeg");
    before.plan(List.of(A)).execute(Rate.UNLIMITED);
    Renditions after = with("card", "png", "hero", "jpeg:90");
    RegenerationPlan plan = after.plan(List.of(A));
    assertThat(plan.missing().get(0).specs()).hasSize(1);
    assertThat(plan.missing().get(0).mode()).isEqualTo(WriteMode.CREATE);
    assertThat(plan.stale())
        .extracting(PlanUnit.Leftover::key)
        .containsExactly(before.target(info, before.recipes("hero").get(0)));
    plan.execute(Rate.UNLIMITED);
    assertThat(renditionStore.stat(plan.stale().get(0).key())).isEmpty();
    assertThat(after.plan(List.of(A)).isEmpty()).isTrue();
  }

  @Test
  void aReplacedOriginalMovesAllItsRenditions() throws IOException {
    Renditions renditions = with("card", "png", "hero", "jpeg");
    store(A, 1);
    renditions.plan(List.of(A)).execute(Rate.UNLIMITED);
    store(A, 9);
    RegenerationPlan plan = renditions.plan(List.of(A));
    assertThat(plan.missingRenditions()).isEqualTo(2);
    assertThat(plan.stale()).hasSize(2);
    plan.execute(Rate.UNLIMITED);
    assertThat(renditions.plan(List.of(A)).isEmpty()).isTrue();
  }

  @Test
  void renditionsOfAnAbsentOriginalAreStale() throws IOException {
    Renditions renditions = with("card", "png");
    store(A, 1);
    renditions.plan(List.of(A)).execute(Rate.UNLIMITED);
    originals.delete(A);
    RegenerationPlan plan = renditions.plan(List.of(A, B));
    assertThat(plan.absent()).containsExactly(A, B);
    assertThat(plan.stale()).hasSize(1);
    plan.execute(Rate.UNLIMITED);
    assertThat(renditionStore.list("acme", "")).isEmpty();
  }

  @Test
  void anOldRenditionStaysUntilItsSuccessorIsMade() throws IOException {
    store(A, 1);
    store(B, 2);
    with("card", "png").plan(List.of(A, B)).execute(Rate.UNLIMITED);
    Renditions after = with("card", "gif");
    generator.script(
        request ->
            request.source().equals(A)
                ? CompletableFuture.completedFuture(
                    ScriptedGenerator.fail(request, FailureReason.STORE_FAILED))
                : CompletableFuture.completedFuture(generator.obey(request)));
    List<RenditionOutcome> outcomes = after.plan(List.of(A, B)).execute(Rate.UNLIMITED);
    assertThat(outcomes).hasSize(2);
    RegenerationPlan left = after.plan(List.of(A, B));
    assertThat(left.missing()).extracting(request -> request.source()).containsExactly(A);
    assertThat(left.stale()).hasSize(1);
    generator.refusing(FailureReason.BUSY);
    assertThat(left.execute(Rate.UNLIMITED))
        .satisfiesExactly(
            outcome ->
                assertThat(((RenditionOutcome.Failed) outcome).reason())
                    .isEqualTo(FailureReason.BUSY));
    assertThat(renditionStore.stat(left.stale().get(0).key())).isPresent();
  }

  @Test
  void focalPointsAreTheCallersToTell() throws IOException {
    FocalPoint left = new FocalPoint(0.1, 0.5);
    Renditions renditions = with("card", "cover:8x6:focus,png");
    AssetInfo info = store(A, 1);
    var unused = renditions.generate(info, renditions.recipes("card"), left).join();
    assertThat(renditions.plan(List.of(A)).stale()).hasSize(1);
    assertThat(renditions.plan(List.of(A), key -> left).isEmpty()).isTrue();
  }

  @Test
  void keysThatDoNotNameContentAreComparedByMetadata() throws IOException {
    Renditions before = suffixed("card", "png");
    store(A, 1);
    before.plan(List.of(A)).execute(Rate.UNLIMITED);
    assertThat(before.plan(List.of(A)).isEmpty()).isTrue();
    Renditions changed = suffixed("card", "background:ffffff,png");
    RegenerationPlan plan = changed.plan(List.of(A));
    assertThat(plan.missingRenditions()).isEqualTo(1);
    assertThat(plan.missing().get(0).mode()).isEqualTo(WriteMode.REPLACE);
    assertThat(plan.stale()).isEmpty();
    plan.execute(Rate.UNLIMITED);
    assertThat(changed.plan(List.of(A)).isEmpty()).isTrue();
    store(A, 9);
    assertThat(changed.plan(List.of(A)).missingRenditions()).isEqualTo(1);
  }

  @Test
  void aBookLargerThanARequestIsMadeInSeveral() throws IOException {
    List<NamedRecipe> many = new ArrayList<>();
    for (int i = 1; i <= 450; i++) {
      many.add(NamedRecipe.of("w" + i, "fit:" + i + ",png"));
    }
    Renditions renditions = with(RecipeBook.of(many));
    store(A, 1);
    RegenerationPlan plan = renditions.plan(List.of(A));
    assertThat(plan.missing())
        .extracting(request -> request.specs().size())
        .containsExactly(200, 200, 50);
    plan.execute(Rate.UNLIMITED);
    assertThat(renditions.plan(List.of(A)).isEmpty()).isTrue();
  }

  @Test
  void anInterruptEndsItAfterTheOriginalAtHand() throws IOException {
    store(A, 1);
    store(B, 2);
    Renditions renditions = with("card", "png");
    generator.script(
        request -> {
          Thread.currentThread().interrupt();
          return CompletableFuture.completedFuture(generator.obey(request));
        });
    RegenerationPlan plan = renditions.plan(List.of(A, B));
    assertThat(plan.execute(Rate.UNLIMITED)).hasSize(1);
    assertThat(Thread.interrupted()).isTrue();
    assertThat(renditions.plan(List.of(A, B)).missingRenditions()).isEqualTo(1);
  }

  @Test
  void anInterruptBeforeTheDeletingDeletesNothing() throws IOException {
    store(A, 1);
    Renditions renditions = with("card", "png");
    renditions.plan(List.of(A)).execute(Rate.UNLIMITED);
    originals.delete(A);
    Thread.currentThread().interrupt();
    assertThat(renditions.plan(List.of(A)).execute(Rate.UNLIMITED)).isEmpty();
    assertThat(Thread.interrupted()).isTrue();
    assertThat(renditions.plan(List.of(A)).stale()).hasSize(1);
  }

  @Test
  void aRateHoldsFromOneStartToTheNext() throws IOException {
    Renditions renditions = with("card", "png");
    for (int i = 0; i < 4; i++) {
      store(AssetKey.of("acme", "n" + i + ".jpg"), i);
    }
    List<AssetKey> keys = originals.list("acme", "").map(AssetInfo::key).toList();
    List<Long> starts = new ArrayList<>();
    generator.script(
        request -> {
          starts.add(System.nanoTime());
          return CompletableFuture.completedFuture(generator.obey(request));
        });
    renditions.plan(keys).execute(Rate.perSecond(50));
    assertThat(starts.get(3) - starts.get(0)).isGreaterThanOrEqualTo(59_000_000L);
  }

  @Test
  void ratesAreBounded() {
    assertThat(Rate.perSecond(20).interval()).isEqualTo(Duration.ofMillis(50));
    for (double rate : new double[] {0, -1, 10_001, Double.NaN, 1e-300}) {
      assertThatIllegalArgumentException().isThrownBy(() -> Rate.perSecond(rate));
    }
    assertThatIllegalArgumentException().isThrownBy(() -> new Rate(Duration.ofMillis(-1)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Rate(Duration.ofSeconds(Long.MAX_VALUE)));
  }

  private AssetInfo store(AssetKey key, int content) throws IOException {
    return originals.put(key, AssetSource.ofBytes(new byte[] {(byte) content}, "image/jpeg"));
  }

  private Renditions with(String... recipes) {
    return with(book(recipes));
  }

  private Renditions with(RecipeBook book) {
    return builder().recipes(book).build();
  }

  private Renditions suffixed(String... recipes) {
    RecipeBook book = book(recipes);
    return builder().recipes(book).layout(new SuffixLayout(book.names())).build();
  }

  private Renditions.Builder builder() {
    return Renditions.builder()
        .originals(originals)
        .renditions(renditionStore)
        .generator(generator);
  }

  private static RecipeBook book(String... recipes) {
    List<NamedRecipe> named = new ArrayList<>();
    for (int i = 0; i < recipes.length; i += 2) {
      named.add(NamedRecipe.of(recipes[i], recipes[i + 1]));
    }
    return RecipeBook.of(named);
  }
}
