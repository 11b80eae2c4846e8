package dev.rendition.cli;

import dev.rendition.asset.AssetAttributes;
import dev.rendition.asset.AssetContent;
import dev.rendition.asset.AssetInfo;
import dev.rendition.asset.AssetKey;
import dev.rendition.asset.AssetNotFoundException;
import dev.rendition.asset.MediaType;
import dev.rendition.generate.FailureReason;
import dev.rendition.generate.RenditionSpec;
import dev.rendition.local.engine.Cancellation;
import dev.rendition.local.engine.CustomOperations;
import dev.rendition.local.engine.Encoded;
import dev.rendition.local.engine.EngineSettings;
import dev.rendition.local.engine.EngineSink;
import dev.rendition.local.engine.EngineTask;
import dev.rendition.local.engine.Scaler;
import dev.rendition.local.engine.SourceLimits;
import dev.rendition.local.engine.StepException;
import dev.rendition.local.engine.StreamingEngine;
import dev.rendition.recipe.FocalPoint;
import dev.rendition.recipe.NamedRecipe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Asks the engine how much heap it would take for a file, and stops it before it takes any. */
final class MemoryNeed {
  private static final EngineSink NOBODY =
      new EngineSink() {
        @Override
        public void made(int spec, Encoded encoded) {}

        @Override
        public void failed(int spec, StepException problem) {
          throw problem;
        }
      };

  private MemoryNeed() {}

  /**
   * Returns the bytes the engine asks for first: an upper bound.
   *
   * @param limits what the file must keep
   * @throws StepException if it refuses the file
   */
  static long of(Path file, List<NamedRecipe> recipes, SourceLimits limits) throws IOException {
    List<RenditionSpec> specs = new ArrayList<>();
    for (NamedRecipe recipe : recipes) {
      specs.add(RenditionSpec.of(recipe, AssetKey.of("inspect", recipe.name())));
    }
    AssetInfo info =
        new AssetInfo(
            AssetKey.of("inspect", "original"),
            Files.size(file),
            MediaType.UNKNOWN,
            "0".repeat(64),
            Instant.EPOCH,
            AssetAttributes.NONE);
    EngineSettings settings =
        new EngineSettings(
            limits,
            Path.of(System.getProperty("java.io.tmpdir", ".")),
            new CustomOperations(List.of()),
            Scaler.OURS,
            MemoryNeed.class.getClassLoader());
    long[] asked = {-1};
    try (AssetContent content = AssetContent.of(info, Files.newInputStream(file))) {
      EngineTask.Admission admission =
          bytes -> {
            asked[0] = bytes;
            throw new StepException(FailureReason.CANCELLED, "the need is known");
          };
      EngineTask.Overlays none =
          key -> {
            throw new AssetNotFoundException(key);
          };
      new StreamingEngine(settings)
          .render(
              new EngineTask(content, specs, FocalPoint.CENTER, none, admission, Cancellation.NONE),
              NOBODY);
    } catch (StepException e) {
      if (asked[0] < 0) {
        throw e;
      }
    }
    return Math.max(0, asked[0]);
  }
}
