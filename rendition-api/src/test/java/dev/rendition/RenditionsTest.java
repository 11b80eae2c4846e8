package dev.rendition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.rendition.asset.AssetInfo;
import dev.rendition.asset.AssetKey;
import dev.rendition.asset.AssetSource;
import dev.rendition.asset.AssetStore;
import dev.rendition.asset.MemoryAssetStore;
import dev.rendition.asset.SignedUrl;
import dev.rendition.generate.FailureReason;
import dev.rendition.generate.RenditionException;
import dev.rendition.generate.RenditionListener;
import dev.rendition.generate.RenditionOutcome;
import dev.rendition.generate.RenditionReport;
import dev.rendition.generate.RenditionRequest;
import dev.rendition.generate.WriteMode;
import dev.rendition.layout.SuffixLayout;
import dev.rendition.lifecycle.PurgeReport;
import dev.rendition.recipe.FocalPoint;
import dev.rendition.recipe.NamedRecipe;
import dev.rendition.recipe.RecipeBook;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RenditionsTest {
  private static final AssetKey BEACH = AssetKey.of("acme", "photos/beach.jpg");
  private static final RecipeBook BOOK =
      RecipeBook.of(
          List.of(
              NamedRecipe.of("card", "cover:800x600:focus,jpeg:80"),
              NamedRecipe.of("hero", "fit:1600,jpeg")));

  private final AssetStore originals = new MemoryAssetStore();
  private final AssetStore renditionStore = new MemoryAssetStore();
  private final ScriptedGenerator generator = new ScriptedGenerator(renditionStore);
  private final Renditions renditions = builder().build();

  @AfterEach
  void close() throws IOException {
    renditions.close();
  }

  @Test
  void whatIsStoredIsRenderedLinkedAndPurged() throws Exception {
    AssetInfo info = renditions.store(BEACH, AssetSource.ofBytes(new byte[] {1}, "image/jpeg"));
    RenditionReport report = renditions.generate(BEACH, renditions.recipes("card", "hero")).get();
    assertThat(report.stored()).hasSize(2);
    assertThat(report.sourceVersion()).isEqualTo(info.version());
    AssetKey card = report.stored().get(0).spec().target();
    assertThat(card)
        .isEqualTo(renditions.target(info, renditions.recipes("card").get(0)))
        .asString()
        .matches("acme/photos/beach\\.jpg/card-[0-9a-f]{16}\\.jpg");
    assertThat(renditions.url(card, UrlPolicy.publicLink()))
        .isEqualTo(URI.create("https://img.example.com/" + card));
    PurgeReport purged = renditions.purge(BEACH);
    assertThat(purged.originalDeleted()).isTrue();
    assertThat(purged.renditions()).hasSize(2).contains(card);
    assertThat(originals.stat(BEACH)).isEmpty();
    assertThat(renditionStore.stat(card)).isEmpty();
    assertThat(renditions.purge(BEACH)).isEqualTo(new PurgeReport(BEACH, false, List.of()));
  }

  @Test
  void aRequestSaysEverythingABackendNeeds() throws Exception {
    AssetInfo info = stored();
    Instant now = Instant.parse("2026-01-02T03:04:05Z");
    try (Renditions other =
        builder().clock(Clock.fixed(now, ZoneOffset.UTC)).timeout(Duration.ofSeconds(7)).build()) {
      other.generate(info, other.recipes("card"), new FocalPoint(0.1, 0.2)).get();
      other.generateMissing(info, other.recipes("card")).get();
    }
    RenditionRequest request = generator.requests().get(0);
    assertThat(request.source()).isEqualTo(BEACH);
    assertThat(request.sourceVersion()).isEqualTo(info.version());
    assertThat(request.deadline()).isEqualTo(now.plusSeconds(7));
    assertThat(request.mode()).isEqualTo(WriteMode.CREATE);
    assertThat(request.cacheControl()).isEqualTo("public, max-age=31536000, immutable");
    assertThat(request.focus()).isEqualTo(new FocalPoint(0.1, 0.2));
    assertThat(generator.requests().get(1).mode()).isEqualTo(WriteMode.MISSING);
  }

  @Test
  void aLayoutThatDoesNotNameContentReplacesAndIsCachedBriefly() throws Exception {
    AssetInfo info = stored();
    try (Renditions other = builder().layout(new SuffixLayout(BOOK.names())).build()) {
      other.generate(info, other.recipes("hero")).get();
    }
    RenditionRequest request = generator.requests().get(0);
    assertThat(request.mode()).isEqualTo(WriteMode.REPLACE);
    assertThat(request.cacheControl()).isEqualTo("public, max-age=300");
    assertThat(request.specs().get(0).target())
        .isEqualTo(AssetKey.of("acme", "photos/beach-hero.jpg"));
  }

  @Test
  void aRenditionIsNoSource() throws Exception {
    AssetKey target = renditions.target(stored(), renditions.recipes("hero").get(0));
    AssetSource bytes = AssetSource.ofBytes(new byte[1], "image/jpeg");
    Refusals.thrown(FailureReason.SOURCE_IS_RENDITION, () -> renditions.store(target, bytes));
    Refusals.thrown(FailureReason.SOURCE_IS_RENDITION, () -> renditions.purge(target));
    Refusals.of(
        renditions.generate(target, renditions.recipes("hero")), FailureReason.SOURCE_IS_RENDITION);
    AssetInfo sneaked = originals.put(target, bytes);
    Refusals.of(
        renditions.generate(sneaked, renditions.recipes("hero")),
        FailureReason.SOURCE_IS_RENDITION);
    Refusals.of(
        renditions.generateMissing(sneaked, renditions.recipes("hero")),
        FailureReason.SOURCE_IS_RENDITION);
    assertThat(generator.requests()).isEmpty();
  }

  @Test
  void anUnknownRecipeIsRefusedWithTheNamesThereAre() {
    assertThatExceptionOfType(RenditionException.class)
        .isThrownBy(() -> renditions.recipes("card", "huge"))
        .withMessage("there is no recipe \"huge\"; there are [card, hero]")
        .satisfies(e -> assertThat(e.reason()).isEqualTo(FailureReason.RECIPE_UNKNOWN));
    assertThatExceptionOfType(RenditionException.class)
        .isThrownBy(() -> renditions.recipes("x\nERROR forged" + "y".repeat(10_000)))
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n").hasSizeLessThan(300));
  }

  @Test
  void aRequestThatCannotBeIsRefused() throws Exception {
    AssetInfo info = stored();
    Refusals.of(renditions.generate(info, List.of()), FailureReason.REQUEST_INVALID);
    Refusals.of(renditions.generate(BEACH, List.of()), FailureReason.REQUEST_INVALID);
    Refusals.of(
        renditions.generate(info, renditions.recipes("hero", "hero")),
        FailureReason.REQUEST_INVALID);
    Refusals.of(
        renditions.generate(info, List.of(NamedRecipe.of("foreign", "png"))),
        FailureReason.REQUEST_INVALID);
  }

  @Test
  void anAbsentOriginalIsNotFound() {
    assertThat(
            Refusals.of(
                renditions.generate(BEACH, renditions.recipes("hero")),
                FailureReason.SOURCE_NOT_FOUND))
        .hasMessage("there is no asset acme/photos/beach.jpg");
  }

  @Test
  void aStoreThatFailsIsTold() throws Exception {
    AssetStore broken =
        new ForwardingStore() {
          @Override
          public Optional<AssetInfo> stat(AssetKey key) throws IOException {
            throw new IOException("no route to host");
          }
        };
    try (Renditions other = builder().originals(broken).build()) {
      RenditionException refusal =
          Refusals.of(other.generate(BEACH, other.recipes("hero")), FailureReason.STORE_FAILED);
      assertThat(refusal.retryable()).isTrue();
      assertThat(refusal).hasMessageContaining("no route to host").hasMessageContaining("beach");
    }
    AssetStore defective =
        new ForwardingStore() {
          @Override
          public Optional<AssetInfo> stat(AssetKey key) {
            throw new NoClassDefFoundError("com/vendor/Sdk");
          }
        };
    try (Renditions other = builder().originals(defective).build()) {
      Refusals.of(other.generate(BEACH, other.recipes("hero")), FailureReason.INTERNAL);
    }
  }

  @Test
  void aStoreThatBlocksHoldsNoCaller() throws Exception {
    StuckStore stuck = new StuckStore();
    Renditions other = builder().originals(stuck).build();
    List<CompletableFuture<RenditionReport>> answers = new ArrayList<>();
    for (int i = 0; i < Lookups.THREADS + Lookups.QUEUE; i++) {
      answers.add(other.generate(BEACH, other.recipes("hero")));
    }
    assertThat(stuck.entered.await(20, TimeUnit.SECONDS)).isTrue();
    assertThat(answers).noneMatch(CompletableFuture::isDone);
    Refusals.of(other.generate(BEACH, other.recipes("hero")), FailureReason.BUSY);
    other.close();
    for (CompletableFuture<RenditionReport> answer : answers) {
      Refusals.of(answer, FailureReason.CANCELLED);
    }
    Refusals.of(other.generate(BEACH, other.recipes("hero")), FailureReason.CANCELLED);
    stuck.release.countDown();
  }

  @Test
  void aLookUpThatTakesTooLongIsGivenUp() throws Exception {
    StuckStore stuck = new StuckStore();
    try (Renditions other = builder().originals(stuck).timeout(Duration.ofMillis(50)).build()) {
      RenditionException late =
          Refusals.of(
              other.generate(BEACH, other.recipes("hero")), FailureReason.DEADLINE_EXCEEDED);
      assertThat(late).hasMessageContaining("originals store did not answer within PT0.05S");
      stuck.release.countDown();
    }
    assertThat(generator.requests()).isEmpty();
  }

  @Test
  void cancellingWhileTheStoreIsAskedAsksNoGenerator() throws Exception {
    StuckStore stuck = new StuckStore();
    stuck.put(BEACH, AssetSource.ofBytes(new byte[1], "image/jpeg"));
    try (Renditions other = builder().originals(stuck).build()) {
      CompletableFuture<RenditionReport> answer = other.generate(BEACH, other.recipes("hero"));
      answer.cancel(true);
      stuck.release.countDown();
      CompletableFuture<RenditionReport> after = other.generate(BEACH, other.recipes("card"));
      assertThat(after.get().stored()).hasSize(1);
    }
    assertThat(generator.requests()).hasSize(1);
  }

  /** Asks for a rendition, and returns when the generator has begun the work. */
  private CompletableFuture<RenditionReport> begun(CompletableFuture<RenditionReport> work)
      throws Exception {
    stored();
    CountDownLatch begun = new CountDownLatch(1);
    generator.script(
        request -> {
          begun.countDown();
          return work;
        });
    CompletableFuture<RenditionReport> answer =
        renditions.generate(BEACH, renditions.recipes("hero"));
    assertThat(begun.await(20, TimeUnit.SECONDS)).isTrue();
    return answer;
  }

  @Test
  void cancellingReachesTheGenerator() throws Exception {
    CompletableFuture<RenditionReport> work = new CompletableFuture<>();
    CompletableFuture<RenditionReport> answer = begun(work);
    answer.cancel(true);
    assertThat(cancelled(work)).isTrue();
  }

  @Test
  void closingReachesTheGeneratorsWork() throws Exception {
    CompletableFuture<RenditionReport> work = new CompletableFuture<>();
    CompletableFuture<RenditionReport> answer = begun(work);
    renditions.close();
    Refusals.of(answer, FailureReason.CANCELLED);
    assertThat(cancelled(work)).isTrue();
  }

  @Test
  void anAnswerThatTimesOutReachesTheGenerator() throws Exception {
    stored();
    CompletableFuture<RenditionReport> work = new CompletableFuture<>();
    generator.script(request -> work);
    CompletableFuture<RenditionReport> answer =
        renditions.generate(BEACH, renditions.recipes("hero")).orTimeout(20, TimeUnit.MILLISECONDS);
    assertThat(answer.handle((report, problem) -> problem).get()).isNotNull();
    assertThat(cancelled(work)).isTrue();
  }

  @Test
  void theListOfRecipesMayChangeAfterTheCall() throws Exception {
    StuckStore stuck = new StuckStore();
    stuck.put(BEACH, AssetSource.ofBytes(new byte[1], "image/jpeg"));
    try (Renditions other = builder().originals(stuck).build()) {
      List<NamedRecipe> wanted = new ArrayList<>(other.recipes("hero"));
      CompletableFuture<RenditionReport> answer = other.generate(BEACH, wanted);
      wanted.clear();
      stuck.release.countDown();
      assertThat(answer.get().stored()).hasSize(1);
    }
  }

  @Test
  void everyListenerIsToldAlsoBesideOneThatThrows() throws Exception {
    AssetInfo info = stored();
    List<String> heard = new CopyOnWriteArrayList<>();
    try (Renditions other =
        builder()
            .listener(new Hearing("a", heard))
            .listener(new Throwing())
            .listener(new Hearing("b", heard))
            .build()) {
      other.generate(info, other.recipes("hero")).get();
      assertThat(heard)
          .containsExactlyInAnyOrder("a requested", "b requested", "a answered", "b answered");
      heard.clear();
      generator.refusing(FailureReason.BUSY);
      Refusals.of(other.generate(info, other.recipes("hero")), FailureReason.BUSY);
      assertThat(heard)
          .containsExactlyInAnyOrder(
              "a requested", "b requested", "a refused BUSY", "b refused BUSY");
    }
  }

  @Test
  void aGeneratorThatThrowsIsToldAsAnAnswer() throws Exception {
    AssetInfo info = stored();
    List<String> heard = new CopyOnWriteArrayList<>();
    generator.script(
        request -> {
          throw new IllegalStateException("a defect");
        });
    try (Renditions other = builder().listener(new Hearing("a", heard)).build()) {
      Refusals.of(other.generate(info, other.recipes("hero")), FailureReason.INTERNAL);
      Refusals.of(other.generate(BEACH, other.recipes("hero")), FailureReason.INTERNAL);
    }
    assertThat(heard)
        .containsExactly("a requested", "a refused INTERNAL", "a requested", "a refused INTERNAL");
  }

  @Test
  void publicLinksAreEscaped() {
    AssetKey odd = AssetKey.of("acme", "é 1+1=2?#%/a&b.jpg");
    assertThat(renditions.url(odd, UrlPolicy.publicLink()).toASCIIString())
        .isEqualTo("https://img.example.com/acme/%C3%A9%201%2B1=2%3F%23%25/a&b.jpg");
    assertThat(renditions.url(odd, UrlPolicy.publicLink()).getPath()).isEqualTo("/" + odd);
  }

  @Test
  void privateLinksComeFromTheSigner() throws Exception {
    try (Renditions other =
        builder()
            .signer(
                (key, validity) ->
                    new SignedUrl(URI.create("https://s/" + key + "?" + validity), Instant.MAX))
            .build()) {
      assertThat(other.url(BEACH, UrlPolicy.signed(Duration.ofMinutes(10))))
          .isEqualTo(URI.create("https://s/acme/photos/beach.jpg?PT10M"));
    }
    for (Duration none : List.of(Duration.ZERO, Duration.ofSeconds(-1))) {
      assertThatIllegalArgumentException().isThrownBy(() -> UrlPolicy.signed(none));
    }
  }

  @Test
  void aLinkThatIsNotConfiguredNamesTheKeyToSet() throws Exception {
    try (Renditions bare =
        Renditions.builder()
            .originals(originals)
            .renditions(renditionStore)
            .generator(generator)
            .build()) {
      assertThatIllegalStateException()
          .isThrownBy(() -> bare.url(BEACH, UrlPolicy.publicLink()))
          .withMessageContaining("rendition.urls.public-base");
      assertThatIllegalStateException()
          .isThrownBy(() -> bare.url(BEACH, UrlPolicy.signed(Duration.ofSeconds(1))))
          .withMessageContaining("rendition.urls.signer");
    }
  }

  @Test
  void aBuilderRefusesWhatCannotWorkAtOnce() {
    for (String base :
        List.of("https://h", "/a/", "https://h/?q/", "https://h/#f/", "mailto:me/", "a/")) {
      assertThatIllegalArgumentException()
          .as(base)
          .isThrownBy(() -> Renditions.builder().publicBase(URI.create(base)));
    }
    for (Duration timeout :
        List.of(
            Duration.ZERO,
            Duration.ofMillis(-1),
            Duration.ofDays(2),
            Duration.ofSeconds(Long.MAX_VALUE))) {
      assertThatIllegalArgumentException().isThrownBy(() -> Renditions.builder().timeout(timeout));
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Renditions.builder().cacheControl("no\nstore"));
    assertThatIllegalStateException()
        .isThrownBy(() -> Renditions.builder().originals(originals).build())
        .withMessage("renditions(…) is not set");
  }

  @Test
  void aPurgeTellsTheNetworkWhatIsGone() throws Exception {
    List<Collection<AssetKey>> told = new ArrayList<>();
    try (Renditions other = builder().invalidator(told::add).build()) {
      AssetInfo info = stored();
      other.generate(info, other.recipes("card", "hero")).get();
      PurgeReport report = other.purge(BEACH);
      assertThat(told).containsExactly(report.renditions());
      other.purge(BEACH);
      assertThat(told).hasSize(1);
    }
  }

  @Test
  void aPurgeTheNetworkRefusesNamesWhatItWasNotTold() throws Exception {
    try (Renditions other =
        builder()
            .invalidator(
                keys -> {
                  throw new IOException("throttled");
                })
            .build()) {
      AssetInfo info = stored();
      AssetKey hero = other.target(info, other.recipes("hero").get(0));
      other.generate(info, other.recipes("hero")).get();
      assertThatExceptionOfType(IOException.class)
          .isThrownBy(() -> other.purge(BEACH))
          .withMessageContaining("throttled")
          .withMessageContaining(hero.toString());
    }
  }

  @Test
  void aPurgeThatBreaksOffTellsTheNetworkWhatMayBeGone() throws Exception {
    List<AssetKey> told = new ArrayList<>();
    ForwardingStore breaking =
        new ForwardingStore() {
          private int deleted;

          @Override
          public boolean delete(AssetKey key) throws IOException {
            if (deleted++ == 1) {
              throw new IOException("broke off");
            }
            return super.delete(key);
          }
        };
    ScriptedGenerator into = new ScriptedGenerator(breaking);
    try (Renditions other =
        builder().renditions(breaking).generator(into).invalidator(told::addAll).build()) {
      AssetInfo info = stored();
      other.generate(info, other.recipes("card", "hero")).get();
      assertThatExceptionOfType(IOException.class)
          .isThrownBy(() -> other.purge(BEACH))
          .withMessage("broke off");
      assertThat(told).hasSize(2).doesNotHaveDuplicates();
      assertThat(other.purge(BEACH).renditions()).hasSize(1);
      assertThat(told).hasSize(3);
    }
  }

  @Test
  void aPurgeLeavesTheNeighboursAlone() throws Exception {
    AssetKey neighbour = AssetKey.of("acme", "photos/beach.jpg2");
    AssetInfo info = stored();
    AssetInfo other =
        renditions.store(neighbour, AssetSource.ofBytes(new byte[] {2}, "image/jpeg"));
    renditions.generate(info, renditions.recipes("hero")).get();
    renditions.generate(other, renditions.recipes("hero")).get();
    AssetKey foreign = AssetKey.of("acme", "photos/beach.jpg/notes.txt");
    renditionStore.put(foreign, AssetSource.ofBytes(new byte[1], "text/plain"));
    assertThat(renditions.purge(BEACH).renditions()).hasSize(1);
    assertThat(renditionStore.stat(foreign)).isPresent();
    assertThat(renditionStore.stat(renditions.target(other, renditions.recipes("hero").get(0))))
        .isPresent();
    assertThat(originals.stat(neighbour)).isPresent();
  }

  @Test
  void closingClosesEverythingAlsoPastOneThatFails() throws Exception {
    List<String> closed = new ArrayList<>();
    Renditions other =
        builder()
            .originals(closing("originals", closed))
            .renditions(closing("renditions", closed))
            .build();
    assertThatExceptionOfType(IOException.class).isThrownBy(other::close).withMessage("renditions");
    assertThat(closed).containsExactly("renditions", "originals");
    assertThat(generator.closed()).isEqualTo(1);
  }

  @Test
  void outcomesAreSortedIntoStoredAndFailed() throws Exception {
    AssetInfo info = stored();
    generator.script(
        request ->
            CompletableFuture.completedFuture(
                ScriptedGenerator.fail(request, FailureReason.SOURCE_DAMAGED)));
    RenditionReport report = renditions.generate(info, renditions.recipes("card", "hero")).get();
    assertThat(report.stored()).isEmpty();
    assertThat(report.failed())
        .hasSize(2)
        .allSatisfy(failed -> assertThat(failed.retryable()).isFalse())
        .extracting(RenditionOutcome.Failed::spec)
        .extracting(spec -> spec.name())
        .containsExactly("card", "hero");
  }

  private static boolean cancelled(CompletableFuture<RenditionReport> work) throws Exception {
    Throwable problem = work.handle((report, thrown) -> thrown).get(20, TimeUnit.SECONDS);
    return work.isCancelled() && problem != null;
  }

  private AssetInfo stored() throws IOException {
    return renditions.store(BEACH, AssetSource.ofBytes(new byte[] {1, 2, 3}, "image/jpeg"));
  }

  private Renditions.Builder builder() {
    return Renditions.builder()
        .originals(originals)
        .renditions(renditionStore)
        .generator(generator)
        .recipes(BOOK)
        .publicBase(URI.create("https://img.example.com/"));
  }

  private static AssetStore closing(String name, List<String> closed) {
    return new ForwardingStore() {
      @Override
      public void close() throws IOException {
        closed.add(name);
        throw new IOException(name);
      }
    };
  }

  /** Answers no look-up before it is released, and does not listen to interrupts. */
  private static final class StuckStore extends ForwardingStore {
    private final CountDownLatch release = new CountDownLatch(1);
    private final CountDownLatch entered = new CountDownLatch(Lookups.THREADS);

    @Override
    public Optional<AssetInfo> stat(AssetKey key) throws IOException {
      entered.countDown();
      boolean interrupted = false;
      while (true) {
        try {
          release.await();
          break;
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
      return super.stat(key);
    }
  }

  private record Hearing(String name, List<String> heard) implements RenditionListener {
    @Override
    public void requested(RenditionRequest request) {
      heard.add(name + " requested");
    }

    @Override
    public void answered(RenditionRequest request, RenditionReport report, Duration elapsed) {
      heard.add(name + " answered");
    }

    @Override
    public void refused(RenditionRequest request, RenditionException problem, Duration elapsed) {
      heard.add(name + " refused " + problem.reason());
    }
  }

  private static final class Throwing implements RenditionListener {
    @Override
    public void requested(RenditionRequest request) {
      throw new AssertionError("requested");
    }

    @Override
    public void answered(RenditionRequest request, RenditionReport report, Duration elapsed) {
      throw new IllegalStateException("answered");
    }

    @Override
    public void refused(RenditionRequest request, RenditionException problem, Duration elapsed) {
      throw new NoClassDefFoundError("refused");
    }
  }
}
