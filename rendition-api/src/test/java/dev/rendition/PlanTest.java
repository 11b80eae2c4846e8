package dev.rendition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.rendition.asset.AssetAttributes;
import dev.rendition.asset.AssetInfo;
import dev.rendition.asset.AssetKey;
import dev.rendition.asset.AssetSource;
import dev.rendition.asset.AssetStore;
import dev.rendition.asset.MemoryAssetStore;
import dev.rendition.generate.FailureReason;
import dev.rendition.generate.RenditionOutcome;
import dev.rendition.generate.RenditionReport;
import dev.rendition.generate.WriteMode;
import dev.rendition.layout.SuffixLayout;
import dev.rendition.lifecycle.PlanListener;
import dev.rendition.lifecycle.PlanProgress;
import dev.rendition.lifecycle.PlanRun;
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
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
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
  void aTenantsPlanFindsRenditionsThatHaveNoOriginal() throws IOException {
    Renditions renditions = with("card", "png", "hero", "jpeg");
    store(A, 1);
    store(B, 2);
    renditions.planTenant("acme").execute(Rate.UNLIMITED);
    originals.delete(A);
    store(AssetKey.of("other", "c.jpg"), 3);
    RegenerationPlan plan = renditions.planTenant("acme");
    assertThat(plan.originals()).isEqualTo(2);
    assertThat(plan.missingRenditions()).isZero();
    assertThat(plan.staleRenditions()).isEqualTo(2);
    assertThat(plan.orphanRenditions()).isEqualTo(2);
    assertThat(plan.orphanBytes()).isEqualTo(plan.staleBytes()).isEqualTo(7);
    assertThat(plan.absent()).containsExactly(A);
    assertThat(plan.estimatedCpuTime()).isZero();
    assertThat(plan.diff())
        .hasSize(2)
        .allMatch(
            line ->
                line.matches(
                    "- acme/a.jpg/(card|hero)-[0-9a-f]+\\.(png|jpg) \\(orphan, [34] bytes\\)"));
    plan.execute(Rate.UNLIMITED);
    assertThat(renditions.planTenant("acme").isEmpty()).isTrue();
    assertThat(renditionStore.list("acme", "").count()).isEqualTo(2);
  }

  @Test
  void whatHasNoKeysIsPassedOverInALibrary() throws IOException {
    Renditions renditions = suffixed("card", "png");
    store(A, 1);
    store(AssetKey.of("acme", "notes.txt"), 1);
    RegenerationPlan plan = renditions.planTenant("acme");
    assertThat(plan.originals()).isEqualTo(1);
    assertThat(plan.unplanned()).isEqualTo(1);
    plan.execute(Rate.UNLIMITED);
    assertThat(renditions.planTenant("acme").isEmpty()).isTrue();
  }

  @Test
  void aPlanSaysWhatItWouldDoAndWhatThatCosts() throws IOException {
    AssetInfo info = store(A, 1);
    Renditions before = with("card", "png", "hero", "jpeg");
    before.plan(List.of(A)).execute(Rate.UNLIMITED);
    Renditions after = with("card", "png", "hero", "jpeg:90", "wide", "gif");
    RegenerationPlan plan = after.plan(List.of(A));
    AssetKey old = before.target(info, before.recipes("hero").get(0));
    assertThat(plan.diff())
        .containsExactly("+ acme/a.jpg hero,wide", "- " + old + " (stale, 4 bytes)");
    assertThat(plan.estimatedCpuTime()).isEqualTo(Duration.ofNanos(15 + 2 * 12_000_000));
    assertThat(plan.originals()).isEqualTo(1);
    assertThat(plan.staleBytes()).isEqualTo(4);
    assertThat(plan.orphanRenditions()).isZero();
    // A plan is a value: carrying it out does not change what it says.
    plan.execute(Rate.UNLIMITED);
    assertThat(plan.missingRenditions()).isEqualTo(2);
    assertThat(plan.diff()).hasSize(2);
    assertThat(after.plan(List.of(A)).isEmpty()).isTrue();
  }

  @Test
  void aRunGoesOnWhereItWasEnded() throws IOException {
    Renditions renditions = with("card", "png");
    List<AssetKey> keys = manyOriginals(10);
    RegenerationPlan plan = renditions.plan(keys);
    List<PlanProgress> steps = new ArrayList<>();
    PlanProgress first =
        plan.execute(
            PlanRun.at(Rate.UNLIMITED)
                .listener(
                    new PlanListener() {
                      @Override
                      public void done(
                          AssetKey source, List<RenditionOutcome> outcomes, PlanProgress progress) {
                        steps.add(progress);
                      }

                      @Override
                      public boolean cancelled() {
                        return steps.size() == 4;
                      }
                    }));
    assertThat(first.done()).isEqualTo(4);
    assertThat(first.made()).isEqualTo(4);
    assertThat(first.complete()).isFalse();
    assertThat(steps.get(3)).isEqualTo(first);
    assertThat(generator.requests()).hasSize(4);
    PlanProgress second = plan.execute(PlanRun.at(Rate.UNLIMITED).from(first.resumeToken()));
    assertThat(second.complete()).isTrue();
    assertThat(second.made()).isEqualTo(6);
    assertThat(generator.requests()).hasSize(10);
    assertThat(plan.execute(PlanRun.at(Rate.UNLIMITED).from(second.resumeToken())).made()).isZero();
    assertThat(renditions.plan(keys).isEmpty()).isTrue();
    store(A, 1);
    RegenerationPlan other = renditions.plan(List.of(A));
    for (String token : List.of(first.resumeToken(), "x", "1-", "-1-" + "0".repeat(16))) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> other.execute(PlanRun.at(Rate.UNLIMITED).from(token)));
    }
  }

  @Test
  void severalOriginalsAreWorkedOnAtATime() throws Exception {
    Renditions renditions = with("card", "png");
    List<AssetKey> keys = manyOriginals(12);
    CyclicBarrier together = new CyclicBarrier(4);
    generator.script(
        request ->
            CompletableFuture.supplyAsync(
                () -> {
                  try {
                    together.await(20, TimeUnit.SECONDS);
                  } catch (Exception e) {
                    throw new IllegalStateException(e);
                  }
                  return generator.obey(request);
                },
                task -> new Thread(task).start()));
    PlanProgress progress = renditions.plan(keys).execute(PlanRun.at(Rate.UNLIMITED).parallel(4));
    assertThat(progress.made()).isEqualTo(12);
    assertThat(progress.failed()).isZero();
    assertThat(progress.resumeToken()).startsWith("12-");
    assertThat(renditions.plan(keys).isEmpty()).isTrue();
  }

  @Test
  void aTokenNeverPassesWhatIsNotDone() throws Exception {
    Renditions renditions = with("card", "png");
    List<AssetKey> keys = manyOriginals(6);
    CompletableFuture<RenditionReport> stuck = new CompletableFuture<>();
    generator.script(
        request ->
            request.source().equals(keys.get(0))
                ? stuck
                : CompletableFuture.completedFuture(generator.obey(request)));
    List<PlanProgress> steps = new CopyOnWriteArrayList<>();
    PlanProgress end =
        renditions
            .plan(keys)
            .execute(
                PlanRun.at(Rate.UNLIMITED)
                    .parallel(2)
                    .listener(
                        (source, outcomes, progress) -> {
                          steps.add(progress);
                          if (steps.size() == 5) {
                            stuck.complete(generator.obey(generator.requests().get(0)));
                          }
                        }));
    assertThat(steps.subList(0, 5)).allMatch(step -> step.resumeToken().startsWith("0-"));
    assertThat(steps.get(4).done()).isEqualTo(5);
    assertThat(end.resumeToken()).startsWith("6-");
  }

  @Test
  void aLeftoverThatCannotBeDeletedEndsTheRunAndIsToldOf() throws IOException {
    store(A, 1);
    with("card", "png").plan(List.of(A)).execute(Rate.UNLIMITED);
    ForwardingStore stubborn =
        new ForwardingStore() {
          @Override
          public boolean delete(AssetKey key) throws IOException {
            throw new IOException("may not delete");
          }
        };
    ScriptedGenerator into = new ScriptedGenerator(stubborn);
    Renditions other =
        builder().renditions(stubborn).generator(into).recipes(book("card", "png")).build();
    other.plan(List.of(A)).execute(Rate.UNLIMITED);
    Renditions changed =
        builder().renditions(stubborn).generator(into).recipes(book("card", "gif")).build();
    assertThatIOException()
        .isThrownBy(() -> changed.plan(List.of(A)).execute(Rate.UNLIMITED))
        .withMessage("may not delete");
  }

  @Test
  void aPlanOfManyIsReadBackAsItWasMade() throws IOException {
    Renditions renditions = with("card", "png", "hero", "jpeg");
    AssetKey odd = AssetKey.of("acme", "ü/" + "x".repeat(200) + "/😀.jpg");
    List<AssetKey> keys = new ArrayList<>(manyOriginals(3_000));
    keys.add(1_500, odd);
    AssetAttributes attributes = AssetAttributes.cacheControl("no-store").with("a", "b c");
    AssetInfo info =
        originals.put(odd, AssetSource.ofBytes(new byte[] {5}, "image/x-odd; q=1"), attributes);
    RegenerationPlan plan = renditions.plan(keys, key -> new FocalPoint(0.25, 0.75));
    assertThat(plan.units()).hasSize(3_001).extracting(PlanUnit::source).isEqualTo(keys);
    PlanUnit unit = plan.units().skip(1_500).findFirst().orElseThrow();
    assertThat(unit)
        .isEqualTo(
            new PlanUnit(
                odd,
                Optional.of(info),
                new FocalPoint(0.25, 0.75),
                List.of("card", "hero"),
                List.of()));
    assertThat(plan.missing()).hasSize(3_001);
  }

  private List<AssetKey> manyOriginals(int count) throws IOException {
    List<AssetKey> keys = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      AssetKey key = AssetKey.of("acme", "many/" + i + ".jpg");
      store(key, i);
      keys.add(key);
    }
    return keys;
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
