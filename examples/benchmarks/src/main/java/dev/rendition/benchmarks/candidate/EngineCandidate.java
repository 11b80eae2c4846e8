package dev.rendition.benchmarks.candidate;

import dev.rendition.asset.AssetAttributes;
import dev.rendition.asset.AssetContent;
import dev.rendition.asset.AssetInfo;
import dev.rendition.asset.AssetKey;
import dev.rendition.asset.AssetNotFoundException;
import dev.rendition.local.engine.Cancellation;
import dev.rendition.local.engine.CustomOperations;
import dev.rendition.local.engine.Encoded;
import dev.rendition.local.engine.Engine;
import dev.rendition.local.engine.EngineSettings;
import dev.rendition.local.engine.EngineSink;
import dev.rendition.local.engine.EngineTask;
import dev.rendition.local.engine.Scaler;
import dev.rendition.local.engine.SourceLimits;
import dev.rendition.local.engine.StepException;
import dev.rendition.local.engine.StreamingEngine;
import dev.rendition.recipe.FocalPoint;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Our engine alone: no queue, no store, no checksum. */
final class EngineCandidate implements Candidate {
  private static final AssetKey SOURCE = AssetKey.of("benchmark", "source");

  private final Engine engine =
      new StreamingEngine(
          new EngineSettings(
              SourceLimits.DEFAULT,
              Path.of(System.getProperty("java.io.tmpdir")),
              new CustomOperations(List.of()),
              Scaler.OURS,
              EngineCandidate.class.getClassLoader()));

  @Override
  public Map<Target, byte[]> make(Workload workload, byte[] source) throws IOException {
    AssetInfo info =
        new AssetInfo(
            SOURCE,
            source.length,
            "application/octet-stream",
            "0".repeat(64),
            Instant.EPOCH,
            AssetAttributes.NONE);
    EngineTask task =
        new EngineTask(
            AssetContent.of(info, new ByteArrayInputStream(source)),
            Recipes.of(workload),
            FocalPoint.CENTER,
            key -> {
              throw new AssetNotFoundException(key);
            },
            bytes -> {},
            Cancellation.NONE);
    Map<Target, byte[]> made = new LinkedHashMap<>();
    engine.render(
        task,
        new EngineSink() {
          @Override
          public void made(int spec, Encoded encoded) throws IOException {
            made.put(workload.targets().get(spec), encoded.open().readAllBytes());
          }

          @Override
          public void failed(int spec, StepException problem) {
            throw problem;
          }
        });
    return made;
  }
}
