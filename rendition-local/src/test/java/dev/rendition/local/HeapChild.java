package dev.rendition.local;

import dev.rendition.asset.AssetKey;
import dev.rendition.asset.MemoryAssetStore;
import dev.rendition.generate.RenditionReport;
import dev.rendition.generate.RenditionRequest;
import dev.rendition.generate.RenditionSpec;
import dev.rendition.recipe.Recipe;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Makes five renditions of a file in a Java machine whose heap somebody else chose. */
final class HeapChild {
  private HeapChild() {}

  /**
   * Answers 0 if every rendition was stored.
   *
   * @param arguments the folder and the name of the original in it
   */
  public static void main(String[] arguments) throws IOException {
    AssetKey key = AssetKey.of("t", arguments[1]);
    try (FileAssetStore originals = FileAssetStore.open(Path.of(arguments[0]));
        MemoryAssetStore made = new MemoryAssetStore();
        LocalRenditionGenerator generator =
            LocalRenditionGenerator.builder(originals, made)
                .threads(1)
                .temporaryFolder(Path.of(arguments[0]))
                .build()) {
      List<RenditionSpec> specs = new ArrayList<>();
      for (int width : new int[] {1_600, 1_200, 800, 400, 200}) {
        Recipe recipe = Recipe.parse("fit:" + width + ",jpeg:80");
        specs.add(new RenditionSpec("w" + width, recipe, AssetKey.of("t", "made/" + width)));
      }
      RenditionReport report = generator.generate(RenditionRequest.of(key, specs)).join();
      report.failed().forEach(System.err::println);
      System.exit(report.stored().size() == specs.size() ? 0 : 2);
    }
  }
}
