package dev.rendition.lambda.function;

import dev.rendition.asset.AssetKey;
import dev.rendition.generate.FailureReason;
import dev.rendition.generate.RenditionException;
import dev.rendition.generate.RenditionReport;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** Lets those who ask for one rendition at the same time share its making. */
final class Flights {
  private final Map<AssetKey, CompletableFuture<RenditionReport>> running =
      new ConcurrentHashMap<>();

  /**
   * Runs the work, or waits for another that makes the same.
   *
   * @throws RenditionException as the work does; whoever waits fails as the one who works
   */
  RenditionReport join(AssetKey target, Deadline deadline, Supplier<RenditionReport> work) {
    CompletableFuture<RenditionReport> mine = new CompletableFuture<>();
    CompletableFuture<RenditionReport> first = running.putIfAbsent(target, mine);
    if (first != null) {
      return await(first, deadline);
    }
    try {
      RenditionReport report = work.get();
      mine.complete(report);
      return report;
    } catch (RuntimeException | Error e) {
      mine.completeExceptionally(e);
      throw e;
    } finally {
      running.remove(target, mine);
    }
  }

  private static RenditionReport await(
      CompletableFuture<RenditionReport> first, Deadline deadline) {
    try {
      return first.get(deadline.left().toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RenditionException problem) {
        throw new RenditionException(problem.reason(), String.valueOf(problem.getMessage()), e);
      }
      throw new RenditionException(FailureReason.INTERNAL, "making it failed", e);
    } catch (TimeoutException e) {
      throw new RenditionException(FailureReason.DEADLINE_EXCEEDED, "making it took too long", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RenditionException(FailureReason.CANCELLED, "the waiting was interrupted", e);
    }
  }
}
