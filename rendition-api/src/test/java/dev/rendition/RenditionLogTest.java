package dev.rendition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rendition.asset.AssetKey;
import dev.rendition.asset.AssetSource;
import dev.rendition.asset.MemoryAssetStore;
import dev.rendition.compose.FailoverGenerator;
import dev.rendition.compose.RenditionLog;
import dev.rendition.generate.FailureReason;
import dev.rendition.generate.Measure;
import dev.rendition.logging.RecordingProvider;
import dev.rendition.recipe.NamedRecipe;
import dev.rendition.recipe.RecipeBook;
import java.util.List;
import org.junit.jupiter.api.Test;

class RenditionLogTest {
  private static final RecipeBook BOOK =
      RecipeBook.of(List.of(NamedRecipe.of("card", "fit:3,png"), NamedRecipe.of("hero", "png")));

  @Test
  void eachRenditionIsOneLineWithItsPairs() throws Exception {
    AssetKey key = AssetKey.of("logged", "a b.jpg");
    MemoryAssetStore store = new MemoryAssetStore();
    ScriptedGenerator generator = new ScriptedGenerator(store);
    try (Renditions renditions =
        Renditions.builder()
            .originals(new MemoryAssetStore())
            .renditions(store)
            .generator(generator)
            .recipes(BOOK)
            .build()) {
      renditions.store(key, AssetSource.ofBytes(new byte[] {1}, "image/jpeg"));
      renditions.generate(key, BOOK.all()).join();
      assertThat(lines())
          .hasSize(2)
          .allMatch(line -> line.startsWith("INFO "))
          .anyMatch(
              line ->
                  line.contains("source=logged/a b.jpg recipe=card target=logged/a b.jpg/card-")
                      && line.contains("created=true width=1 height=1 type=image/png bytes=9")
                      && line.endsWith("rendition stored"));
      generator.refusing(FailureReason.BUSY);
      renditions.generate(key, BOOK.all()).exceptionally(problem -> null).join();
      assertThat(lines())
          .hasSize(4)
          .filteredOn(line -> line.startsWith("WARN "))
          .hasSize(2)
          .allMatch(line -> line.contains("reason=BUSY detail=scripted"));
    }
  }

  @Test
  void aGeneratorMadeOfOthersGivesTheirNumbersAndItsOwn() {
    MemoryAssetStore store = new MemoryAssetStore();
    ScriptedGenerator busy = new ScriptedGenerator(store).refusing(FailureReason.BUSY);
    try (FailoverGenerator both =
        new FailoverGenerator(List.of(busy, new ScriptedGenerator(store)))) {
      Renditions renditions =
          Renditions.builder()
              .originals(new MemoryAssetStore())
              .renditions(store)
              .generator(both)
              .recipes(BOOK)
              .build();
      assertThat(renditions.measures())
          .filteredOn(measure -> !measure.name().startsWith("rendition.delivery."))
          .containsExactly(
              Measure.counter(
                  "rendition.failover.passed-over",
                  0,
                  "How often a generator could not answer and the next was asked."));
      assertThat(renditions.measures()).extracting(Measure::name).doesNotHaveDuplicates();
    }
  }

  private static List<String> lines() {
    return RecordingProvider.lines(RenditionLog.LOGGER).stream()
        .filter(line -> line.contains("source=logged/"))
        .toList();
  }
}
