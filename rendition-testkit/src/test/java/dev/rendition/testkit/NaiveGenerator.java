package dev.rendition.testkit;

import dev.rendition.asset.AssetAttributes;
import dev.rendition.asset.AssetContent;
import dev.rendition.asset.AssetInfo;
import dev.rendition.asset.AssetKey;
import dev.rendition.asset.AssetNotFoundException;
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
import dev.rendition.generate.WriteMode;
import dev.rendition.recipe.PixelSize;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * The smallest generator that keeps the contract, for drawn pictures only; and, with a {@link
 * Fault}, one that breaks it in one place.
 */
final class NaiveGenerator implements RenditionGenerator {
  private final AssetStore store;
  private final Fault fault;
  private final NaivePictures pictures;
  private final ExecutorService worker = Executors.newSingleThreadExecutor();

  NaiveGenerator(AssetStore store, Fault fault) {
    this.store = store;
    this.fault = fault;
    this.pictures = new NaivePictures(fault);
  }

  @Override
  public CompletableFuture<String> probe() {
    return fault == Fault.CANNOT_BE_PROBED
        ? CompletableFuture.failedFuture(
            new RenditionException(FailureReason.BACKEND_FAILED, "not here"))
        : CompletableFuture.completedFuture("");
  }

  @Override
  public CompletableFuture<RenditionReport> generate(RenditionRequest request) {
    CompletableFuture<RenditionReport> answer = new CompletableFuture<>();
    if (fault == Fault.WORKS_ON_THE_CALLER) {
      run(request, answer);
      return answer;
    }
    if (fault != Fault.IGNORES_DEADLINES) {
      long left = Duration.between(Instant.now(), request.deadline()).toMillis();
      RenditionException late = new RenditionException(FailureReason.DEADLINE_EXCEEDED, "too late");
      if (left <= 0) {
        return CompletableFuture.failedFuture(late);
      }
      CompletableFuture.delayedExecutor(left, TimeUnit.MILLISECONDS)
          .execute(() -> answer.completeExceptionally(late));
    }
    try {
      worker.execute(() -> run(request, answer));
    } catch (RejectedExecutionException e) {
      if (fault == Fault.WORKS_ON_WHEN_CLOSED) {
        run(request, answer);
      }
      answer.completeExceptionally(new RenditionException(FailureReason.CANCELLED, "closed"));
    }
    return answer;
  }

  @Override
  public void close() {
    worker.shutdown();
    try {
      if (!worker.awaitTermination(10, TimeUnit.SECONDS)) {
        throw new IllegalStateException("the worker does not end");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run(RenditionRequest request, CompletableFuture<RenditionReport> answer) {
    try {
      answer.complete(work(request, answer));
    } catch (RenditionException e) {
      answer.completeExceptionally(e);
    } catch (IOException | RuntimeException e) {
      answer.completeExceptionally(
          new RenditionException(
              FailureReason.STORE_FAILED, request.source() + " is not readable", e));
    }
  }

  private RenditionReport work(RenditionRequest request, CompletableFuture<?> answer)
      throws IOException {
    Map<AssetKey, RenditionOutcome> there = new HashMap<>();
    if (request.mode() == WriteMode.MISSING && fault != Fault.ALWAYS_REPLACES) {
      for (RenditionSpec spec : request.specs()) {
        store.stat(spec.target()).ifPresent(info -> there.put(spec.target(), kept(spec, info)));
      }
    }
    if (there.size() == request.specs().size() && fault != Fault.READS_FOR_NOTHING) {
      return new RenditionReport(
          request.source(),
          request.sourceVersion(),
          request.specs().stream().map(spec -> there.get(spec.target())).toList());
    }
    String version;
    byte[] source;
    try (AssetContent content = store.open(request.source())) {
      version = content.info().version();
      source = content.stream().readAllBytes();
    } catch (AssetNotFoundException e) {
      throw new RenditionException(
          fault == Fault.HIDES_ABSENCE
              ? FailureReason.STORE_FAILED
              : FailureReason.SOURCE_NOT_FOUND,
          "there is no " + request.source(),
          e);
    } catch (IOException e) {
      if (fault == Fault.REPORTS_UNREAD_SOURCES) {
        return failAll(request, e);
      }
      throw e;
    }
    if (!request.sourceVersion().isEmpty()
        && !request.sourceVersion().equals(version)
        && fault != Fault.IGNORES_VERSIONS) {
      throw new RenditionException(FailureReason.SOURCE_CHANGED, "another version");
    }
    List<RenditionOutcome> outcomes = new ArrayList<>();
    for (RenditionSpec spec : request.specs()) {
      if (answer.isDone() && fault != Fault.IGNORES_CANCELLATION) {
        throw new RenditionException(FailureReason.CANCELLED, "cancelled");
      }
      RenditionOutcome known = there.get(spec.target());
      outcomes.add(known != null ? known : one(request, spec, source, version));
    }
    if (fault == Fault.SHUFFLES) {
      Collections.reverse(outcomes);
    }
    return new RenditionReport(request.source(), version, outcomes);
  }

  private static RenditionReport failAll(RenditionRequest request, IOException problem) {
    List<RenditionOutcome> failed = new ArrayList<>();
    for (RenditionSpec spec : request.specs()) {
      failed.add(new RenditionOutcome.Failed(spec, FailureReason.STORE_FAILED, problem.toString()));
    }
    return new RenditionReport(request.source(), "", failed);
  }

  private RenditionOutcome one(
      RenditionRequest request, RenditionSpec spec, byte[] source, String version) {
    try {
      byte[] read = source;
      if (fault == Fault.READS_FOR_EACH_SPEC) {
        try (AssetContent content = store.open(request.source())) {
          read = content.stream().readAllBytes();
        }
      }
      BufferedImage upright = pictures.read(read);
      NaivePictures.Made made = pictures.make(read, upright, spec.recipe(), request.focus());
      return write(request, spec, made, version);
    } catch (NaivePictures.Refusal e) {
      return new RenditionOutcome.Failed(spec, e.reason(), String.valueOf(e.getMessage()));
    } catch (IOException e) {
      if (fault == Fault.STOPS_AT_A_FULL_STORE) {
        throw new RenditionException(FailureReason.STORE_FAILED, "full", e);
      }
      return new RenditionOutcome.Failed(spec, FailureReason.STORE_FAILED, e.toString());
    } catch (RuntimeException e) {
      return new RenditionOutcome.Failed(spec, FailureReason.INTERNAL, e.toString());
    }
  }

  private RenditionOutcome write(
      RenditionRequest request, RenditionSpec spec, NaivePictures.Made made, String version)
      throws IOException {
    AssetSource bytes = AssetSource.ofBytes(made.bytes, made.mediaType);
    AssetAttributes attributes =
        fault == Fault.FORGETS_ATTRIBUTES
            ? AssetAttributes.NONE
            : RenditionMetadata.of(request.cacheControl(), spec.recipe(), version, made.size);
    boolean replace =
        fault != Fault.NEVER_REPLACES
            && (request.mode() == WriteMode.REPLACE || fault == Fault.ALWAYS_REPLACES);
    Optional<AssetInfo> fresh =
        replace
            ? Optional.of(store.put(spec.target(), bytes, attributes))
            : store.putIfAbsent(spec.target(), bytes, attributes);
    if (fresh.isEmpty()) {
      return kept(spec, store.stat(spec.target()).orElseThrow());
    }
    return stored(
        spec, fault == Fault.LIES_ABOUT_SIZES ? PixelSize.of(1, 1) : made.size, fresh.get(), true);
  }

  private static RenditionOutcome kept(RenditionSpec spec, AssetInfo info) {
    return stored(spec, RenditionMetadata.size(info).orElse(PixelSize.of(1, 1)), info, false);
  }

  private static RenditionOutcome stored(
      RenditionSpec spec, PixelSize size, AssetInfo info, boolean created) {
    return new RenditionOutcome.Stored(
        spec,
        size,
        info.mediaType(),
        info.length(),
        info.version(),
        created,
        Duration.ZERO,
        List.of());
  }
}
