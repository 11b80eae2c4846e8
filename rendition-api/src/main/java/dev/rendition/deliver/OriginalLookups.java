package dev.rendition.deliver;

import dev.rendition.asset.AssetInfo;
import dev.rendition.asset.AssetKey;
import dev.rendition.asset.AssetNotFoundException;
import dev.rendition.asset.AssetStore;
import dev.rendition.generate.FailureReason;
import dev.rendition.generate.RenditionException;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Looks originals up: once, however many ask at the same time, and not at all while it remembers.
 * Safe for use by many threads.
 */
final class OriginalLookups implements AutoCloseable {
  private final AssetStore originals;
  private final Bounded<AssetKey, AssetInfo> versions;
  private final Bounded<AssetKey, RenditionException> failures;
  private final DeliveryThreads threads;
  private final Map<AssetKey, CompletableFuture<AssetInfo>> underWay = new ConcurrentHashMap<>();

  OriginalLookups(
      AssetStore originals,
      Bounded<AssetKey, AssetInfo> versions,
      Bounded<AssetKey, RenditionException> failures,
      DeliveryThreads threads) {
    this.originals = originals;
    this.versions = versions;
    this.failures = failures;
    this.threads = threads;
  }

  CompletableFuture<AssetInfo> find(AssetKey source) {
    Optional<AssetInfo> known = versions.find(source);
    if (known.isPresent()) {
      return CompletableFuture.completedFuture(known.get());
    }
    Optional<RenditionException> absent = failures.find(source);
    if (absent.isPresent()) {
      return CompletableFuture.failedFuture(absent.get());
    }
    CompletableFuture<AssetInfo> mine = new CompletableFuture<>();
    CompletableFuture<AssetInfo> other = underWay.putIfAbsent(source, mine);
    if (other != null) {
      return other;
    }
    var unused = mine.whenComplete((info, problem) -> underWay.remove(source, mine));
    try {
      threads.run(() -> run(source, mine));
    } catch (RenditionException e) {
      mine.completeExceptionally(e);
    }
    return mine;
  }

  private void run(AssetKey source, CompletableFuture<AssetInfo> answer) {
    try {
      answer.complete(now(source));
    } catch (RenditionException e) {
      answer.completeExceptionally(e);
    } catch (RuntimeException | Error e) {
      answer.completeExceptionally(
          new RenditionException(FailureReason.INTERNAL, "the look-up failed: " + e, e));
    }
  }

  /** Looks an original up on this thread. */
  AssetInfo now(AssetKey source) {
    try {
      AssetInfo found =
          originals.stat(source).orElseThrow(() -> new AssetNotFoundException(source));
      versions.put(source, found);
      return found;
    } catch (AssetNotFoundException e) {
      RenditionException absent = absent(source, e);
      failures.put(source, absent);
      throw absent;
    } catch (IOException e) {
      throw unreadable(source, e);
    }
  }

  /** Answers everybody who waits. */
  @Override
  public void close() {
    underWay.values().forEach(answer -> answer.completeExceptionally(DeliveryThreads.closed()));
  }

  static RenditionException absent(AssetKey source, IOException cause) {
    return new RenditionException(
        FailureReason.SOURCE_NOT_FOUND, "there is no original " + source, cause);
  }

  static RenditionException unreadable(AssetKey source, IOException cause) {
    return new RenditionException(
        FailureReason.STORE_FAILED,
        "the original " + source + " cannot be looked up: " + cause.getMessage(),
        cause);
  }
}
