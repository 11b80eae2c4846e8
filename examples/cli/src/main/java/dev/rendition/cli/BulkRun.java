package dev.rendition.cli;

import dev.rendition.Renditions;
import dev.rendition.asset.AssetInfo;
import dev.rendition.asset.AssetKey;
import dev.rendition.asset.AssetSource;
import dev.rendition.generate.FailureReason;
import dev.rendition.generate.RenditionException;
import dev.rendition.generate.RenditionOutcome;
import dev.rendition.generate.RenditionReport;
import dev.rendition.recipe.NamedRecipe;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/**
 * Stores originals and has their renditions made, several at a time: only originals whose bytes
 * changed are stored, and only renditions that are missing are made.
 */
final class BulkRun {
  private final Renditions renditions;
  private final List<NamedRecipe> recipes;
  private final StopSignal stop;
  private final Consumer<List<Result>> sink;
  private final List<Original> originals;
  private int next;

  /**
   * Prepares a run.
   *
   * @param sink takes one picture's results at a time
   */
  BulkRun(
      Renditions renditions,
      List<NamedRecipe> recipes,
      List<Original> originals,
      StopSignal stop,
      Consumer<List<Result>> sink) {
    this.renditions = renditions;
    this.recipes = List.copyOf(recipes);
    this.originals = List.copyOf(originals);
    this.stop = stop;
    this.sink = sink;
  }

  /** Works until everything is done, or a stop is asked for and what was begun is done. */
  void run(int inFlight) throws InterruptedException, ExecutionException {
    ExecutorService hands = Executors.newFixedThreadPool(inFlight);
    try {
      List<Future<?>> running = new ArrayList<>();
      for (int i = 0; i < Math.min(inFlight, originals.size()); i++) {
        running.add(hands.submit(this::work));
      }
      for (Future<?> hand : running) {
        hand.get();
      }
    } finally {
      hands.shutdownNow();
    }
  }

  /** Returns the first picture that was not begun, or empty if all were. */
  synchronized Optional<Original> unbegun() {
    return next < originals.size() ? Optional.of(originals.get(next)) : Optional.empty();
  }

  private void work() {
    for (Optional<Original> one = take(); one.isPresent(); one = take()) {
      List<Result> results = results(one.get());
      synchronized (sink) {
        sink.accept(results);
      }
    }
  }

  private synchronized Optional<Original> take() {
    if (stop.stopped()) {
      return Optional.empty();
    }
    Optional<Original> one = unbegun();
    next += one.isPresent() ? 1 : 0;
    return one;
  }

  private List<Result> results(Original original) {
    long start = System.nanoTime();
    if (original instanceof Original.Refused refused) {
      return failed(original, refused.reason(), refused.detail(), start);
    }
    Original.Usable usable = (Original.Usable) original;
    try {
      AssetInfo info = stored(usable);
      RenditionReport report = renditions.generateMissing(info, recipes).get();
      List<Result> results = new ArrayList<>();
      for (RenditionOutcome outcome : report.outcomes()) {
        results.add(result(usable, outcome, start));
      }
      return results;
    } catch (UnreadableException e) {
      return failed(original, FailureReason.SOURCE_NOT_FOUND, Sentences.of(e.problem()), start);
    } catch (IOException e) {
      return failed(original, FailureReason.STORE_FAILED, Sentences.of(e), start);
    } catch (RenditionException e) {
      return failed(original, e.reason(), String.valueOf(e.getMessage()), start);
    } catch (ExecutionException e) {
      return e.getCause() instanceof RenditionException known
          ? failed(original, known.reason(), String.valueOf(known.getMessage()), start)
          : failed(original, FailureReason.INTERNAL, String.valueOf(e.getCause()), start);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return failed(original, FailureReason.CANCELLED, "the run was interrupted", start);
    } catch (RuntimeException e) {
      return failed(original, FailureReason.INTERNAL, e.toString(), start);
    }
  }

  /** Stores a picture unless the store holds the same bytes. */
  private AssetInfo stored(Original.Usable original) throws IOException {
    AssetSource source;
    try {
      source = original.opener().open();
    } catch (IOException e) {
      throw new UnreadableException(e);
    }
    Optional<AssetInfo> there = renditions.originalStore().stat(original.key());
    if (there.isPresent()
        && source.length().equals(OptionalLong.of(there.get().length()))
        && there.get().version().equals(digest(source))) {
      return there.get();
    }
    return renditions.store(original.key(), source);
  }

  private static String digest(AssetSource source) throws IOException {
    try (InputStream stream = source.open();
        DigestInputStream digested =
            new DigestInputStream(stream, MessageDigest.getInstance("SHA-256"))) {
      byte[] buffer = new byte[1 << 16];
      int count;
      do {
        count = digested.read(buffer);
      } while (count >= 0);
      return HexFormat.of().formatHex(digested.getMessageDigest().digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private Result result(Original.Usable original, RenditionOutcome outcome, long start) {
    String recipe = outcome.spec().name();
    if (outcome instanceof RenditionOutcome.Failed failed) {
      return new Result.Failed(
          original.source(),
          recipe,
          failed.reason(),
          failed.detail(),
          millisSince(start),
          failed.trace());
    }
    RenditionOutcome.Stored stored = (RenditionOutcome.Stored) outcome;
    AssetKey target = stored.spec().target();
    return new Result.Stored(
        original.source(),
        recipe,
        target,
        path(target),
        stored.size(),
        stored.mediaType(),
        stored.bytes(),
        stored.created(),
        stored.elapsed().toMillis(),
        stored.trace());
  }

  private String path(AssetKey target) {
    return renditions
        .renditionStore()
        .location(target)
        .filter(place -> "file".equals(place.getScheme()))
        .map(place -> Path.of(place).toString())
        .orElse("");
  }

  private List<Result> failed(Original original, FailureReason reason, String detail, long start) {
    long millis = millisSince(start);
    return recipes.stream()
        .<Result>map(
            recipe ->
                new Result.Failed(
                    original.source(), recipe.name(), reason, detail, millis, List.of()))
        .toList();
  }

  private static long millisSince(long start) {
    return (System.nanoTime() - start) / 1_000_000;
  }

  /** Tells that the file itself, not the store, could not be read. */
  private static final class UnreadableException extends IOException {
    private static final long serialVersionUID = 1L;

    private final IOException problem;

    UnreadableException(IOException problem) {
      super(problem);
      this.problem = problem;
    }

    IOException problem() {
      return problem;
    }
  }
}
