package dev.rendition.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.rendition.asset.AssetKey;
import dev.rendition.recipe.Encoding;
import dev.rendition.recipe.FocalPoint;
import dev.rendition.recipe.NamedRecipe;
import dev.rendition.recipe.Operation;
import dev.rendition.recipe.PixelSize;
import dev.rendition.recipe.Recipe;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RenditionRequestTest {
  private static final AssetKey SOURCE = AssetKey.of("t", "a.jpg");

  @Test
  void aSpecReadsAsASentence() {
    RenditionSpec hero =
        RenditionSpec.to(AssetKey.of("news", "cover/hero.jpg"))
            .apply(Operation.crop(0, 40, 1_600, 900))
            .apply(Operation.fit(800, 800))
            .encodeAs(new Encoding.Jpeg(82));
    assertThat(hero.name()).isEqualTo("crop:0,40,1600,900,fit:800x800,jpeg");
    assertThat(hero.recipe()).isEqualTo(Recipe.parse(hero.name()));
  }

  @Test
  void aRequestHas1To200SpecsEachWithATargetOfItsOwnAndNotTheSource() {
    assertThatIllegalArgumentException().isThrownBy(() -> RenditionRequest.of(SOURCE, List.of()));
    List<RenditionSpec> specs = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      specs.add(spec("r" + i));
    }
    assertThat(RenditionRequest.of(SOURCE, specs).specs()).hasSize(200);
    specs.add(spec("one-more"));
    assertThatIllegalArgumentException().isThrownBy(() -> RenditionRequest.of(SOURCE, specs));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RenditionRequest.of(SOURCE, List.of(spec("x"), spec("x"))))
        .withMessage("two specs write to one target, t/x");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RenditionRequest.of(SOURCE, spec("a.jpg")))
        .withMessage("a spec writes over the source, t/a.jpg");
  }

  @Test
  void everyPartOfARequestCanBeChanged() {
    RenditionRequest request =
        RenditionRequest.of(SOURCE, spec("x"))
            .ofVersion("a".repeat(64))
            .around(new FocalPoint(0, 1))
            .before(Instant.EPOCH)
            .writing(WriteMode.MISSING)
            .cachedAs("no-store");
    assertThat(request)
        .isEqualTo(
            new RenditionRequest(
                SOURCE,
                "a".repeat(64),
                List.of(spec("x")),
                new FocalPoint(0, 1),
                Instant.EPOCH,
                WriteMode.MISSING,
                "no-store"));
    for (String version : List.of("a", "A".repeat(64), "a".repeat(65), "a\n")) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> request.ofVersion(version))
          .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n"));
    }
    assertThatIllegalArgumentException().isThrownBy(() -> request.cachedAs("a\nb"));
  }

  /** RFC 9110, section 15; the statuses a server answers with are part of the API. */
  @ParameterizedTest
  @CsvSource({
    "REQUEST_INVALID, 400, false",
    "SOURCE_IS_RENDITION, 400, false",
    "SOURCE_NOT_FOUND, 404, false",
    "RECIPE_UNKNOWN, 404, false",
    "SOURCE_CHANGED, 409, true",
    "LIMIT_EXCEEDED, 413, false",
    "FORMAT_UNKNOWN, 415, false",
    "FORMAT_NOT_SUPPORTED, 415, false",
    "ENCODING_NOT_SUPPORTED, 415, false",
    "SOURCE_DAMAGED, 422, false",
    "OPERATION_NOT_APPLICABLE, 422, false",
    "BUSY, 429, true",
    "INTERNAL, 500, false",
    "STORE_FAILED, 503, true",
    "BACKEND_FAILED, 503, true",
    "CANCELLED, 503, true",
    "DEADLINE_EXCEEDED, 504, true"
  })
  void everyReasonHasAStatusAndSaysWhetherToRetry(
      FailureReason reason, int status, boolean retryable) {
    assertThat(reason.httpStatus()).isEqualTo(status);
    assertThat(reason.retryable()).isEqualTo(retryable);
    assertThat(new RenditionException(reason, "x").retryable()).isEqualTo(retryable);
  }

  @Test
  void theListOfReasonsIsClosedAt17() {
    assertThat(FailureReason.values()).hasSize(17);
  }

  @Test
  void anOutcomeIsCheckedAndCopied() {
    List<String> trace = new ArrayList<>(List.of("a"));
    RenditionOutcome.Failed failed =
        new RenditionOutcome.Failed(spec("x"), FailureReason.BUSY, "busy", trace);
    trace.clear();
    assertThat(failed.trace()).containsExactly("a");
    assertThat(failed.retryable()).isTrue();
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new RenditionOutcome.Stored(
                    spec("x"),
                    PixelSize.of(1, 1),
                    "image/png",
                    0,
                    "v",
                    true,
                    Duration.ZERO,
                    List.of()));
  }

  private static RenditionSpec spec(String path) {
    return RenditionSpec.of(NamedRecipe.of("r", "png"), AssetKey.of("t", path));
  }
}
