package dev.rendition.lambda.function;

import dev.rendition.Renditions;
import dev.rendition.asset.AssetAttributes;
import dev.rendition.asset.AssetInfo;
import dev.rendition.asset.AssetKey;
import dev.rendition.asset.AssetSource;
import dev.rendition.asset.MemoryAssetStore;
import dev.rendition.generate.RenditionReport;
import dev.rendition.generate.RenditionRequest;
import dev.rendition.generate.RenditionSpec;
import dev.rendition.local.LocalRenditionGenerator;
import dev.rendition.recipe.Recipe;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does once what every invocation does, before a snapshot is taken or the first event arrives, so
 * that classes are loaded and code is warm. Nothing depends on its success, and nothing outside is
 * written.
 */
final class Priming {
  private static final Logger log = LoggerFactory.getLogger(Priming.class);
  private static final AssetKey KEY = AssetKey.of("rendition-priming", "picture.jpg");
  private static final Duration LIMIT = Duration.ofSeconds(8);

  private Priming() {}

  /** Decodes a picture, scales it and encodes it, some times over. */
  static void engine(int times) {
    try (InputStream picture = Priming.class.getResourceAsStream("priming.jpg");
        MemoryAssetStore store = new MemoryAssetStore(1 << 20, Clock.systemUTC());
        LocalRenditionGenerator generator =
            LocalRenditionGenerator.builder(store, store).threads(1).build()) {
      if (picture == null) {
        throw new IOException("priming.jpg is not in the jar");
      }
      store.put(
          KEY, AssetSource.ofBytes(picture.readAllBytes(), "image/jpeg"), AssetAttributes.NONE);
      for (int i = 0; i < times; i++) {
        List<RenditionSpec> specs = new ArrayList<>();
        for (String recipe :
            List.of("cover:64x48,jpeg:80:progressive", "fit:40,jpeg", "fit:32,png")) {
          specs.add(
              new RenditionSpec(
                  recipe, Recipe.parse(recipe), KEY.withPath("made/" + specs.size())));
        }
        Deadline deadline = Deadline.after(LIMIT, Duration.ZERO, Clock.systemUTC());
        RenditionReport report = Asking.ask(generator, RenditionRequest.of(KEY, specs), deadline);
        if (!report.failed().isEmpty()) {
          throw new IOException(report.failed().get(0).detail());
        }
      }
    } catch (IOException | RuntimeException e) {
      log.info("the engine is not primed: {}", e.toString());
    }
  }

  /** Asks both stores for something they do not have: that opens connections and finds rights. */
  static void stores(Renditions renditions) {
    try {
      Optional<AssetInfo> unused = renditions.originalStore().stat(KEY);
      Optional<AssetInfo> unusedToo = renditions.renditionStore().stat(KEY);
    } catch (IOException | RuntimeException e) {
      log.info("the stores are not primed: {}", e.toString());
    }
  }
}
