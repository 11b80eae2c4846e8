package dev.rendition;

import dev.rendition.asset.AssetInfo;
import dev.rendition.asset.AssetSource;
import dev.rendition.asset.AssetStore;
import dev.rendition.generate.FailureReason;
import dev.rendition.generate.RenditionException;
import dev.rendition.generate.RenditionGenerator;
import dev.rendition.generate.RenditionMetadata;
import dev.rendition.generate.RenditionOutcome;
import dev.rendition.generate.RenditionReport;
import dev.rendition.generate.RenditionRequest;
import dev.rendition.generate.RenditionSpec;
import dev.rendition.recipe.PixelSize;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** Writes the recipe's text as the rendition's bytes, or does what a test tells it to. */
public final class ScriptedGenerator implements RenditionGenerator {
  private final AssetStore renditions;
  private final List<RenditionRequest> requests = new CopyOnWriteArrayList<>();
  private volatile Function<RenditionRequest, CompletableFuture<RenditionReport>> script =
      request -> CompletableFuture.completedFuture(obey(request));
  private volatile CompletableFuture<String> probe = CompletableFuture.completedFuture("");
  private volatile int closed;

  public ScriptedGenerator(AssetStore renditions) {
    this.renditions = renditions;
  }

  @Override
  public CompletableFuture<RenditionReport> generate(RenditionRequest request) {
    requests.add(request);
    return script.apply(request);
  }

  @Override
  public CompletableFuture<String> probe() {
    return probe;
  }

  /** Replaces what a probe finds. */
  public ScriptedGenerator probe(CompletableFuture<String> found) {
    probe = found;
    return this;
  }

  @Override
  public synchronized void close() {
    closed++;
  }

  /** Replaces what happens on a request. */
  public ScriptedGenerator script(
      Function<RenditionRequest, CompletableFuture<RenditionReport>> other) {
    script = other;
    return this;
  }

  /** Refuses every request for a reason. */
  public ScriptedGenerator refusing(FailureReason reason) {
    return script(
        request ->
            CompletableFuture.failedFuture(
                new RenditionException(reason, "scripted to answer " + reason)));
  }

  public List<RenditionRequest> requests() {
    return List.copyOf(requests);
  }

  public int closed() {
    return closed;
  }

  public RenditionReport obey(RenditionRequest request) {
    List<RenditionOutcome> outcomes = new ArrayList<>();
    for (RenditionSpec spec : request.specs()) {
      try {
        PixelSize size = PixelSize.of(1, 1);
        AssetInfo info =
            renditions.put(
                spec.target(),
                AssetSource.ofBytes(
                    spec.recipe().toString().getBytes(StandardCharsets.UTF_8), "image/png"),
                RenditionMetadata.of(
                    request.cacheControl(), spec.recipe(), request.sourceVersion(), size));
        outcomes.add(
            new RenditionOutcome.Stored(
                spec,
                size,
                info.mediaType(),
                info.length(),
                info.version(),
                true,
                Duration.ZERO,
                List.of()));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return new RenditionReport(request.source(), request.sourceVersion(), outcomes);
  }

  /** Answers that every rendition failed. */
  public static RenditionReport fail(RenditionRequest request, FailureReason reason) {
    List<RenditionOutcome> outcomes = new ArrayList<>();
    request
        .specs()
        .forEach(spec -> outcomes.add(new RenditionOutcome.Failed(spec, reason, "scripted")));
    return new RenditionReport(request.source(), request.sourceVersion(), outcomes);
  }
}
