package dev.rendition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.rendition.asset.AssetAttributes;
import dev.rendition.asset.AssetInfo;
import dev.rendition.asset.AssetKey;
import dev.rendition.asset.AssetSource;
import dev.rendition.asset.AssetStore;
import dev.rendition.asset.MemoryAssetStore;
import dev.rendition.config.ConfigException;
import dev.rendition.generate.FailureReason;
import dev.rendition.generate.RenditionException;
import dev.rendition.generate.RenditionListener;
import dev.rendition.recipe.NamedRecipe;
import dev.rendition.recipe.RecipeBook;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class VerifyTest {
  private final AssetStore originals = new MemoryAssetStore();
  private final AssetStore renditions = new MemoryAssetStore();
  private final ScriptedGenerator generator = new ScriptedGenerator(renditions);

  @Test
  void whatWorksIsSaidInOneLineEachAndLeavesNothingBehind() throws IOException {
    VerificationReport report = builder().build().verify();
    assertThat(report.checks())
        .allMatch(VerificationReport.Check::ok)
        .extracting(VerificationReport.Check::name)
        .containsExactly(
            "recipes", "originals", "renditions", "generator", "public links", "private links");
    report.throwIfBroken();
    assertThat(report.toString().lines()).hasSize(6).allMatch(line -> line.startsWith("ok "));
    for (AssetStore store : List.of(originals, renditions)) {
      assertThat(store.list("rendition-verify", "")).isEmpty();
    }
  }

  @Test
  void everyEncodingOfTheBookIsTriedOnce() {
    builder().build().verify();
    assertThat(generator.requests().get(0).specs())
        .extracting(spec -> spec.recipe().toString())
        .containsExactly("jpeg:80", "png");
  }

  @Test
  void thingsAreTriedAsTheTenantThatIsSet() {
    builder().verifyTenant("acme").build().verify();
    assertThat(generator.requests().get(0).source().tenant()).isEqualTo("acme");
  }

  @Test
  void whatFailedFirstIsToldAlsoWhereNothingCanBeDeleted() {
    AssetStore closed =
        new ForwardingStore() {
          @Override
          public AssetInfo put(AssetKey key, AssetSource source, AssetAttributes attributes)
              throws IOException {
            throw new IOException("writing is forbidden");
          }

          @Override
          public boolean delete(AssetKey key) throws IOException {
            throw new IOException("deleting is forbidden");
          }
        };
    assertThat(builder().originals(closed).build().verify().toString())
        .contains("writing is forbidden")
        .doesNotContain("deleting is forbidden");
  }

  @Test
  void everythingBrokenIsToldAtOnce() {
    AssetStore full =
        new ForwardingStore() {
          @Override
          public AssetInfo put(AssetKey key, AssetSource source, AssetAttributes attributes)
              throws IOException {
            throw new IOException("No space left on device");
          }
        };
    AssetStore defective =
        new ForwardingStore() {
          @Override
          public AssetInfo put(AssetKey key, AssetSource source, AssetAttributes attributes) {
            throw new IllegalStateException();
          }
        };
    VerificationReport report =
        builder()
            .originals(full)
            .renditions(defective)
            .recipes(RecipeBook.of(List.of()))
            .build()
            .verify();
    assertThat(report.ok()).isFalse();
    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(report::throwIfBroken)
        .satisfies(
            e ->
                assertThat(e.problems())
                    .containsExactly(
                        "recipes: there is no recipe; set rendition.recipe.<name>, for example"
                            + " cover:800x600,jpeg",
                        "originals: No space left on device",
                        "renditions: java.lang.IllegalStateException"));
    assertThat(generator.requests()).isEmpty();
  }

  @Test
  void aStoreThatOverwritesIsFound() {
    AssetStore careless =
        new ForwardingStore() {
          @Override
          public Optional<AssetInfo> putIfAbsent(
              AssetKey key, AssetSource source, AssetAttributes attributes) throws IOException {
            return Optional.of(put(key, source, attributes));
          }
        };
    assertThat(builder().originals(careless).build().verify().checks())
        .filteredOn(check -> !check.ok())
        .singleElement()
        .satisfies(check -> assertThat(check.detail()).contains("overwrote"));
  }

  @Test
  void aGeneratorThatFailsIsFoundAndCleanedUpAfter() throws IOException {
    generator.script(
        request ->
            CompletableFuture.completedFuture(
                ScriptedGenerator.fail(request, FailureReason.ENCODING_NOT_SUPPORTED)));
    assertThat(builder().build().verify().checks())
        .filteredOn(check -> !check.ok())
        .singleElement()
        .satisfies(
            check ->
                assertThat(check.detail())
                    .isEqualTo("recipe card: ENCODING_NOT_SUPPORTED: scripted"));
    assertThat(originals.list("rendition-verify", "")).isEmpty();
    generator.refusing(FailureReason.BACKEND_FAILED);
    assertThat(builder().build().verify().ok()).isFalse();
  }

  @Test
  void whoMakesRenditionsIsAskedFirst() {
    generator.probe(CompletableFuture.completedFuture("the function f is well"));
    assertThat(builder().build().verify().toString())
        .contains("ok      generator: the function f is well; made a rendition of one pixel as");
    generator.probe(
        CompletableFuture.failedFuture(
            new RenditionException(FailureReason.BACKEND_FAILED, "there is no function f")));
    Renditions watched = builder().listener(new RenditionListener() {}).build();
    assertThat(watched.verify().toString()).contains("BROKEN  generator: there is no function f\n");
    assertThat(generator.requests()).hasSize(1);
  }

  @Test
  void aSignerThatThrowsIsFound() {
    VerificationReport report =
        builder()
            .signer(
                (key, validity) -> {
                  throw new IllegalStateException("no key");
                })
            .build()
            .verify();
    assertThat(report.toString()).contains("BROKEN  private links: no key\n");
  }

  private Renditions.Builder builder() {
    return Renditions.builder()
        .originals(originals)
        .renditions(renditions)
        .generator(generator)
        .recipes(
            RecipeBook.of(
                List.of(
                    NamedRecipe.of("card", "cover:8x6,jpeg:80"),
                    NamedRecipe.of("hero", "jpeg"),
                    NamedRecipe.of("mask", "fit:8,png"))))
        .publicBase(URI.create("https://img.example.com/"))
        .signer(
            (key, validity) ->
                new dev.rendition.asset.SignedUrl(
                    URI.create("https://s/" + key), java.time.Instant.MAX));
  }
}
